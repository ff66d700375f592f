"""Nothing of what learners have is changed; a draft takes copies of what changes in it."""

import pytest

from courses.curriculum.actions import add_unit, change_unit, remove_unit, reorder_units
from courses.curriculum.differences import differences
from courses.curriculum.drafts import editable, held, require_editable, restore, units_of
from courses.curriculum.kinds import UNIT_KINDS, UnitKind
from courses.curriculum.versions import discard_draft, publish_version, send_to_review, start_version, take_back
from courses.models import Course, Unit
from tests.factories.courses import CourseFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def course():
    """What learners have: 甲, 乙, 丙."""
    course = CourseFactory()
    for place, title in enumerate("甲乙丙", start=1):
        UnitFactory(course=course, title=title, slug=f"u{place}", position=place)
    return course


@pytest.fixture
def draft(course):
    return start_version(course, by=None, at=clock.now())


def unit(course, title):
    return course.units.get(title=title)


def learners_have(course):
    course.refresh_from_db()
    return "".join(course.units.in_use().values_list("title", flat=True))


def drafted(course):
    return "".join(unit.title for unit in units_of(course.versions.open().get()))


def states(course):
    rows = differences(course.versions.open().get()).rows
    return {row.unit.title: row.state for row in rows if row.state}


class TestEditable:
    @pytest.mark.usefixtures("draft")
    def test_copies_what_learners_have_and_leaves_it(self, course):
        old = unit(course, "乙")

        new = editable(old)

        assert (new.replaces, new.introduced_in, new.slug, new.body, new.position) == (old, 2, "u2", old.body, 2)
        old.refresh_from_db()
        assert (old.introduced_in, old.removed_in) == (1, 2)
        assert (learners_have(course), drafted(course)) == ("甲乙丙", "甲乙丙")

    @pytest.mark.usefixtures("draft")
    def test_twice_makes_one_copy(self, course):
        old = unit(course, "乙")

        assert editable(old) == editable(old)
        assert course.units.count() == 4

    @pytest.mark.usefixtures("draft")
    def test_copy_is_edited_itself(self, course):
        copy = editable(unit(course, "乙"))

        assert editable(copy) == copy

    @pytest.mark.usefixtures("draft")
    def test_hands_on_what_the_kind_keeps(self, course):
        kept = []
        blank = {
            "study_url": lambda *_a, **_k: "/",
            "edit_url": lambda *_a, **_k: "/",
            "problems": lambda *_a, **_k: [],
        }
        UNIT_KINDS.register("film", UnitKind("影片", "video", **blank, copy=lambda old, new: kept.append((old, new))))
        film = UnitFactory(course=course, kind="film")

        new = editable(film)

        del UNIT_KINDS._things["film"]
        assert kept == [(film, new)]

    def test_without_a_draft_is_refused(self, course):
        with pytest.raises(Refused, match="Start a new version first") as refusal:
            editable(unit(course, "甲"))

        assert refusal.value.code == "no_draft"
        assert course.units.count() == 3

    @pytest.mark.usefixtures("draft")
    def test_in_review_is_refused(self, course):
        change_unit(unit(course, "甲"), minutes=20)
        send_to_review(course, by=None, at=clock.now())

        with pytest.raises(Refused, match="in review") as refusal:
            editable(unit(course, "乙"))

        assert refusal.value.code == "version_in_review"
        take_back(course)
        assert editable(unit(course, "乙")).introduced_in == 2

    @pytest.mark.usefixtures("draft")
    def test_unit_that_the_draft_left_out_is_refused(self, course):
        gone = unit(course, "乙")
        remove_unit(gone)

        with pytest.raises(Refused) as refusal:
            editable(gone)

        assert refusal.value.code == "unit_removed"

    def test_first_draft_is_edited_as_it_is(self):
        first = UnitFactory(course__draft=True)

        assert editable(first) == first
        assert Unit.objects.count() == 1


class TestRequireEditable:
    def test_refuses_what_learners_have_with_and_without_a_draft(self, course):
        with pytest.raises(Refused) as refusal:
            require_editable(unit(course, "甲"))
        assert refusal.value.code == "unit_frozen"

        start_version(course, by=None, at=clock.now())
        with pytest.raises(Refused) as refusal:
            require_editable(unit(course, "甲"))
        assert refusal.value.code == "unit_frozen"

    @pytest.mark.usefixtures("draft")
    def test_lets_the_copy_and_a_new_unit_be_changed(self, course):
        assert held(editable(unit(course, "甲"))) is None
        assert held(add_unit(course, kind="article", title="丁")) is None

    @pytest.mark.usefixtures("draft")
    def test_refuses_the_copy_once_it_is_published(self, course):
        copy = change_unit(unit(course, "甲"), minutes=20)
        publish_version(course, by=None, at=clock.now())

        assert held(copy).code == "unit_frozen"

    def test_refuses_in_review(self):
        first = UnitFactory(course__draft=True)
        send_to_review(first.course, by=None, at=clock.now())

        assert held(first).code == "version_in_review"


class TestDraft:
    @pytest.mark.usefixtures("draft")
    def test_takes_changes_that_learners_do_not_see(self, course):
        change_unit(unit(course, "甲"), title="新甲")
        remove_unit(unit(course, "乙"))
        add_unit(course, kind="article", title="丁", body="文")
        order = {u.title: u.pk for u in units_of(course.versions.open().get())}
        reorder_units(course, [order["丁"], order["丙"], order["新甲"]])

        assert (learners_have(course), drafted(course)) == ("甲乙丙", "丁丙新甲")
        assert states(course) == {"新甲": "changed", "乙": "removed", "丁": "new"}
        assert differences(course.versions.open().get()).moved is True

    @pytest.mark.usefixtures("draft")
    def test_copy_counts_as_moved_only_when_it_moved(self, course):
        change_unit(unit(course, "乙"), title="新乙")

        assert differences(course.versions.open().get()).moved is False

    @pytest.mark.usefixtures("draft")
    def test_title_that_the_draft_no_longer_has_is_free(self, course):
        remove_unit(unit(course, "乙"))

        assert add_unit(course, kind="article", title="乙").slug == "yi"
        rows = differences(course.versions.open().get()).rows
        assert [(row.unit.slug, row.state) for row in rows if row.state] == [("yi", "new"), ("u2", "removed")]

    @pytest.mark.usefixtures("draft")
    def test_new_unit_that_is_taken_out_is_gone(self, course):
        added = add_unit(course, kind="article", title="丁")

        assert remove_unit(added) is True
        assert drafted(course) == "甲乙丙"

    @pytest.mark.usefixtures("draft")
    def test_changed_unit_that_is_taken_out_is_gone_in_the_draft_only(self, course):
        remove_unit(change_unit(unit(course, "乙"), title="新乙"))

        assert (learners_have(course), drafted(course)) == ("甲乙丙", "甲丙")

    @pytest.mark.usefixtures("draft")
    def test_taken_out_twice_is_out_once(self, course):
        gone = unit(course, "乙")

        assert [remove_unit(gone), remove_unit(gone)] == [False, False]
        assert drafted(course) == "甲丙"

    @pytest.mark.usefixtures("draft")
    def test_order_of_another_outline_is_refused(self, course):
        remove_unit(unit(course, "乙"))

        with pytest.raises(Refused, match="changed meanwhile"):
            reorder_units(course, list(course.units.values_list("pk", flat=True)))


class TestRestore:
    @pytest.mark.usefixtures("draft")
    def test_takes_a_change_back(self, course):
        copy = change_unit(unit(course, "乙"), title="新乙")

        assert restore(copy).title == "乙"
        assert (drafted(course), states(course)) == ("甲乙丙", {})

    @pytest.mark.usefixtures("draft")
    def test_puts_back_what_was_taken_out_where_it_was(self, course):
        gone = unit(course, "乙")
        remove_unit(gone)

        assert [restore(gone), restore(gone)] == [gone, gone]
        assert (drafted(course), states(course)) == ("甲乙丙", {})

    @pytest.mark.usefixtures("draft")
    def test_leaves_a_unit_that_has_a_copy_alone(self, course):
        old = unit(course, "乙")
        change_unit(old, title="新乙")

        restore(old)

        assert drafted(course) == "甲新乙丙"


class TestDiscard:
    @pytest.mark.usefixtures("draft")
    def test_leaves_what_learners_have(self, course):
        before = list(course.units.order_by("pk").values("pk", "title", "position", "removed_in"))
        change_unit(unit(course, "甲"), title="新甲")
        remove_unit(unit(course, "乙"))
        add_unit(course, kind="article", title="丁")

        assert [discard_draft(course), discard_draft(course)] == [True, False]
        assert list(course.units.order_by("pk").values("pk", "title", "position", "removed_in")) == before
        assert list(course.versions.values_list("number", "status")) == [(1, "published")]

    def test_only_draft_of_a_course_is_kept(self):
        with pytest.raises(Refused) as refusal:
            discard_draft(CourseFactory(draft=True))

        assert refusal.value.code == "only_draft"
        assert Course.objects.exists()

    @pytest.mark.usefixtures("draft")
    def test_in_review_is_refused(self, course):
        change_unit(unit(course, "甲"), title="新甲")
        send_to_review(course, by=None, at=clock.now())

        with pytest.raises(Refused, match="in review"):
            discard_draft(course)
