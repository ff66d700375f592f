from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import Audience, Refresher
from courses.refreshers.actions import open_due
from tests.factories.courses import CourseFactory, EnrolmentFactory, RefresherFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def browse(as_, hire):
    return as_(hire(Role.HR, department="centre", name="人力"))


@pytest.fixture
def posted(course, company, today, hire):
    for place in ("care", "sales"):
        hire(department=place)
    return {
        "course": course.pk,
        "frequency": "quarterly",
        "starts_on": (today + DAY).isoformat(),
        "days_to_complete": "7",
        "audience-department": [company["care"].pk],
    }


def errors(response):
    found = {**response.context["form"].errors, **response.context["audience"].errors}
    return {field: list(said) for field, said in found.items()}


def test_refresher_is_made_with_an_audience_of_its_own(browse, posted, course, company, today):
    browse.post(reverse("refresher-new"), posted)

    made = Refresher.objects.get()
    assert (made.title, made.course, made.starts_on, made.days_to_complete, made.owner.name) == (
        "七天无理由退货",
        course,
        today + DAY,
        7,
        "人力",
    )
    assert (made.audience.name, made.audience.conditions) == (
        "",
        [{"kind": "department", "value": [company["care"].pk]}],
    )


def test_edited_refresher_keeps_its_audience(browse, posted, company):
    browse.post(reverse("refresher-new"), posted)
    made = Refresher.objects.get()

    browse.post(reverse("refresher-edit", args=[made.pk]), {**posted, "audience-department": [company["sales"].pk]})

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
        ({"frequency": "hourly"}, "frequency"),
        ({"course": "0"}, "course"),
        ({"audience-hired_since": "soon"}, "__all__"),
        ({"audience-source": "saved"}, "saved"),
    ],
)
def test_bad_input_is_said_at_its_field_and_changes_nothing(browse, posted, changed, field):
    assert list(errors(browse.post(reverse("refresher-new"), {**posted, **changed}))) == [field]
    assert (Refresher.objects.count(), Audience.objects.count()) == (0, 0)


def test_course_without_a_quiz_is_not_offered(browse, posted):
    response = browse.post(reverse("refresher-new"), {**posted, "course": CourseFactory().pk})

    assert list(errors(response)) == ["course"]


def test_list_shows_the_next_and_the_last_run(browse, course, hire, today):
    person = hire()
    refresher = RefresherFactory(course=course, starts_on=today)
    assert [row["next"] for row in browse.get(reverse("refreshers")).context["rows"]] == [today]

    open_due(on=today)
    person.enrolments.update(completed_at=clock.now())

    (row,) = browse.get(reverse("refreshers")).context["rows"]
    assert (row["last"].on, row["last"].total, row["last"].done) == (today, 2, 1)
    assert row["next"] > today
    assert row["refresher"] == refresher


def test_paused_refresher_has_no_next_run_until_it_goes_on(browse, course, today):
    refresher = RefresherFactory(course=course, starts_on=today + DAY)
    pause = reverse("refresher-pause", args=[refresher.pk])

    browse.post(pause)
    assert [row["next"] for row in browse.get(reverse("refreshers")).context["rows"]] == [None]

    browse.post(pause, {"resume": "1"})
    assert [row["next"] for row in browse.get(reverse("refreshers")).context["rows"]] == [today + DAY]


def test_detail_shows_past_and_next_runs(browse, course, hire, today):
    hire()
    refresher = RefresherFactory(course=course, starts_on=today)
    open_due(on=today)

    context = browse.get(reverse("refresher", args=[refresher.pk])).context

    assert [run.on for run in context["page"]] == [today]
    assert (len(context["upcoming"]), context["upcoming"][0] > today) == (6, True)


def test_run_leads_to_its_enrolments(browse, course, hire, today):
    hire()
    RefresherFactory(course=course, starts_on=today)
    EnrolmentFactory()
    open_due(on=today)
    run = Refresher.objects.get().occurrences.get()

    page = browse.get(reverse("enrolments"), {"occurrence": run.pk}).context["page"]

    assert {enrolment.course for enrolment in page} == {course}


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_eight_queries(browse, course, rows, today, django_assert_max_num_queries):
    RefresherFactory.create_batch(rows, course=course, starts_on=today)
    open_due(on=today)
    browse.get(reverse("refreshers"))

    with django_assert_max_num_queries(8):
        browse.get(reverse("refreshers"))
