"""A trainee on a phone, with a network that comes and goes."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from assessments.attempts.actions import start
from assessments.attempts.tasks import close_expired
from assessments.models import Attempt, Interruption, Quiz, Response
from trainingsite.core import clock

pytestmark = pytest.mark.browser


@pytest.fixture
def attempt(enrolment, quiz):
    return start(enrolment, quiz, at=clock.now())


@pytest.fixture
def page(attempt, trainee, open_as):
    return open_as(trainee, f"/attempts/{attempt.pk}/", phone=True, alone=True)


def pick(page, text):
    expect(page.locator(".a-question:visible")).to_have_count(1)
    page.locator(".a-question:visible .a-pick").get_by_text(text, exact=True).click()


def saved(page):
    expect(page.locator("[data-state]")).to_contain_text("已保存")


def set_up(attempt, **settings):
    """Other settings of the quiz, behind the back of an attempt that has begun."""
    Quiz.objects.filter(pk=attempt.quiz_id).update(**settings)


def answers(attempt):
    return list(attempt.responses.order_by("position").values_list("answer", flat=True))


def test_a_trainee_takes_the_quiz_on_a_phone_and_sees_why(enrolment, quiz, trainee, open_as, axe):
    page = open_as(trainee, f"/learn/{enrolment.pk}/quiz/{quiz.unit_id}/", phone=True)
    assert axe(page) == []
    page.get_by_role("button", name="开始测验").click()
    pick(page, "同意")
    saved(page)
    assert axe(page) == []
    page.get_by_role("button", name="下一题").click()
    pick(page, "同意")
    pick(page, "拒绝")
    page.get_by_role("button", name="标记").click()
    page.get_by_role("button", name="2 / 3").click()
    assert axe(page) == []
    page.locator('[data-goto="3"]').click()
    pick(page, "错误")
    saved(page)
    page.get_by_role("button", name="3 / 3").click()
    page.get_by_role("navigation").get_by_role("button", name="交卷").click()
    page.get_by_role("dialog").get_by_role("button", name="交卷").click()
    expect(page.get_by_role("heading", name="已通过")).to_be_visible()
    expect(page.locator(".a-why").first).to_contain_text("签收七日内")
    assert axe(page) == []
    done = Attempt.objects.get()
    assert (done.score, done.passed) == (100, True)
    assert list(done.responses.values_list("flagged", flat=True)) == [False, True, False]


def test_only_the_section_of_the_question_is_named_unless_all_are_shown(enrolment, quiz, trainee, open_as, axe):
    first, last = (quiz.sections.create(title=title, position=n) for n, title in enumerate(("规则速答", "情景应答")))
    quiz.sections.filter(pk=last.pk).update(note="选出最合适的一句。")
    items = list(quiz.items.order_by("position"))
    quiz.items.filter(pk__in=[items[0].pk, items[1].pk]).update(section=first)
    quiz.items.filter(pk=items[2].pk).update(section=last)
    page = open_as(trainee, f"/attempts/{start(enrolment, quiz, at=clock.now()).pk}/", phone=True)
    named = page.locator(".a-section:visible h2")
    expect(named).to_have_text(["规则速答"])
    page.get_by_role("button", name="下一题").click()
    expect(named).to_have_text(["规则速答"])
    page.get_by_role("button", name="下一题").click()
    expect(named).to_have_text(["情景应答"])
    expect(page.get_by_text("选出最合适的一句。")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="3 / 3").click()
    page.get_by_role("button", name="显示全部").click()
    expect(named).to_have_text(["规则速答", "情景应答"])


def test_a_reload_keeps_the_answers(page, attempt):
    pick(page, "拒绝")
    saved(page)
    page.reload()
    expect(page.get_by_label("拒绝").first).to_be_checked()
    assert answers(attempt) == [["b"], None, None]


def test_an_answer_given_without_network_is_sent_when_it_is_back(page, attempt):
    page.context.set_offline(True)
    pick(page, "同意")
    expect(page.locator("[data-state]")).to_contain_text("未保存，正在重试")
    pick(page, "拒绝")
    assert answers(attempt) == [None, None, None]
    page.context.set_offline(False)
    saved(page)
    assert answers(attempt) == [["b"], None, None]
    assert page.evaluate("localStorage.length") == 0


def test_a_minute_without_network_loses_nothing(page, attempt):
    page.clock.install()
    page.context.set_offline(True)
    pick(page, "同意")
    page.get_by_role("button", name="下一题").click()
    pick(page, "拒绝")
    for _step in range(12):
        page.clock.run_for(5_000)  # of the page's minute
        page.wait_for_timeout(100)  # of ours, in which what was sent fails
    expect(page.locator("[data-state]")).to_contain_text("未保存，正在重试")
    assert answers(attempt) == [None, None, None]
    page.context.set_offline(False)
    for _try in range(40):  # one that was under way may still fail; the next comes fifteen seconds later
        if "已保存" in page.locator("[data-state]").inner_text():
            break
        page.clock.run_for(15_000)
        page.wait_for_timeout(100)
    saved(page)
    assert answers(attempt) == [["a"], ["b"], None]


def test_an_answer_survives_a_page_that_was_closed_without_network(page, attempt):
    page.route("**/answers/", lambda route: route.abort())
    pick(page, "同意")
    expect(page.locator("[data-state]")).to_contain_text("未保存")
    second = page.context.new_page()
    page.close(run_before_unload=False)
    second.goto(f"/attempts/{attempt.pk}/")
    saved(second)
    assert answers(attempt) == [["a"], None, None]


def test_an_older_answer_of_another_window_gives_way(page, attempt):
    pending = []
    page.route("**/answers/", lambda route: pending.append(route))  # noqa: PLW0108 - Playwright wants a function
    pick(page, "同意")
    page.wait_for_function("localStorage.length === 1")
    second = page.context.new_page()
    second.add_init_script("localStorage.clear()")
    second.goto(f"/attempts/{attempt.pk}/")
    pick(second, "拒绝")
    saved(second)
    pending[0].continue_()
    expect(page.get_by_text("另一个窗口")).to_be_visible()
    expect(page.get_by_label("拒绝").first).to_be_checked()
    assert answers(attempt) == [["b"], None, None]


def test_when_the_time_runs_out_the_worker_grades_what_was_saved(page, attempt):
    pick(page, "同意")
    saved(page)
    page.close()
    over = clock.now() - timedelta(seconds=1)
    Attempt.objects.update(deadline=over, check_at=over)
    assert close_expired() == 1
    graded = Attempt.objects.get()
    assert (graded.state, float(graded.score), graded.passed) == ("graded", 33.33, False)


def test_the_page_hands_in_by_itself_when_the_time_ends(attempt, trainee, open_as):
    end = clock.now() + timedelta(seconds=8)
    Attempt.objects.update(deadline=end, check_at=end)
    page = open_as(trainee, f"/attempts/{attempt.pk}/", phone=True)
    pick(page, "同意")
    saved(page)
    expect(page.locator("[data-announce]")).to_have_text("还剩 10 秒")
    expect(page.get_by_role("heading", name="未通过")).to_be_visible(timeout=15_000)
    assert Response.objects.get(position=1).fraction == 1


def test_everything_works_by_keyboard_and_without_scripts(attempt, trainee, open_as, chromium, live_server):
    page = open_as(trainee, f"/attempts/{attempt.pk}/")
    cookies = page.context.cookies()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto(f"/attempts/{attempt.pk}/")
    plain.locator("#q-1 input[type=radio]").first.check()
    plain.get_by_role("button", name="先保存").click()
    assert answers(attempt) == [["a"], None, None]
    plain.locator("#q-3 input[type=radio]").nth(1).check()
    plain.get_by_role("button", name="交卷", exact=True).click()
    expect(plain.get_by_role("heading", name="已通过")).to_be_visible()
    context.close()


def test_an_answer_is_checked_and_tried_again(attempt, trainee, open_as, axe):
    set_up(attempt, behaviour="interactive", tries=2, penalty=50)
    page = open_as(trainee, f"/attempts/{attempt.pk}/", phone=True)
    question = page.locator(".a-question:visible")
    question.get_by_role("button", name="检查").click()
    expect(page.locator("[data-state]")).to_contain_text("请先作答")
    pick(page, "拒绝")
    question.get_by_role("button", name="检查").click()
    expect(question.locator(".a-checked")).to_contain_text("还可再试 1 次")
    assert axe(page) == []
    pick(page, "同意")
    expect(question.locator(".a-checked")).to_have_count(0)
    question.get_by_role("button", name="检查").click()
    expect(question.locator(".a-checked")).to_contain_text("正确")
    expect(question.locator("input[type=radio]").first).to_be_hidden()
    kept = Response.objects.get(position=1)
    assert (kept.tries, float(kept.fraction)) == (2, 0.5)
    page.reload()
    expect(question.locator(".a-checked")).to_contain_text("正确")


def test_how_certain_one_is_goes_with_the_answer(attempt, trainee, open_as, axe):
    set_up(attempt, behaviour="certainty")
    page = open_as(trainee, f"/attempts/{attempt.pk}/", phone=True)
    pick(page, "同意")
    page.locator(".a-question:visible").get_by_label("很确定").check()
    saved(page)
    assert axe(page) == []
    page.reload()
    expect(page.locator(".a-question:visible").get_by_label("很确定")).to_be_checked()
    assert (Response.objects.get(position=1).certainty, answers(attempt)) == (3, [["a"], None, None])


def test_leaving_the_page_is_noted_with_its_seconds(page, attempt):
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    page.wait_for_timeout(2200)
    with page.expect_response("**/left/"):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    noted = Interruption.objects.get()
    assert (noted.kind, noted.seconds) == ("left", 2)


def test_a_second_device_takes_over_and_the_first_is_told(enrolment, quiz, trainee, open_as):
    quiz.one_device = True
    quiz.save()
    first = open_as(trainee, f"/learn/{enrolment.pk}/quiz/{quiz.unit_id}/")
    first.get_by_role("button", name="开始测验").click()
    pick(first, "拒绝")
    saved(first)
    second = open_as(trainee, f"/attempts/{Attempt.objects.get().pk}/", phone=True)
    second.get_by_role("button", name="在此继续").click()
    expect(second.get_by_label("拒绝").first).to_be_checked()
    pick(first, "同意")
    expect(first.get_by_role("heading", name="你正在另一台设备上作答")).to_be_visible()
    assert answers(Attempt.objects.get()) == [["b"], None, None]
    assert Interruption.objects.get().kind == "device"


def test_within_the_grace_one_hands_in_what_was_saved(attempt, trainee, open_as, axe):
    over = clock.now() - timedelta(seconds=1)
    Attempt.objects.update(deadline=over, check_at=over)
    set_up(attempt, when_time_ends="grace")
    page = open_as(trainee, f"/attempts/{attempt.pk}/", phone=True)
    expect(page.get_by_role("heading", name="时间到了")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_role("heading", name="未通过")).to_be_visible()
