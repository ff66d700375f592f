"""What mentoring is for, done in the browser from the first page to the last: a cohort is paired, four weeks are worked
through on phones, a missed check-in comes to HR, and a mentor who leaves is replaced."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext
from playwright.sync_api import expect

from mentoring.checkins.tasks import send_reminders
from mentoring.job_plans.models import Side
from mentoring.models import CheckIn, Evaluation, JobTask, Match, Pairing, RampRule
from mentoring.pairings.actions import GoalText, pair
from mentoring.ramp.tasks import reckon_ramps
from tests.factories.job_plans import TemplateFactory
from tests.factories.mentoring import MentorProfileFactory
from tests.mentoring.ramp.conftest import figures
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.staff.actions import leave

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)
WEEK = 7 * DAY
START = date(2026, 6, 1)
PHONE_WIDTH = 360
TASKS = [
    (1, "observe", "旁听十段会话"),
    (2, "together", "一起处理五单退货"),
    (3, "watched", "有人看着接待三位客户"),
    (4, "alone", "独立接待五个班次"),
]


def said(words, context=None):
    """As the pages say it."""
    with override("zh-hans"):
        return pgettext(context, words) if context else _(words)


@pytest.fixture
def travel(transactional_db, monkeypatch):
    """`travel(day)`: for the pages, acts and tasks it is ten o'clock of that day."""

    def to(day):
        moment = make_aware(datetime.combine(day, time(10)))
        monkeypatch.setattr(clock, "now", lambda: moment)

    to(START)
    return to


@pytest.fixture
def template(transactional_db):
    return TemplateFactory(title="新人在岗带教（四周）", tasks=TASKS)


@pytest.fixture
def guide(hire, travel):
    """`guide("李静")`: a mentor with this many places."""

    def make(name, capacity=2, **fields):
        return MentorProfileFactory(person=hire(Role.MENTOR, name=name, **fields), capacity=capacity).person

    return make


@pytest.fixture
def newcomers(hire, travel):
    names = ("王小明", "赵磊", "孙悦")
    return [hire(name=name, department="disputes", hired_on=START - 3 * DAY) for name in names]


def test_hr_pairs_the_newcomers_in_one_round(open_as, axe, hire, guide, newcomers, template):
    one, other = guide("李静", 1, department="disputes"), guide("周敏", 1, department="sales")
    page = open_as(hire(Role.HR, name="陈人力"))
    page.goto("/mentoring/matching/new/")
    page.get_by_role("button", name=said("Choose all shown")).click()
    page.get_by_role("button", name=said("All places of those shown")).click()
    page.locator("select[name=template]").select_option(label=str(template))
    page.locator("textarea[name=goal]").fill("四周内独立接待")
    assert axe(page) == []
    page.get_by_role("button", name=said("Propose pairs")).click()

    expect(page.locator("#proposal tr[id^=match-]")).to_have_count(3)
    left = Match.objects.get(mentor=None)
    expect(page.locator(f"#match-{left.pk}")).to_contain_text("名额不足：3 名学员，2 个名额")
    assert axe(page) == []
    page.locator(f"#match-{left.pk} .mt-choice").first.click()
    expect(page.locator(f"#match-{left.pk}")).to_contain_text(said("By hand", "matching"))
    page.locator(f"#match-{left.pk}").get_by_role("button", name=said("Loosen", "matching")).click()
    expect(page.locator(f"#match-{left.pk}")).not_to_contain_text(said("By hand", "matching"))

    page.get_by_role("button", name=said("Confirm", "matching"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=said("Make the pairings")).click()
    page.wait_for_load_state()
    pairings = list(Pairing.objects.select_related("plan"))
    assert {pairing.mentor for pairing in pairings} == {one, other}
    assert all(pairing.plan and pairing.goal == "四周内独立接待" for pairing in pairings)
    assert set(Notice.objects.values_list("person", flat=True)) >= {one.pk, other.pk}
    assert Match.objects.filter(mentor=None, pairing=None).count() == 1


def sign(page, path, name, text):
    page.goto(path)
    page.get_by_role("button", name=f"{name} {text}", exact=True).click()
    expect(page.get_by_role("button", name=f"{said('Take back')} {text}")).to_be_visible()


def note(page, pairing, words):
    page.goto(f"/mentoring/pairings/{pairing.pk}/check-in/")
    page.get_by_label(said("What was done")).fill(words)
    page.get_by_label(said("As planned")).check()
    page.get_by_role("button", name=said("Save check-in")).click()
    page.wait_for_url("**/mentoring/mentees/")


def evaluate(page, pairing, moment, stars, words):
    page.goto(f"/mentoring/pairings/{pairing.pk}/evaluate/{moment}/")
    for radio in page.locator(f"input[type=radio][value='{stars}']").all():
        radio.check()
    page.locator("textarea[name=text]").fill(words)
    page.get_by_role("button", name=said("Hand in the evaluation")).click()
    page.wait_for_load_state()


def fits(page, axe):
    return (axe(page), page.evaluate("document.documentElement.scrollWidth")) == ([], PHONE_WIDTH)


def test_mentor_and_mentee_work_through_four_weeks_on_phones(open_as, axe, hire, guide, newcomers, template, travel):
    mentor, mentee = guide("李静"), newcomers[0]
    goals = [GoalText("说得清七天无理由退货的例外", START + WEEK)]
    pairing = pair(mentor, mentee, on=START, goal="四周内独立接待", goals=goals, template=template)
    mine, plan = "/mentoring/plans/mine/", f"/mentoring/plans/{pairing.plan_id}/"
    page, other = open_as(mentee, "/mentoring/mentor/", phone=True), open_as(mentor, phone=True, theme="dark")
    other.goto(f"/mentoring/pairings/{pairing.pk}/")
    for each in (page, other):
        each.locator("form[action$='/agree/'] button").click()
        expect(each.locator("form[action$='/agree/']")).to_have_count(0)
    page.goto(mine)
    expect(page.get_by_role("button", name=TASKS[1][2])).to_have_count(0)  # its week has not come

    for week, _phase, text in TASKS:
        travel(START + (week - 1) * WEEK + 5 * DAY)
        sign(page, mine, said("I have done it"), text)
        sign(other, plan, said("Sign off"), text)
        note(other, pairing, f"第 {week} 周：{text}")
        if week in {2, 4}:
            moment = "half" if week == 2 else "end"
            evaluate(page, pairing, moment, 5, "讲得明白，也敢放手")
            evaluate(other, pairing, moment, 4, "肯学，判断还要多练")
            assert (fits(page, axe), fits(other, axe)) == (True, True)
    other.goto(f"/mentoring/pairings/{pairing.pk}/")
    other.locator("form[action*='/goals/'] button").click()
    other.goto(f"/mentoring/pairings/{pairing.pk}/graduate/")
    other.get_by_role("button", name=said("Graduate")).click()
    other.wait_for_load_state()

    pairing = Pairing.objects.select_related("plan").get()
    last = START + 3 * WEEK + 5 * DAY
    assert (pairing.end_reason, pairing.ended_on, pairing.plan.outcome) == ("reached", last, "graduated")
    assert list(pairing.plan.tasks.values_list("done_on", flat=True)) == [last - n * WEEK for n in (3, 2, 1, 0)]
    assert set(Evaluation.objects.values_list("side", "moment")) == {(s, m) for s in Side for m in ("half", "end")}
    page.goto("/mentoring/mentor/")
    assert fits(page, axe)


def test_missed_checkin_is_reminded_of_then_reported_and_settled(open_as, axe, hire, guide, newcomers, travel):
    mentor, mentee = guide("李静"), newcomers[0]
    hr = hire(Role.HR, name="陈人力")
    boss = hire(Role.SUPERVISOR, name="刘主管")
    pairing = pair(mentor, mentee, on=START, goal="四周内独立接待", first_checkin_on=START + WEEK, tell=False)
    told = {}
    for ago in (-1, 0, 1, 2, 3, 4):
        before = set(Notice.objects.values_list("pk", flat=True))
        travel(START + WEEK + ago * DAY)
        send_reminders()
        told[ago] = set(Notice.objects.exclude(pk__in=before).values_list("person", flat=True))
    both = {mentor.pk, mentee.pk}
    assert told == {-1: both, 0: both, 1: both, 2: set(), 3: {*both, hr.pk, boss.pk}, 4: set()}

    page = open_as(hr, "/notices/")
    expect(page.get_by_text(mentee.name).first).to_be_visible()
    page.goto("/mentoring/board/")
    with override("zh-hans"):
        late = ngettext("check-in %(days)s day overdue", "check-in %(days)s days overdue", 4) % {"days": 4}
    row = page.locator("tr, article", has=page.get_by_text(mentee.name)).first
    expect(row).to_contain_text(said("%(reason)s, HR has been told", "pairing") % {"reason": late})
    assert axe(page) == []
    phone = open_as(mentor, "/", phone=True)
    phone.goto("/mentoring/mentees/")
    assert fits(phone, axe)
    note(phone, pairing, "补谈：说好以后改在每周三")
    assert CheckIn.objects.held().get().held_on == START + WEEK + 4 * DAY
    assert send_reminders() == 0


def test_mentor_leaves_and_the_pair_is_repaired(open_as, axe, hire, guide, newcomers, template, travel):
    leaving, other, mentee = guide("李静"), guide("周敏"), newcomers[0]
    hr = hire(Role.HR, name="陈人力")
    pairing = pair(leaving, mentee, on=START, goal="四周内独立接待", template=template, tell=False)
    page = open_as(mentee, phone=True)
    sign(page, "/mentoring/plans/mine/", said("I have done it"), TASKS[0][2])
    travel(START + 3 * DAY)
    leave(leaving, on=START + 3 * DAY, today=START + 3 * DAY)
    assert hr.pk in set(Notice.objects.filter(kind="mentor_gone").values_list("person", flat=True))

    desk = open_as(hr, "/")
    desk.goto("/mentoring/matching/new/?who=left")
    desk.get_by_role("button", name=said("Choose all shown")).click()
    desk.get_by_role("button", name=said("All places of those shown")).click()
    desk.get_by_role("button", name=said("Propose pairs")).click()
    expect(desk.locator("#proposal tr[id^=match-]")).to_have_count(1)
    desk.get_by_role("button", name=said("Confirm", "matching"), exact=True).click()
    assert axe(desk) == []
    desk.get_by_role("dialog").get_by_role("button", name=said("Make the pairings")).click()
    desk.wait_for_load_state()

    page.goto("/mentoring/mentor/")
    expect(page.get_by_text(other.name).first).to_be_visible()
    assert fits(page, axe)
    now = Pairing.objects.open().get()
    assert (now.mentor, now.plan_id, now.goal) == (other, pairing.plan_id, pairing.goal)
    assert Pairing.objects.ended().get().end_reason == "changed"
    assert JobTask.objects.filter(mentee_signed_at__isnull=False).count() == 1
    sign(open_as(other, phone=True), f"/mentoring/plans/{now.plan_id}/", said("Sign off"), TASKS[0][2])
    assert JobTask.objects.get(done_on__isnull=False).mentor == other


# One quarter's newcomers: the day of proficiency, or the last day seen and whether the person left.
COURSES = [(21, True, False), (26, True, False), (26, False, True), (30, True, False), (31, False, True)]
COURSES += [(33, True, False), (33, True, False), (40, True, False), (45, False, False), (52, True, False)]


def kaplan_meier():
    """By hand: of those still seen before each day, the share that became proficient on it, multiplied up."""
    left, curve = Fraction(1), {}
    for day in sorted({day for day, proficient, _left in COURSES if proficient}):
        seen = sum(last >= day for last, _proficient, _left in COURSES)
        done = sum(last == day and proficient for last, proficient, _left in COURSES)
        left *= 1 - Fraction(done, seen)
        curve[day] = 1 - left
    return curve


def percent(curve, day):
    """The share that is proficient by the day, as the page rounds it."""
    return round(float(100 * max((share for at, share in curve.items() if at <= day), default=Fraction(0))), 1)


@pytest.fixture
def readings(hire, travel):
    """What the customers of all said, day by day: of five settled colleagues, and of those of `COURSES`."""
    rule = RampRule.objects.create(pk=1, metrics=["satisfaction"])
    figures(hire(name="老员工", hired_on=date(2019, 1, 1), department="disputes"), date(2024, 1, 1), [90])
    for number in range(5):
        person = hire(name=f"前辈{number}", hired_on=date(2026, 1, 1), department="disputes")
        figures(person, date(2026, 1, 5), [80] * (rule.settled_from + 10))
    for number, (days, proficient, left) in enumerate(COURSES):
        first = START - (55 if proficient or left else days - 1) * DAY
        gone = {"left_on": first + days * DAY} if left else {}
        person = hire(name=f"新人{number}", hired_on=first - WEEK, department="disputes", **gone)
        figures(person, first, [75] * (days - 1) + [100] * rule.run_days if proficient else [75] * days)


def test_ramp_page_agrees_with_kaplan_meier_by_hand(open_as, axe, hire, readings):
    reckon_ramps()
    hr = hire(Role.HR, name="陈人力")
    page = open_as(hr)
    page.goto("/mentoring/ramp/")
    curve = kaplan_meier()
    median = next(day for day, share in curve.items() if share >= Fraction(1, 2))
    row = page.locator("tbody tr", has=page.locator("th[scope=row] a")).first.locator("td")

    assert row.nth(0).inner_text() == str(len(COURSES))
    assert (row.nth(1).inner_text(), median) == (str(median), 33)
    assert [row.nth(place).inner_text() for place in (3, 4, 6)] == ["7", "1", "2"]
    shown = page.locator(".k-chart-table tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert [(int(day), float(share)) for day, share, _earlier in shown] == [
        (day, percent(curve, day)) for day in range(10, 121, 10)
    ]
    assert axe(page) == []
