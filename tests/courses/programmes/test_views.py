from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from courses.models import Assignment, Audience, DueException, Enrolment, Programme
from courses.programmes.actions import assign_at_once
from courses.programmes.due import Due
from tests.factories.courses import (
    AssignmentFactory,
    AudienceFactory,
    CourseFactory,
    DueExceptionFactory,
    EnrolmentFactory,
    ProgrammeCourseFactory,
    ProgrammeFactory,
)
from trainingsite.core import clock
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.models import Job
from trainingsite.people.access.roles import Role


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def july(today):
    """A day that can be met."""
    return (today + timedelta(days=30)).isoformat()


def text(response):
    return " ".join(response.content.decode().split())


def errors(response):
    return {field: list(said) for field, said in response.context["form"].errors.items()}


# --- Programmes ------------------------------------------------------------------------------------------------------
def test_programme_is_made_in_the_order_that_was_sent(browse):
    rules, calm = CourseFactory(), CourseFactory()

    browse.post(reverse("programme-new"), {"title": "新人", "courses": [calm.pk, rules.pk]})

    programme = Programme.objects.get()
    assert [item.course for item in programme.items.all()] == [calm, rules]


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"title": "", "courses": "ok"}, "title"),
        ({"title": "新人"}, "courses"),
        ({"title": "新人", "courses": "0"}, "courses"),
    ],
)
def test_bad_programme_is_said_at_its_field_and_changes_nothing(browse, posted, field):
    course = CourseFactory()
    values = {key: course.pk if value == "ok" else value for key, value in posted.items()}

    assert list(errors(browse.post(reverse("programme-new"), values))) == [field]
    assert not Programme.objects.exists()


def test_rejected_form_keeps_the_chosen_order(browse):
    courses = [CourseFactory(), CourseFactory()]

    response = browse.post(reverse("programme-new"), {"title": "", "courses": [c.pk for c in reversed(courses)]})

    assert response.context["form"].chosen() == list(reversed(courses))


def test_archived_programme_leaves_the_list_until_it_is_asked_for(browse, programme):
    browse.post(reverse("programme-archive", args=[programme.pk]))

    assert list(browse.get(reverse("programmes")).context["page"]) == []
    assert list(browse.get(reverse("programmes"), {"state": "archived"}).context["page"]) == [programme]


def test_programme_page_shows_how_far_each_assignment_is(browse, programme, care, hr, hire, today):
    hire()
    assignment = assign_at_once(programme, care, by=hr, on=today, due=Due("fixed", on=today), token=uuid4())
    Enrolment.objects.filter(course__title="退货规则").update(completed_at=clock.now())

    (shown,) = browse.get(reverse("programme", args=[programme.pk])).context["assignments"]

    assert (shown, shown.total, shown.done, shown.late, shown.waiting) == (assignment, 2, 1, 0, 0)


def test_assignment_page_goes_course_by_course(browse, programme, care, hr, hire, today):
    hire()
    assignment = assign_at_once(programme, care, by=hr, on=today, due=Due("fixed", on=today), token=uuid4())
    Enrolment.objects.filter(course__title="退货规则").update(completed_at=clock.now())

    courses = browse.get(reverse("assignment", args=[assignment.pk])).context["courses"]

    assert sorted((c.title, c.total, c.done, c.late) for c in courses) == [("安抚客户", 1, 0, 0), ("退货规则", 1, 1, 0)]


# --- The wizard ------------------------------------------------------------------------------------------------------
def start(browse, programme):
    return browse.get(reverse("assign", args=[programme.pk])).url


def walk(browse, programme, who, due):
    """Go to the last step; returns its address."""
    first = start(browse, programme)
    second = browse.post(first, who).url
    return browse.post(second, due).url


def test_wizard_assigns_what_its_last_step_says(browse, programme, company, hire, july):
    learning = hire()
    hire()
    EnrolmentFactory(person=learning, course=programme.courses.get(title="退货规则"))
    check = walk(browse, programme, {"audience-department": [company["care"].pk]}, {"rule": "fixed", "due_on": july})

    page = browse.get(check)
    assert page.context["sentence"].startswith("2 人，其中 1 人已在学（日期不变），新增 3 条学习记录，")
    assert sorted(outcome for _person, _day, outcome in page.context["rows"]) == ["learning", "new"]

    response = browse.post(check)
    assignment = Assignment.objects.get()
    assert response.url == reverse("job", args=[assignment.job_id])
    jobs.run(assignment.job_id)
    assert Enrolment.objects.filter(assignment=assignment).count() == 3
    assert assignment.audience.name == ""


def test_wizard_sent_twice_makes_one_assignment(browse, programme, hire, july):
    hire()
    check = walk(browse, programme, {}, {"rule": "fixed", "due_on": july})

    assert browse.post(check).url == browse.post(check).url
    assert (Assignment.objects.count(), Job.objects.count(), Audience.objects.count()) == (1, 1, 1)


def test_wizard_keeps_a_named_audience(browse, programme, company, hire, july):
    hire()
    browse.post(
        walk(
            browse,
            programme,
            {"audience-department": [company["care"].pk], "audience-name": "售后全员"},
            {"rule": "fixed", "due_on": july},
        )
    )

    assert [a.name for a in Audience.objects.saved()] == ["售后全员"]


def test_wizard_takes_a_saved_audience(browse, programme, care, hire, july):
    hire()
    who = {"audience-source": "saved", "audience-saved": care.pk}
    browse.post(walk(browse, programme, who, {"rule": "fixed", "due_on": july}))

    assert Assignment.objects.get().audience == care


def test_wizard_steps_can_be_revisited(browse, programme, company, hire, july):
    hire()
    check = walk(browse, programme, {"audience-department": [company["care"].pk]}, {"rule": "fixed", "due_on": july})

    steps = browse.get(check).context["steps"]
    who, due = (browse.get(steps[n][1]).context["form"] for n in (1, 2))

    assert who["department"].value() == [company["care"].pk]
    assert due["due_on"].value() == july


@pytest.mark.parametrize("step", ["assign-due", "assign-check"])
def test_wizard_step_without_the_steps_before_leads_back(browse, programme, step):
    response = browse.get(reverse(step, args=[programme.pk, uuid4()]), follow=True)

    assert response.redirect_chain[-1][0].endswith("/who/")


def test_audience_of_nobody_is_said_at_its_step(browse, programme):
    response = browse.post(start(browse, programme), {"audience-hired_since": "2199-01-01"})

    assert errors(response) == {"__all__": ["没有人符合这个人群的条件。"]}
    assert response.content.decode().count("没有人符合这个人群的条件。") == 1
    assert response.context["reach"]["count"] == 0


def test_refused_step_previews_what_was_sent(browse, programme, company, hire):
    hire(department="sales")
    AudienceFactory(name="售后全员")
    who = {"audience-department": [company["care"].pk], "audience-name": "售后全员"}

    assert browse.post(start(browse, programme), who).context["reach"]["count"] == 0
    unread = browse.post(start(browse, programme), {"audience-hired_since": "morgen"})
    assert unread.context["reach"] is None


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ({"rule": "fixed", "due_on": "2020-01-01"}, {"due_on": ["这个日期已过。"]}),
        ({"rule": "fixed"}, {"due_on": ["请填写日期。"]}),
        ({"rule": "fixed", "due_on": "2026-02-30"}, {"due_on": ["输入一个有效的日期。"]}),
        ({"rule": "after_hire", "due_days": "0"}, {"due_days": ["请填 1 到 3650 之间的整数天数。"]}),
        ({"rule": "after_hire", "due_days": "x"}, {"due_days": ["输入整数。"]}),
        ({"rule": "moon"}, {"rule": ["选择一个有效的选项。 moon 不在可用的选项中。"]}),
    ],
)
def test_bad_due_date_is_said_at_its_field(browse, programme, hire, due, said):
    hire()
    second = browse.post(start(browse, programme), {}).url

    assert errors(browse.post(second, due)) == said
    assert not Assignment.objects.exists()


def test_archived_programme_cannot_be_assigned(browse, programme):
    first = start(browse, programme)
    browse.post(reverse("programme-archive", args=[programme.pk]))

    assert browse.get(first).status_code == 404


# --- Exceptions ------------------------------------------------------------------------------------------------------
@pytest.fixture
def waiting(programme):
    assignment = AssignmentFactory(programme=programme)
    return [DueExceptionFactory(assignment=assignment) for _ in range(2)]


def decided():
    return sorted(DueException.objects.exclude(resolved_at=None).values_list("pk", "resolution"))


def test_chosen_people_are_extended_together(browse, waiting, july):
    picked = {"pick": [e.pk for e in waiting], "act": "extend", "due_on": july, "reason": "产假"}

    browse.post(reverse("exceptions-decide"), picked)

    assert decided() == [(e.pk, "产假") for e in waiting]
    assert Enrolment.objects.count() == 4


def test_one_is_exempted_and_the_other_still_waits(browse, waiting):
    browse.post(reverse("exceptions-decide"), {"pick": [waiting[0].pk], "act": "exempt", "reason": "已离岗"})

    assert decided() == [(waiting[0].pk, "已离岗")]
    assert list(browse.get(reverse("exceptions")).context["page"]) == [waiting[1]]
    assert list(browse.get(reverse("exceptions"), {"state": "decided"}).context["page"]) == [waiting[0]]


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"act": "exempt", "reason": "", "pick": "all"}, "reason"),
        ({"act": "extend", "reason": "产假", "pick": "all"}, "due_on"),
        ({"act": "extend", "reason": "产假", "due_on": "2020-01-01", "pick": "all"}, "due_on"),
        ({"act": "exempt", "reason": "已离岗"}, "__all__"),
    ],
)
def test_bad_decision_is_said_at_its_field_and_changes_nothing(browse, waiting, posted, field):
    values = {**posted, "pick": [e.pk for e in waiting] if "pick" in posted else []}

    assert list(errors(browse.post(reverse("exceptions-decide"), values))) == [field]
    assert decided() == []


# --- Queries -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("page", "most"), [("programmes", 8), ("exceptions", 10)])
def test_lists_take_the_same_queries(browse, programme, django_assert_max_num_queries, rows, page, most):
    assignment = AssignmentFactory(programme=programme)
    ProgrammeFactory.create_batch(rows)
    DueExceptionFactory.create_batch(rows, assignment=assignment)
    browse.get(reverse(page))

    with django_assert_max_num_queries(most):
        browse.get(reverse(page))


@pytest.mark.parametrize("rows", [1, 30])
def test_programme_takes_eight_queries(browse, programme, django_assert_max_num_queries, rows):
    for _ in range(rows):
        ProgrammeCourseFactory(programme=programme)
        AssignmentFactory(programme=programme, audience=AudienceFactory())
    browse.get(reverse("programme", args=[programme.pk]))

    with django_assert_max_num_queries(8):
        browse.get(reverse("programme", args=[programme.pk]))
