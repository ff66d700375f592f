from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Course, DueException, Enrolment, Item, Participation, Session
from courses.programmes.actions import assign_at_once
from courses.programmes.assigning import Terms
from courses.programmes.due import Due
from tests.factories.courses import (
    AssignmentFactory,
    AudienceFactory,
    CourseFactory,
    DueExceptionFactory,
    ItemFactory,
    ParticipationFactory,
    ProgrammeFactory,
    add_courses,
)
from tests.factories.sessions import RoomFactory, let_teach
from trainingsite.core import clock
from trainingsite.people.access.roles import Role


def text(response):
    return " ".join(response.content.decode().split())


def errors(response):
    return {field: list(said) for field, said in response.context["form"].errors.items()}


# --- The list and the page of one ---
def test_archived_programme_leaves_the_list_until_it_is_asked_for(browse, programme):
    browse.post(reverse("programme-archive", args=[programme.pk]))

    assert list(browse.get(reverse("programmes")).context["page"]) == []
    assert list(browse.get(reverse("programmes"), {"state": "archived"}).context["page"]) == [programme]


def test_list_is_searched_by_title_and_code_and_keeps_templates_apart(browse, programme):
    template = ProgrammeFactory(title="主管模板", template=True)

    assert list(browse.get(reverse("programmes"), {"q": "新人"}).context["page"]) == [programme]
    assert list(browse.get(reverse("programmes"), {"q": programme.code}).context["page"]) == [programme]
    assert list(browse.get(reverse("programmes"), {"state": "template"}).context["page"]) == [template]


def test_programme_page_shows_how_far_each_assignment_is(browse, programme, care, hr, hire, today):
    hire()
    terms = Terms(Due("fixed", on=today))
    assignment = assign_at_once(programme, care, by=hr, on=today, terms=terms, token=uuid4())
    Enrolment.objects.filter(course__title="退货规则").update(completed_at=clock.now())

    (shown,) = browse.get(reverse("programme", args=[programme.pk])).context["assignments"]

    assert (shown, shown.total, shown.done, shown.late, shown.waiting) == (assignment, 2, 1, 0, 0)
    assert (shown.people, shown.arrived) == (1, 0)


def test_programme_page_shows_the_version_that_is_asked_for(browse, programme):
    browse.post(reverse("programme-draft", args=[programme.pk]))
    address = reverse("programme", args=[programme.pk])

    assert browse.get(address).context["shown"].number == 1
    assert browse.get(address, {"version": "2"}).context["shown"].number == 2
    assert browse.get(address, {"version": "9"}).status_code == 404
    assert browse.get(address, {"version": "x"}).context["shown"].number == 1


def test_assignment_page_shows_each_person_with_the_progress(browse, programme, care, hr, hire, today):
    person = hire(name="甲")
    terms = Terms(Due("fixed", on=today))
    assignment = assign_at_once(programme, care, by=hr, on=today, terms=terms, token=uuid4())
    Enrolment.objects.filter(course__title="退货规则").update(completed_at=clock.now())
    address = reverse("assignment", args=[assignment.pk])

    ((way, state),) = browse.get(address).context["ways"]
    assert (way.participation.person, way.done, way.total, state) == (person, 1, 3, "active")
    assert list(browse.get(address, {"state": "completed"}).context["page"]) == []
    assert list(browse.get(address, {"q": "甲"}).context["page"]) == [way.participation]


# --- People on their way ---
@pytest.fixture
def taking(programme, care, hr, hire, today):
    """甲 has the programme from today on."""
    hire(name="甲")
    Item.objects.filter(object_id__in=Course.objects.filter(title="未完成").values("pk")).delete()
    assign_at_once(programme, care, by=hr, on=today, terms=Terms(Due("stages")), token=uuid4(), tell=False)
    return Participation.objects.get()


def test_trainee_sees_the_stages_and_what_is_open(as_, taking):
    page = as_(taking.person).get(reverse("my-programmes"))

    ((leg,),) = [way.legs for way in page.context["ways"]]
    assert [(step.facts.title, step.state) for step in leg.steps] == [("退货规则", "open"), ("安抚客户", "open")]
    assert "退货规则" in text(page)


@pytest.fixture
def with_class(programme, care, hr, hire, today):
    """甲 has the programme from today on, with a class on its third day at 14:00."""
    hire(name="甲")
    stage = programme.stages.get()
    programme.stages.update(first_day=1, last_day=14)
    item = {"title": "开班", "minutes": 90, "day": 3, "time": "14:00"}
    ItemFactory(stage=stage, kind="session", object_id=None, settings=item)
    assign_at_once(programme, care, by=hr, on=today, terms=Terms(Due("stages")), token=uuid4(), tell=False)
    return Participation.objects.get()


def test_trainee_sees_day_hour_and_place_of_a_class(as_, with_class):
    session = Session.objects.get()
    Session.objects.update(room=RoomFactory(name="培训室 3"))

    page = as_(with_class.person).get(reverse("my-programmes"))

    (step,) = [step for leg in page.context["ways"][0].legs for step in leg.steps if step.session]
    assert (step.state, step.due_on) == ("later", timezone.localdate(session.starts_at))
    assert "14:00 · 培训室 3" in text(page)
    assert reverse("session", args=[session.pk]) in text(page)
    assert as_(with_class.person).get(step.url).status_code == 200


def test_class_that_passed_without_a_note_of_attendance_is_late(as_, with_class):
    Session.objects.update(starts_at=clock.now() - timedelta(days=2), ends_at=clock.now() - timedelta(days=1))

    page = as_(with_class.person).get(reverse("my-programmes"))

    (step,) = [step for leg in page.context["ways"][0].legs for step in leg.steps if step.session]
    assert step.state == "late"


def test_assignment_page_names_classes_without_room_or_instructor(browse, hr, with_class):
    session, address = Session.objects.get(), reverse("assignment", args=[with_class.assignment_id])
    assert browse.get(address).context["unready"] == [session]
    assert reverse("session", args=[session.pk]) in text(browse.get(address))

    Session.objects.update(room=RoomFactory())
    let_teach(session, hr)
    assert browse.get(address).context["unready"] == []


def test_stranger_sees_no_programme_of_others(as_, taking, hire):
    stranger = hire(Role.SUPERVISOR, department="sales")

    assert list(as_(hire()).get(reverse("my-programmes")).context["ways"]) == []
    assert as_(stranger).get(reverse("participation", args=[taking.pk])).status_code == 404


def test_person_is_extended_and_exempted_with_a_reason(browse, taking, july):
    address = reverse("participation-decide", args=[taking.pk])
    browse.post(address, {"act": "extend", "due_on": july, "reason": "支援大促"})
    browse.post(address, {"act": "exempt", "reason": "转岗"})

    taking.refresh_from_db()
    assert (taking.extended_to.isoformat(), taking.exempt_reason) == (july, "转岗")
    assert set(Enrolment.objects.values_list("withdrawn_reason", flat=True)) == {"免修：转岗"}


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"act": "extend", "reason": "支援"}, "due_on"),
        ({"act": "extend", "reason": "支援", "due_on": "2020-01-01"}, "due_on"),
        ({"act": "exempt", "reason": ""}, "reason"),
    ],
)
def test_bad_decision_about_a_person_is_said_at_its_field(browse, taking, posted, field):
    assert list(errors(browse.post(reverse("participation-decide", args=[taking.pk]), posted))) == [field]
    assert Enrolment.objects.open().count() == 2


# --- Exceptions ---
@pytest.fixture
def waiting(programme):
    assignment = AssignmentFactory(programme=programme)
    return [DueExceptionFactory(assignment=assignment) for _ in range(2)]


def decided():
    return sorted(DueException.objects.exclude(resolved_at=None).values_list("pk", "resolution"))


def test_chosen_people_are_extended_together(browse, waiting, july):
    picked = {"pick": [e.pk for e in waiting], "act": "extend", "due_on": july, "reason": "产假", "sure": "1"}

    browse.post(reverse("exceptions-decide"), picked)

    assert decided() == [(e.pk, "产假") for e in waiting]
    assert Enrolment.objects.count() == 4


def test_one_is_exempted_and_the_other_still_waits(browse, waiting):
    browse.post(
        reverse("exceptions-decide"), {"pick": [waiting[0].pk], "act": "exempt", "reason": "已离岗", "sure": "1"}
    )

    assert decided() == [(waiting[0].pk, "已离岗")]
    assert list(browse.get(reverse("exceptions")).context["page"]) == [waiting[1]]
    assert list(browse.get(reverse("exceptions"), {"state": "decided"}).context["page"]) == [waiting[0]]


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"act": "exempt", "reason": "", "pick": "all"}, "reason"),
        ({"act": "moon", "reason": "产假", "pick": "all"}, "__all__"),
        ({"act": "extend", "reason": "产假", "pick": "all"}, "due_on"),
        ({"act": "extend", "reason": "产假", "due_on": "2020-01-01", "pick": "all"}, "due_on"),
        ({"act": "exempt", "reason": "已离岗"}, "__all__"),
    ],
)
def test_bad_decision_is_said_at_its_field_and_changes_nothing(browse, waiting, posted, field):
    values = {**posted, "pick": [e.pk for e in waiting] if "pick" in posted else []}

    assert list(errors(browse.post(reverse("exceptions-decide"), values))) == [field]
    assert decided() == []


def test_chosen_are_given_it_all_the_same(browse, waiting):
    picked = {"pick": [e.pk for e in waiting], "act": "override", "reason": "本人同意", "sure": "1"}
    browse.post(reverse("exceptions-decide"), picked)

    assert set(DueException.objects.values_list("decision", flat=True)) == {"override"}
    assert Participation.objects.count() == 2


def test_decision_is_previewed_before_anything_happens(browse, waiting, july):
    picked = {"pick": [e.pk for e in waiting], "act": "extend", "due_on": july, "reason": "产假"}

    said = browse.post(reverse("exceptions-decide"), picked).context["outcomes"]

    last_of_stage = clock.today() + timedelta(days=29)
    assert said == [(exception, last_of_stage) for exception in waiting]
    assert (decided(), Enrolment.objects.count()) == ([], 0)


# --- Queries ---
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
def test_programme_takes_twelve_queries(browse, programme, django_assert_max_num_queries, rows):
    for _ in range(rows):
        add_courses(programme, CourseFactory())
        AssignmentFactory(programme=programme, audience=AudienceFactory())
    browse.get(reverse("programme", args=[programme.pk]))

    with django_assert_max_num_queries(12):
        browse.get(reverse("programme", args=[programme.pk]))


@pytest.mark.parametrize("rows", [1, 30])
def test_people_of_an_assignment_take_the_same_queries(browse, programme, django_assert_max_num_queries, rows):
    assignment = AssignmentFactory(programme=programme)
    ParticipationFactory.create_batch(rows, assignment=assignment)
    address = reverse("assignment", args=[assignment.pk])
    browse.get(address)

    with django_assert_max_num_queries(16):
        browse.get(address)


@pytest.mark.parametrize("rows", [1, 30])
def test_editor_takes_the_same_queries(browse, draft, django_assert_max_num_queries, rows):
    for course in CourseFactory.create_batch(rows):
        ItemFactory(stage=draft.stages.first(), course=course)
    address = reverse("programme-stages", args=[draft.pk])
    browse.get(address)

    with django_assert_max_num_queries(14):
        browse.get(address)
