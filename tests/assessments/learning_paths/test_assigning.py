"""Giving the same to many: who gets it, who does not, and taking it back."""

from datetime import timedelta

import pytest

from assessments.learning_paths import assigning
from assessments.learning_paths.actions import accept
from assessments.learning_paths.assigning import Sought, assign, assign_in_job, take_back
from assessments.learning_paths.suggestions import suggest
from assessments.models import LearningPath, PathAssignment
from courses.enrolment.actions import enrol, open_unit
from courses.models import Competency, Enrolment
from tests.factories.learning_paths import NOON, has_level
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.models import Job
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def hr(noon, hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def typing(jing):
    return Competency.objects.get(code="typing")


@pytest.fixture
def team(jing, hire):
    """Three more of the same position."""
    return [hire(Role.TRAINEE, name=name, position=jing.position) for name in ("陈晨", "王芳", "赵敏")]


def give(hr, typing, *people, level=0, **given):
    made = assign(
        Sought(typing, level),
        [each.pk for each in people],
        **{"due_on": TODAY + 14 * DAY, "by": hr, "at": NOON, **given},
    )
    summary = assign_in_job(made.job)
    Job.objects.filter(pk=made.job_id).update(state="done", summary=summary)
    made.refresh_from_db()
    return made


def test_everybody_with_the_gap_gets_what_closes_it(hr, jing, team, offered, typing):
    made = give(hr, typing, jing, *team)
    rows = LearningPath.objects.order_by("person").values_list("person", "origin", "given_by", "assignment", "due_on")
    assert list(rows) == [
        (person.pk, "assigned", hr.pk, made.pk, TODAY + 14 * DAY)
        for person in sorted([jing, *team], key=lambda p: p.pk)
    ]
    assert set(Enrolment.objects.values_list("course", flat=True)) == {offered.typing.pk}  # not what closes other gaps
    assert (made.wanted, made.passed_over, made.job.state) == (4, [], "done")


def test_each_is_told_once_of_the_whole_path(hr, jing, team, offered, typing):
    made = give(hr, typing, jing, *team)
    assert sorted(Notice.objects.values_list("person", "kind")) == sorted(
        (p.pk, "path_assigned") for p in [jing, *team]
    )
    assert Notice.objects.first().facts["courses"] == ["打字提速"]
    assign_in_job(made.job)  # a worker that is handed it twice
    assert Notice.objects.count() == LearningPath.objects.count() == 4


def test_who_gets_nothing_is_named_with_the_reason(hr, jing, team, offered, typing):
    busy, able, _other = team
    found = suggest(busy, TODAY)
    accept(busy, mark=found.mark, courses=[offered.typing.pk], at=NOON)
    has_level(able, typing, 3)
    made = give(hr, typing, jing, busy, able)
    assert sorted(made.passed_over) == sorted([[busy.pk, "open"], [able.pk, "no_gap"]])
    assert [path.person for path in made.paths.all()] == [jing]


def test_a_worker_that_is_handed_it_twice_names_nobody_twice(hr, jing, team, offered, typing):
    has_level(team[0], typing, 3)
    made = give(hr, typing, jing, team[0])
    assign_in_job(made.job)
    made.refresh_from_db()
    assert made.passed_over == [[team[0].pk, "no_gap"]]


def test_without_a_course_nobody_gets_anything(hr, jing, typing):
    made = give(hr, typing, jing)
    assert (made.passed_over, made.paths.count()) == ([[jing.pk, "nothing"]], 0)


def test_a_level_gives_only_what_leads_there(hr, jing, offered, typing):
    low = offered.basics
    low.teaches.create(competency=typing, level=2)
    made = give(hr, typing, jing, level=2)
    assert [step.course for step in made.paths.get().steps.all()] == [low]


def test_an_open_course_is_linked_and_stays_when_taken_back(hr, jing, team, offered, typing):
    held = enrol(jing, offered.typing, on=TODAY)
    made = give(hr, typing, jing, team[0])
    take_back(made, at=NOON + DAY)
    held.refresh_from_db()
    assert held.is_open
    assert list(Enrolment.objects.exclude(pk=held.pk).values_list("withdrawn_at", flat=True)) == [NOON + DAY]
    assert not LearningPath.objects.open().exists()
    assert Notice.objects.filter(kind="path_taken_back").count() == 2


def test_taking_back_twice_tells_once(hr, jing, offered, typing):
    made = give(hr, typing, jing)
    first = take_back(made, at=NOON + DAY)
    assert take_back(made, at=NOON + 2 * DAY).undone_at == first.undone_at
    assert Notice.objects.filter(kind="path_taken_back").count() == 1


def test_what_somebody_has_begun_is_not_taken_back(hr, jing, team, offered, typing):
    made = give(hr, typing, jing, *team)
    begun = Enrolment.objects.filter(person=team[0]).get()
    open_unit(begun, offered.typing.units.get(), at=NOON)
    with pytest.raises(Refused) as caught:
        take_back(made, at=NOON + DAY)
    assert caught.value.code == "assignment_begun"
    assert Enrolment.objects.open().count() == 4


def test_nothing_is_taken_back_while_it_is_being_given(hr, jing, offered, typing):
    made = assign(Sought(typing), [jing.pk], due_on=TODAY, by=hr, at=NOON)
    with pytest.raises(Refused) as caught:
        take_back(made, at=NOON)
    assert caught.value.code == "assignment_running"


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("due_in_past", {"due_on": TODAY - DAY}),
        ("nobody_chosen", {"people_ids": []}),
        ("person_out_of_reach", {"people_ids": [0]}),
    ],
    ids=["past", "nobody", "unknown"],
)
def test_bad_assignments_are_refused(hr, jing, offered, typing, code, given):
    asked = {"people_ids": [jing.pk], "due_on": TODAY, "by": hr, "at": NOON, **given}
    with pytest.raises(Refused) as caught:
        assign(Sought(typing), **asked)
    assert caught.value.code == code
    assert not PathAssignment.objects.exists()
    assert not Job.objects.exists()


def test_too_many_at_once_are_refused(hr, jing, team, offered, typing, monkeypatch):
    monkeypatch.setattr(assigning, "MOST", 3)
    with pytest.raises(Refused) as caught:
        give(hr, typing, jing, *team)
    assert caught.value.code == "too_many_people"


@pytest.mark.parametrize(("department", "reached"), [("care", True), ("disputes", False), ("sales", False)])
def test_a_supervisor_reaches_the_own_people(hire, jing, department, reached, noon):
    supervisor = hire(Role.SUPERVISOR, department=department)
    found = assigning.within_reach(supervisor, TODAY)
    assert (jing in found) is reached
    assert supervisor not in found


def test_who_has_left_or_does_not_learn_is_out_of_reach(hr, hire, jing):
    gone, guide = hire(Role.TRAINEE, left_on=TODAY - DAY), hire(Role.MENTOR)
    assert not {gone, guide} & set(assigning.within_reach(hr, TODAY))


def test_more_people_take_no_more_queries(hr, jing, team, offered, typing, hire, django_assert_num_queries):
    people = User.objects.filter(position=jing.position)
    with django_assert_num_queries(5):
        assigning.preview(Sought(typing), people, TODAY)
    for _number in range(20):
        hire(Role.TRAINEE, position=jing.position)
    with django_assert_num_queries(5):
        assert assigning.preview(Sought(typing), people, TODAY).count == 24
