import csv
from datetime import date, time, timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import translation

from courses.models import Audience, Occurrence, Refresher
from courses.refreshers.actions import materialise, open_due, skip
from courses.refreshers.ready import READY
from tests.factories.courses import CourseFactory, EnrolmentFactory, RefresherFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def now(db):
    return clock.now()


@pytest.fixture
def today(now):
    return clock.today()


@pytest.fixture
def browse(as_, hire):
    return as_(hire(Role.HR, department="centre", name="人力"))


@pytest.fixture
def sent(course, company, today, hire):
    for place in ("care", "sales"):
        hire(department=place)
    return {
        "course": course.pk,
        "rhythm": "quarterly",
        "every": "1",
        "on": "day",
        "starts_on": (today + DAY).isoformat(),
        "at_time": "09:00",
        "zone": "Asia/Shanghai",
        "shift": "none",
        "region": "CN",
        "days_to_complete": "7",
        "announce_days": "0",
        "reminders": "3, 1",
        "audience-department": [company["care"].pk],
    }


@pytest.fixture
def run(course, today, now):
    """A run that comes in the next days, of a monthly rule."""
    found = RefresherFactory(course=course, starts_on=today + DAY)
    materialise(at=now)
    return found.occurrences.order_by("on").first()


def new_url():
    return reverse("refresher-new", args=["quiz"])


def errors(response):
    found = {**response.context["form"].errors, **response.context["audience"].errors}
    return {field: list(said) for field, said in found.items()}


def test_refresher_is_made_with_an_audience_of_its_own(browse, sent, course, company, today):
    browse.post(new_url(), sent)

    made = Refresher.objects.get()
    assert (made.title, made.course, made.starts_on, made.at_time, made.reminders, made.owner.name) == (
        "七天无理由退货",
        course,
        today + DAY,
        time(9),
        [3, 1],
        "人力",
    )
    assert (made.audience.name, made.audience.conditions) == (
        "",
        [{"kind": "department", "value": [company["care"].pk]}],
    )


def test_edited_refresher_keeps_its_audience_and_what_was_chosen(browse, sent, company, today):
    browse.post(new_url(), {**sent, "rhythm": "weekly", "weekdays": ["MO", "TH"], "exdates": "2099-01-01\n"})
    made = Refresher.objects.get()
    edit = reverse("refresher-edit", args=[made.pk])

    form = browse.get(edit).context["form"]
    chosen = {name: form.initial[name] for name in ("rhythm", "every", "weekdays", "exdates", "course")}
    browse.post(edit, {**sent, "audience-department": [company["sales"].pk]})

    assert chosen == {
        "rhythm": "weekly",
        "every": 1,
        "weekdays": ["MO", "TH"],
        "exdates": [date(2099, 1, 1)],
        "course": made.course_id,
    }
    made.refresh_from_db()
    assert made.audience.conditions == [{"kind": "department", "value": [company["sales"].pk]}]
    assert Audience.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_on": "2020-01-01"}, "starts_on"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"days_to_complete": "0"}, "days_to_complete"),
        ({"days_to_complete": "1000"}, "days_to_complete"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"rhythm": "own"}, "own"),
        ({"rhythm": "own", "own": "FREQ=MINUTELY"}, "own"),
        ({"rhythm": "own", "own": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "own"),
        ({"rhythm": "weekly", "weekdays": ["XX"]}, "weekdays"),
        ({"until": "2020-01-01"}, "rhythm"),
        ({"until": "2099-01-01", "times": "3"}, "times"),
        ({"exdates": "2099-01-01\n1 October"}, "exdates"),
        ({"reminders": "three"}, "reminders"),
        ({"reminders": "30"}, "reminders"),
        ({"announce_days": "91"}, "announce_days"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"at_time": "25:00"}, "at_time"),
        ({"every": "0"}, "every"),
        ({"course": "0"}, "course"),
        ({"audience-hired_since": "soon"}, "__all__"),
        ({"audience-source": "saved"}, "saved"),
    ],
)
def test_bad_input_is_said_at_its_field_and_changes_nothing(browse, sent, changed, field):
    response = browse.post(new_url(), {**sent, **changed})

    assert (response.status_code, list(errors(response))) == (422, [field])
    assert (Refresher.objects.count(), Audience.objects.count()) == (0, 0)


def test_course_without_a_quiz_is_not_offered(browse, sent):
    response = browse.post(new_url(), {**sent, "course": CourseFactory().pk})

    assert list(errors(response)) == ["course"]


def test_unknown_kind_leads_back_to_the_choice(browse):
    assert browse.get(reverse("refresher-new", args=["nothing"])).url == reverse("refresher-choose")


def test_ready_rule_fills_in_the_form(browse, today):
    ready = browse.get(reverse("refresher-choose")).context["ready"]
    assert "monthly-topic" in [key for key, _one in ready]

    form = browse.get(f"{new_url()}?ready=monthly-topic").context["form"]

    assert (form["title"].value(), form["rhythm"].value(), form["on"].value()) == ("月度专题复训", "monthly", "nth")
    assert form.initial["starts_on"] > today
    assert form.initial["starts_on"].weekday() == 1


def test_ready_rule_without_its_template_leads_to_it_and_back(browse):
    address = f"{reverse('refresher-new', args=['session'])}?ready=emotion-workshop"
    assert "还没有对应的模板" in browse.get(address).content.decode()

    making = f"{reverse('session-template-new')}?ready=emotion-workshop"
    form = browse.get(making).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"instructors": []}
    made = browse.post(making, sent)

    assert made.url == address
    page = browse.get(address)
    assert "还没有对应的模板" not in page.content.decode()
    assert str(page.context["form"].initial["template"]) == "情绪与压力管理工作坊"


def test_ready_rules_speak_the_language_of_the_reader():
    with translation.override("en"):
        titles = [one.title() for one in READY.values()]
    assert all(title.isascii() for title in titles), titles


def test_preview_shows_the_next_days_and_why_they_are_shifted(browse, sent):
    sent |= {"rhythm": "yearly", "starts_on": "2026-10-01", "shift": "next"}

    context = browse.post(reverse("refresher-preview"), sent).context

    assert context["said"] == ""
    first = context["runs"][0]
    assert (first["run"].planned_on.month, first["run"].planned_on.day) == (10, 1)
    assert first["run"].on > first["run"].planned_on
    assert first["why"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rhythm": "own", "own": "FREQ=HOURLY"}, "At most once a day"),
        ({"rhythm": "own", "own": "FREQ=MONTHLY;COUNT=1", "starts_on": "2020-01-01"}, "never fires"),
        ({"exdates": "soon"}, "no date"),
        ({"starts_on": ""}, ""),
    ],
)
def test_preview_says_what_is_wrong(browse, sent, changed, said):
    context = browse.post(reverse("refresher-preview"), {**sent, **changed}, HTTP_ACCEPT_LANGUAGE="en").context

    assert context["runs"] == []
    assert bool(context["said"]) == bool(said)


def test_list_shows_the_next_and_the_last_run(browse, course, hire, today, now):
    person = hire()
    refresher = RefresherFactory(course=course, starts_on=today)
    materialise(at=now)
    assert [row["next"].on for row in browse.get(reverse("refreshers")).context["rows"]] == [today]

    open_due(at=now)
    person.enrolments.update(completed_at=now)

    (row,) = browse.get(reverse("refreshers")).context["rows"]
    assert (row["last"].on, row["result"].total, row["result"].done) == (today, 2, 1)
    assert row["next"].on > today
    assert row["refresher"] == refresher


def test_list_is_narrowed_by_title_kind_and_state(browse, course, now):
    one, other = RefresherFactory(course=course), RefresherFactory(course=course, what="course", paused_at=now)

    def found(query):
        return [row["refresher"] for row in browse.get(reverse("refreshers") + query).context["rows"]]

    assert found(f"?q={one.title}") == [one]
    assert (found("?what=course"), found("?state=paused"), found("?state=running")) == ([other], [other], [one])


def test_export_has_what_the_list_shows(browse, course, hire, today, now):
    hire()
    RefresherFactory(course=course, starts_on=today, title="月度专题")
    RefresherFactory(course=course, title="另一个")
    materialise(at=now)
    open_due(at=now)

    text = b"".join(browse.get(reverse("refreshers-export") + "?q=月度")).decode("utf-8-sig")

    (row,) = list(csv.reader(StringIO(text)))[1:]
    assert (row[0], row[5], row[6], row[7]) == ("月度专题", today.isoformat(), "2", "0")


def test_paused_refresher_has_no_next_run_until_it_goes_on(browse, run):
    pause = reverse("refresher-pause", args=[run.refresher_id])

    assert browse.post(pause, {"reason": ""}).status_code == 422
    browse.post(pause, {"reason": "大促期间暂停"})
    assert Refresher.objects.get().paused_reason == "大促期间暂停"
    assert [row["next"] for row in browse.get(reverse("refreshers")).context["rows"]] == [None]

    browse.post(reverse("refresher-resume", args=[run.refresher_id]))
    assert [row["next"] for row in browse.get(reverse("refreshers")).context["rows"]] == [run]


def test_detail_shows_past_and_next_runs(browse, course, hire, today, now):
    hire()
    refresher = RefresherFactory(course=course, starts_on=today)
    materialise(at=now)
    open_due(at=now)

    context = browse.get(reverse("refresher", args=[refresher.pk])).context

    assert [(row["run"].on, row["result"].total) for row in context["rows"]] == [(today, 2)]
    assert all(each.on > today for each in context["upcoming"])
    assert context["upcoming"]


def test_run_is_left_out_with_a_reason_and_taken_back(browse, run):
    leave_out = reverse("refresher-run-skip", args=[run.pk])
    assert browse.post(leave_out, {"reason": " "}).status_code == 422
    browse.post(leave_out, {"reason": "与年会冲突"})
    browse.post(leave_out, {"reason": "又一次"})

    run.refresh_from_db()
    assert (run.state, run.skipped_reason, run.changed_by.name) == ("skipped", "与年会冲突", "人力")

    browse.post(reverse("refresher-run-take-back", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.skipped_reason) == ("planned", "")


def test_run_is_moved_to_a_free_day_to_come(browse, run, today):
    move = reverse("refresher-run-move", args=[run.pk])
    assert browse.post(move, {"on": "2020-01-01", "reason": "提前"}).status_code == 422

    browse.post(move, {"on": (run.on + 2 * DAY).isoformat(), "reason": "讲师请假"})

    moved = Occurrence.objects.get(pk=run.pk)
    assert (moved.on, moved.by_hand, moved.changed_reason) == (run.on + 2 * DAY, True, "讲师请假")


def test_run_now_opens_one_run_however_often_it_is_sent(browse, run, hire, today):
    hire()
    for _time in range(2):
        browse.post(reverse("refresher-run", args=[run.refresher_id]), {"reason": "投诉上升"})

    (opened,) = run.refresher.occurrences.ran()
    assert (opened.on, opened.changed_reason) == (today, "投诉上升")


def test_what_can_not_be_done_by_hand_is_said(browse, run, now):
    run.opens_at = now - DAY
    run.save()
    open_due(at=now)

    response = browse.post(reverse("refresher-run-skip", args=[run.pk]), {"reason": "太晚"})

    assert response.status_code == 422
    assert Occurrence.objects.get(pk=run.pk).state == "open"


def test_timeline_shows_what_ran_what_was_left_out_and_what_comes(browse, course, hire, today, now):
    hire()
    refresher = RefresherFactory(course=course, starts_on=today)
    materialise(at=now)
    open_due(at=now)
    skip(refresher.occurrences.to_come().order_by("on").first(), reason="与年会冲突", by=None)

    (row,) = browse.get(reverse("refresher-timeline")).context["rows"]
    states = [each["run"].state for cell in row["cells"] for each in cell["runs"]]

    assert states[:2] == ["open", "skipped"]
    assert set(states[2:]) <= {"planned"}


def test_timeline_turns_by_half_years_and_takes_no_nonsense(browse, course, db):
    RefresherFactory(course=course)
    months = browse.get(reverse("refresher-timeline") + "?from=2027-03-09").context["months"]
    assert (months[0], months[-1]) == (date(2027, 3, 1), date(2027, 8, 1))

    for wrong in ("soon", "1066-01-01", "2027-13-01"):
        assert browse.get(reverse("refresher-timeline") + f"?from={wrong}").status_code == 200


def test_run_leads_to_its_enrolments(browse, course, hire, today, now):
    hire()
    RefresherFactory(course=course, starts_on=today)
    EnrolmentFactory()
    materialise(at=now)
    open_due(at=now)
    opened = Occurrence.objects.ran().get()

    page = browse.get(reverse("enrolments"), {"occurrence": opened.pk}).context["page"]

    assert {enrolment.course for enrolment in page} == {course}


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("page", ["refreshers", "refresher-timeline"])
def test_pages_take_nine_queries(browse, course, rows, page, today, now, django_assert_max_num_queries):
    RefresherFactory.create_batch(rows, course=course, starts_on=today)
    materialise(at=now)
    open_due(at=now)
    browse.get(reverse(page))

    with django_assert_max_num_queries(9):
        browse.get(reverse(page))


def test_past_run_leads_to_its_people(browse, course, hire, today, now):
    hire()
    refresher = RefresherFactory(course=course, starts_on=today)
    materialise(at=now)
    open_due(at=now)

    (row,) = browse.get(reverse("refresher", args=[refresher.pk])).context["rows"]

    assert row["url"] == f"{reverse('enrolments')}?state=all&occurrence={row['run'].pk}"


@pytest.mark.parametrize("page", ["refresher", "refresher-timeline"])
def test_reason_that_nobody_typed_is_said_in_words(browse, run, page, today):
    Occurrence.objects.filter(pk=run.pk).update(state="skipped", skipped_reason="missed")

    html = browse.get(reverse(page, args=[run.refresher_id] if page == "refresher" else [])).content.decode()

    assert "错过：到期时系统未运行。" in html or "Missed: the system was not running when it was due." in html
    assert ">missed<" not in html
