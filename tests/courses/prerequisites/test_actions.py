from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from courses.enrolment.actions import complete_unit, enrol, open_unit
from courses.enrolment.models import Scope
from courses.models import Prerequisite
from courses.prerequisites.actions import LoopRefused, missing_prerequisites, set_prerequisites
from tests.factories.courses import MONDAY, CourseFactory, EnrolmentFactory, UnitFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def abc():
    return [CourseFactory(title=title) for title in "ABC"]


def edges():
    return sorted(Prerequisite.objects.values_list("course__title", "needs__title"))


class TestSet:
    def test_replaces_what_was_asked_before(self, abc):
        a, b, c = abc

        assert [set_prerequisites(a, [b]), set_prerequisites(a, [c])] == [True, True]
        assert edges() == [("A", "C")]

    def test_repeat_changes_nothing(self, abc):
        a, b, _c = abc
        set_prerequisites(a, [b])
        row = Prerequisite.objects.get()

        assert set_prerequisites(a, [b, b]) is False
        assert Prerequisite.objects.get() == row

    @pytest.mark.parametrize(
        ("chain", "loop"),
        [([0, 0], "A → A"), ([0, 1, 0], "A → B → A"), ([0, 1, 2, 0], "A → B → C → A")],
    )
    def test_loop_is_refused_and_named(self, abc, chain, loop):
        courses = [abc[n] for n in chain]
        for course, need in list(pairwise(courses))[1:]:
            set_prerequisites(course, [need])
        before = edges()

        with pytest.raises(LoopRefused, match=loop) as refusal:
            set_prerequisites(courses[0], [courses[1]])

        assert (refusal.value.field, refusal.value.code) == ("prerequisites", "prerequisite_loop")
        assert edges() == before

    def test_two_ways_to_the_same_course_are_no_loop(self, abc):
        a, b, c = abc
        set_prerequisites(b, [c])

        assert set_prerequisites(a, [b, c]) is True

    def test_database_refuses_a_course_that_needs_itself(self, abc):
        with pytest.raises(IntegrityError, match="needs_itself"), transaction.atomic():
            Prerequisite.objects.create(course=abc[0], needs=abc[0])


class TestMissing:
    def test_are_those_not_completed(self, abc):
        a, b, c = abc
        set_prerequisites(a, [b, c])
        person = PersonFactory()
        EnrolmentFactory(person=person, course=b, completed_at=clock.now(), started_at=clock.now())
        EnrolmentFactory(person=person, course=c)

        assert missing_prerequisites(person, a) == [c]

    @pytest.mark.parametrize("status", ["draft", "retired"])
    def test_course_that_is_not_offered_keeps_nobody_out(self, abc, status):
        a, b, _c = abc
        set_prerequisites(a, [b])
        b.status = status
        b.save()

        assert missing_prerequisites(PersonFactory(), a) == []


class TestOpening:
    @pytest.fixture
    def held(self, abc):
        """A's enrolment and unit; A needs B."""
        a, b, _c = abc
        set_prerequisites(a, [b])
        UnitFactory(course=b)
        return EnrolmentFactory(course=a), UnitFactory(course=a)

    def test_unit_is_refused_and_the_missing_course_named(self, held):
        enrolment, unit = held

        for act in (open_unit, complete_unit):
            with pytest.raises(Refused, match="First complete “B”") as refusal:
                act(enrolment, unit, at=clock.now())
            assert refusal.value.code == "prerequisite_missing"
        enrolment.refresh_from_db()
        assert (enrolment.started_at, enrolment.progress.count()) == (None, 0)

    def test_unit_opens_when_the_other_course_is_completed(self, held, abc):
        enrolment, unit = held
        first = enrol(enrolment.person, abc[1], on=MONDAY)
        complete_unit(first, abc[1].units.get(), at=clock.now())

        assert open_unit(enrolment, unit, at=clock.now()).unit == unit

    def test_who_has_begun_before_the_rule_goes_on(self, held):
        enrolment, unit = held
        enrolment.started_at = clock.now()
        enrolment.save()

        assert open_unit(enrolment, unit, at=clock.now()).unit == unit

    def test_refresher_asks_for_nothing_first(self, held, exam):
        enrolment, _unit = held
        enrolment.scope = Scope.ASSESSMENT
        enrolment.save()

        assert open_unit(enrolment, UnitFactory(course=enrolment.course, kind=exam), at=clock.now())
