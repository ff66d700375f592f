import pytest

from courses.models import Item, Stage
from courses.programmes.checks import working_days
from courses.programmes.kinds import facts_of
from courses.programmes.stages import move_stage, place_items, remove_item, remove_stage, save_item, save_stage
from tests.factories.courses import CourseFactory, ItemFactory, ProgrammeFactory, StageFactory, UnitFactory
from trainingsite.core.errors import Refused


@pytest.fixture
def draft(db):
    return ProgrammeFactory(draft=True)


def new_stage(draft, first_day, last_day, title="阶段"):
    return save_stage(Stage(programme=draft, version=1), title=title, first_day=first_day, last_day=last_day)


def windows(draft):
    return list(draft.stages.values_list("title", "first_day", "last_day"))


def add(stage, course, **values):
    return save_item(None, stage, kind="course", object_id=course.pk, settings={"scope": "full"}, **values)


def long_course(minutes):
    course = CourseFactory()
    UnitFactory(course=course, minutes=minutes)
    return course


@pytest.mark.parametrize(("days", "expected"), [(1, 1), (5, 5), (6, 5), (7, 5), (8, 6), (14, 10), (30, 22)])
def test_working_days_of_a_window(days, expected):
    assert working_days(days) == expected


def test_stages_stand_in_the_order_of_their_days(draft):
    new_stage(draft, 8, 30, "在岗")
    new_stage(draft, 1, 5, "授课")

    assert windows(draft) == [("授课", 1, 5), ("在岗", 8, 30)]


@pytest.mark.parametrize(
    ("first", "last", "field", "code"),
    [
        (5, 8, "first_day", "stages_overlap"),
        (1, 60, "first_day", "stages_overlap"),
        (9, 7, "last_day", "window_inverted"),
        (0, 5, "first_day", "day_out_of_range"),
        (20, 9999, "last_day", "day_out_of_range"),
    ],
)
def test_window_that_cannot_be_is_refused_at_its_field(draft, first, last, field, code):
    new_stage(draft, 1, 5)

    with pytest.raises(Refused) as refusal:
        new_stage(draft, first, last)

    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert windows(draft) == [("阶段", 1, 5)]


def test_other_version_and_other_programme_do_not_overlap(draft):
    StageFactory(programme=draft, version=2, first_day=1, last_day=30)
    StageFactory(first_day=1, last_day=30)

    new_stage(draft, 1, 30)

    assert draft.stages.filter(version=1).count() == 1


def test_items_that_take_longer_than_the_working_hours_are_refused(draft):
    stage = new_stage(draft, 1, 1)
    add(stage, long_course(400))

    with pytest.raises(Refused) as refusal:
        add(stage, long_course(21))

    assert (refusal.value.field, refusal.value.code) == ("object", "stage_too_full")
    assert stage.items.count() == 1


def test_window_is_not_made_shorter_than_its_items_take(draft):
    stage = new_stage(draft, 1, 2)
    add(stage, long_course(500))

    with pytest.raises(Refused) as refusal:
        save_stage(stage, title="阶段", first_day=1, last_day=1)

    assert (refusal.value.field, refusal.value.code) == ("last_day", "stage_too_full")
    assert windows(draft) == [("阶段", 1, 2)]


def test_same_course_twice_is_refused_also_in_another_stage(draft):
    course = CourseFactory()
    add(new_stage(draft, 1, 5), course)
    other = new_stage(draft, 6, 9)

    with pytest.raises(Refused) as refusal:
        add(other, course)

    assert (refusal.value.field, refusal.value.code) == ("object", "item_twice")
    assert Item.objects.count() == 1


def test_item_keeps_its_place_when_it_is_changed(draft):
    stage = new_stage(draft, 1, 5)
    first, _second = add(stage, CourseFactory()), add(stage, CourseFactory())
    other = CourseFactory(title="别的")

    save_item(first, stage, kind="course", object_id=other.pk, settings={"scope": "assessment"}, required=False)

    assert stage.items.values_list("object_id", "required").first() == (other.pk, False)
    assert facts_of([first])[first.pk].title != str(other)


def test_stage_needs_no_more_optional_items_than_it_has(draft):
    stage = new_stage(draft, 1, 5)
    add(stage, CourseFactory(), required=False)

    with pytest.raises(Refused) as refusal:
        save_stage(stage, title="阶段", first_day=1, last_day=5, optional_needed=2)

    assert (refusal.value.field, refusal.value.code) == ("optional_needed", "too_few_optional")


def test_removed_optional_item_lowers_what_is_needed(draft):
    stage = StageFactory(programme=draft, optional_needed=1)
    item = ItemFactory(stage=stage, required=False)

    for _ in range(2):
        remove_item(item)

    stage.refresh_from_db()
    assert (stage.optional_needed, stage.items.count()) == (0, 0)


def test_moved_stage_keeps_its_length_and_the_pauses_stay(draft):
    new_stage(draft, 1, 5, "授课")
    new_stage(draft, 8, 21, "跟岗")
    new_stage(draft, 22, 42, "上岗")

    move_stage(draft.stages.get(title="跟岗"), to=0)

    assert windows(draft) == [("跟岗", 1, 14), ("授课", 17, 21), ("上岗", 22, 42)]


def test_stage_moved_beyond_the_end_is_the_last(draft):
    new_stage(draft, 1, 5, "授课")
    new_stage(draft, 6, 7, "跟岗")

    move_stage(draft.stages.get(title="授课"), to=9)

    assert windows(draft) == [("跟岗", 1, 2), ("授课", 3, 7)]


def test_removed_stage_takes_its_items_along(draft):
    stage = StageFactory(programme=draft)
    ItemFactory(stage=stage)

    remove_stage(stage)

    assert not Item.objects.exists()


def test_items_are_placed_within_and_between_stages(draft):
    one, two = new_stage(draft, 1, 5), new_stage(draft, 6, 9)
    a, b, c = (add(one, CourseFactory()).pk for _ in range(3))

    for _ in range(2):
        place_items(draft, 1, {one.pk: [c, a], two.pk: [b]})

    assert list(one.items.values_list("pk", flat=True)) == [c, a]
    assert list(two.items.values_list("pk", flat=True)) == [b]


def test_item_is_not_placed_where_there_is_no_room(draft):
    one, two = new_stage(draft, 1, 5), new_stage(draft, 6, 6)
    a, b = (add(one, long_course(300)).pk for _ in range(2))

    with pytest.raises(Refused) as refusal:
        place_items(draft, 1, {one.pk: [], two.pk: [a, b]})

    assert refusal.value.code == "stage_too_full"
    assert one.items.count() == 2


def test_items_of_another_programme_are_not_placed(draft):
    stage, foreign = new_stage(draft, 1, 5), ItemFactory()

    with pytest.raises(Refused) as refusal:
        place_items(draft, 1, {stage.pk: [foreign.pk]})

    assert refusal.value.code == "draft_changed"
