import pytest
from django.db import InternalError, transaction
from django.utils import translation

from courses.competencies.actions import (
    restore_competency,
    retire_competency,
    save_competency,
    save_group,
    set_teaches,
    shift,
)
from courses.competencies.models import CompetencyGroup
from courses.models import Competency, FrameworkVersion, Teaches
from tests.factories.courses import CompetencyFactory, CompetencyGroupFactory, CourseFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db
THREE = [{"title": title, "behaviours": f"does {title}"} for title in ("beginner", "skilled", "expert")]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def group():
    return CompetencyGroupFactory(title="软技能")


def levels(competency):
    return list(competency.levels.order_by("number").values_list("number", "title"))


class TestGroup:
    def test_new_ones_come_last(self):
        for title in ("硬技能", "软技能"):
            save_group(None, title=title)

        assert list(CompetencyGroup.objects.values_list("title", "code", "position")) == [
            ("硬技能", "ying-ji-neng", 1),
            ("软技能", "ruan-ji-neng", 2),
        ]

    def test_second_title_is_refused(self, group):
        with pytest.raises(Refused, match="Another group") as refusal:
            save_group(None, title=group.title)

        assert refusal.value.field == "title"

    def test_change_keeps_code_and_place(self, group):
        changed = save_group(group, title="Soft skills")

        assert (changed.title, changed.code, changed.position) == ("Soft skills", group.code, group.position)


class TestSave:
    def test_makes_a_competency_with_its_levels(self, group):
        made = save_competency(None, group=group, title="共情", summary="听懂", levels=THREE)

        assert (made.code, made.position, made.summary) == ("gong-qing", 1, "听懂")
        assert levels(made) == [(1, "beginner"), (2, "skilled"), (3, "expert")]

    def test_change_of_a_level_keeps_the_others_untouched(self, group):
        made = save_competency(None, group=group, title="共情", levels=THREE)
        before = {level.number: level.modified_at for level in made.levels.all()}
        second = {**THREE[1], "behaviours": "other"}

        save_competency(made, group=group, title="共情", levels=[THREE[0], second, THREE[2]])

        assert [n for n, moment in before.items() if made.levels.get(number=n).modified_at != moment] == [2]

    @pytest.mark.parametrize("number", [0, 1, 6])
    def test_number_of_levels_is_held(self, group, number):
        with pytest.raises(Refused, match="2 to 5 levels") as refusal:
            save_competency(None, group=group, title="共情", levels=(THREE * 2)[:number])

        assert refusal.value.field == "levels"
        assert Competency.objects.count() == 0

    @pytest.mark.parametrize("empty", ["title", "behaviours"])
    def test_level_that_says_nothing_is_refused_by_its_number(self, group, empty):
        with pytest.raises(Refused, match="Level 2 needs"):
            save_competency(None, group=group, title="共情", levels=[THREE[0], {**THREE[1], empty: " "}])

    def test_second_title_in_the_group_is_refused(self, group):
        save_competency(None, group=group, title="共情", levels=THREE)

        with pytest.raises(Refused, match="title already"):
            save_competency(None, group=group, title="共情", levels=THREE)

    def test_taken_code_is_refused_at_its_field(self, group):
        CompetencyFactory(code="empathy")

        with pytest.raises(Refused, match="this code") as refusal:
            save_competency(None, group=group, title="共情", code="empathy", levels=THREE)

        assert refusal.value.field == "code"

    def test_level_that_a_course_teaches_has_to_stay(self, group):
        made = save_competency(None, group=group, title="共情", levels=THREE)
        set_teaches(CourseFactory(title="听与问"), [(made, 3)])

        with pytest.raises(Refused, match="“听与问” teaches level 3") as refusal:
            save_competency(made, group=group, title="共情", levels=THREE[:2])

        assert (refusal.value.code, levels(made)[-1]) == ("level_in_use", (3, "expert"))

    def test_move_to_another_group_puts_it_last_there(self, group):
        other = CompetencyFactory(position=4)
        made = save_competency(None, group=group, title="共情", levels=THREE)

        assert save_competency(made, group=other.group, title="共情", levels=THREE).position == 5


class TestRetire:
    def test_repeat_keeps_the_first_moment(self):
        first, found = clock.now(), CompetencyFactory()
        retire_competency(found, at=first)

        assert retire_competency(found, at=clock.now()).retired_at == first

    def test_keeps_what_courses_teach(self):
        found = CompetencyFactory()
        set_teaches(CourseFactory(), [(found, 1)])
        retire_competency(found, at=clock.now())

        assert Teaches.objects.get().competency == found

    def test_restored_one_is_in_use(self):
        found = retire_competency(CompetencyFactory(), at=clock.now())

        assert [restore_competency(found).retired_at, restore_competency(found).retired_at] == [None, None]

    def test_restoring_is_refused_when_another_took_its_title(self):
        old = retire_competency(CompetencyFactory(title="共情"), at=clock.now())
        CompetencyFactory(title="共情", group=old.group)

        with pytest.raises(Refused, match="title already"):
            restore_competency(old)


def test_shift_moves_in_the_group_and_stops_at_the_ends(group):
    a, b = (CompetencyFactory(group=group, title=title, position=n) for n, title in enumerate("ab", start=1))
    CompetencyFactory(title="elsewhere")

    orders = []
    for row, step in ((a, -1), (a, 1), (a, 1), (b, 1)):
        shift(row, step)
        orders.append("".join(group.competencies.values_list("title", flat=True)))

    assert orders == ["ab", "ba", "ba", "ab"]


def test_shift_moves_groups_too(group):
    other = CompetencyGroupFactory(title="硬技能", position=9)

    shift(other, -1)

    assert list(CompetencyGroup.objects.values_list("title", flat=True)) == ["硬技能", "软技能"]


class TestTeaches:
    def test_replaces_what_was_said_before(self):
        course, one, two = CourseFactory(), CompetencyFactory(), CompetencyFactory()

        assert set_teaches(course, [(one, 1)]) is True
        assert set_teaches(course, [(one, 2), (two, 1)]) is True
        assert set_teaches(course, [(two, 1)]) is True
        assert list(Teaches.objects.values_list("course", "competency", "level")) == [(course.pk, two.pk, 1)]

    def test_repeat_changes_nothing(self):
        course, one = CourseFactory(), CompetencyFactory()
        set_teaches(course, [(one, 1)])

        assert set_teaches(course, [(one, 1)]) is False

    def test_unknown_level_is_refused(self):
        with pytest.raises(Refused, match="has no level 5") as refusal:
            set_teaches(CourseFactory(), [(CompetencyFactory(title="共情"), 5)])

        assert (refusal.value.field, refusal.value.code) == ("teaches", "unknown_level")

    def test_competency_named_twice_is_refused(self):
        one = CompetencyFactory()

        with pytest.raises(Refused, match="stands here twice"):
            set_teaches(CourseFactory(), [(one, 1), (one, 2)])


def test_published_version_is_never_changed():
    row = FrameworkVersion.objects.create(number=1, published_at=clock.now(), snapshot={"groups": []})

    for change in (lambda: FrameworkVersion.objects.update(notes="x"), row.delete):
        with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
            change()
