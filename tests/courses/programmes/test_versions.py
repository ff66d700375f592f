from datetime import UTC, datetime

import pytest

from courses.models import Course, Item, Programme, ProgrammeVersion, Stage
from courses.programmes.actions import (
    archive,
    build,
    clone,
    discard_draft,
    make_programme,
    open_draft,
    publish,
    rename,
    restore,
)
from courses.programmes.blueprints import lay_out, templates
from courses.programmes.stages import save_stage
from tests.factories.courses import CourseFactory, ItemFactory, ProgrammeFactory, StageFactory
from trainingsite.core.errors import Refused

NINE = datetime(2026, 6, 1, 1, tzinfo=UTC)
TWO_STAGES = [
    {"title": "集中授课", "days": [1, 5], "items": [{"course": "returns"}]},
    {"title": "跟岗", "days": [8, 21], "optional_needed": 1, "items": [{"course": "calm", "required": False}]},
]


@pytest.fixture
def courses(db):
    return {code: CourseFactory(code=code, title=code) for code in ("returns", "calm")}


def outline(programme, version):
    """The stages with their days and the codes of their courses."""
    codes = dict(Course.objects.values_list("pk", "code"))
    return [
        (stage.title, stage.first_day, stage.last_day, [codes.get(item.object_id) for item in stage.items.all()])
        for stage in programme.stages.filter(version=version)
    ]


LAID_OUT = [("集中授课", 1, 5, ["returns"]), ("跟岗", 8, 21, ["calm"])]


def test_built_programme_is_published_with_its_stages_and_a_code_in_pinyin(courses):
    programme = build(title="新人培养", summary="头三周", stages=TWO_STAGES, by=None, at=NINE)

    assert (programme.code, programme.status, programme.version) == ("xin-ren-pei-yang", "published", 1)
    assert outline(programme, 1) == LAID_OUT
    assert [(v.number, v.status, v.published_at) for v in programme.versions.all()] == [(1, "published", NINE)]


def test_second_programme_of_a_title_gets_a_code_of_its_own(db):
    codes = [make_programme(title="新人培养", by=None).code for _ in range(2)]

    assert codes == ["xin-ren-pei-yang", "xin-ren-pei-yang-2"]


def test_programme_without_a_title_is_refused(db):
    with pytest.raises(Refused) as refusal:
        make_programme(title=" ", by=None)

    assert (refusal.value.field, refusal.value.code) == ("title", "title_missing")
    assert not Programme.objects.exists()


def test_editing_what_is_published_makes_a_draft_with_copies(courses):
    programme = build(title="新人培养", stages=TWO_STAGES, by=None, at=NINE)

    draft = open_draft(programme, by=None)
    save_stage(programme.stages.get(version=2, position=0), title="第一周", first_day=1, last_day=7)

    assert (draft.number, draft.status) == (2, "draft")
    assert outline(programme, 1) == LAID_OUT
    assert outline(programme, 2) == [("第一周", 1, 7, ["returns"]), ("跟岗", 8, 21, ["calm"])]


def test_draft_is_opened_once(courses):
    programme = build(title="新人培养", stages=TWO_STAGES, by=None, at=NINE)

    assert open_draft(programme, by=None) == open_draft(programme, by=None)
    assert (ProgrammeVersion.objects.count(), Stage.objects.count()) == (2, 4)


def test_published_draft_replaces_the_version_and_a_repeat_changes_nothing(courses):
    programme = build(title="新人培养", stages=TWO_STAGES, by=None, at=NINE)
    open_draft(programme, by=None)

    for _ in range(2):
        programme = publish(programme, by=None, at=NINE, notes="合规课提前")

    assert (programme.version, programme.status) == (2, "published")
    assert list(programme.versions.values_list("number", "status", "notes")) == [
        (2, "published", "合规课提前"),
        (1, "retired", ""),
    ]


def test_discarded_draft_leaves_the_published_version(courses):
    programme = build(title="新人培养", stages=TWO_STAGES, by=None, at=NINE)
    open_draft(programme, by=None)

    for _ in range(2):
        discard_draft(programme)

    assert (ProgrammeVersion.objects.count(), outline(programme, 1), outline(programme, 2)) == (1, LAID_OUT, [])


def test_first_draft_is_not_discarded(db):
    programme = make_programme(title="新人培养", by=None)

    with pytest.raises(Refused) as refusal:
        discard_draft(programme)

    assert refusal.value.code == "draft_is_all_there_is"
    assert programme.versions.count() == 1


def test_published_version_never_changes(courses):
    programme = build(title="新人培养", stages=TWO_STAGES, by=None, at=NINE)

    with pytest.raises(Refused) as refusal:
        save_stage(programme.stages.first(), title="别的", first_day=1, last_day=5)

    assert refusal.value.code == "version_frozen"
    assert outline(programme, 1) == LAID_OUT


@pytest.mark.parametrize("broken", ["no item", "gap", "retired course", "too few optional", "nothing required"])
def test_incomplete_version_is_not_published(db, broken):
    programme = make_programme(title="新人培养", by=None)
    stage = StageFactory(programme=programme, optional_needed=2 if broken == "too few optional" else 0)
    if broken != "no item":
        course = CourseFactory(status="retired" if broken == "retired course" else "published")
        required = broken != "nothing required"
        ItemFactory(stage=stage, course=course, object_id=None if broken == "gap" else course.pk, required=required)

    with pytest.raises(Refused) as refusal:
        publish(programme, by=None, at=NINE)

    assert refusal.value.code == "programme_incomplete"
    programme.refresh_from_db()
    assert programme.status == "draft"


def test_clone_is_a_draft_of_its_own(courses):
    programme = build(title="新人培养", summary="头三周", stages=TWO_STAGES, by=None, at=NINE)

    copy = clone(programme, title="新人培养二期", by=None)

    assert (copy.status, copy.summary, copy.template, copy.code) == ("draft", "头三周", False, "xin-ren-pei-yang-er-qi")
    assert outline(copy, 1) == LAID_OUT
    Item.objects.filter(stage__programme=copy).delete()
    assert outline(programme, 1) == LAID_OUT


def test_renaming_is_no_new_version(courses):
    programme = build(title="新人培养", stages=TWO_STAGES, by=None, at=NINE)

    rename(programme, title=" 新员工培养 ", summary="")

    programme.refresh_from_db()
    assert (programme.title, programme.version, programme.versions.count()) == ("新员工培养", 1, 1)


def test_archive_keeps_the_first_moment_and_can_be_undone(db):
    programme = ProgrammeFactory()
    archive(programme, at=NINE)
    archive(programme, at=NINE.replace(hour=5))

    programme.refresh_from_db()
    assert (programme.archived_at, programme.status, list(Programme.objects.active())) == (NINE, "archived", [])

    restore(programme)
    programme.refresh_from_db()
    assert (programme.status, list(Programme.objects.active())) == ("published", [programme])


def test_restored_draft_is_a_draft_again(db):
    programme = ProgrammeFactory(draft=True)
    archive(programme, at=NINE)
    restore(programme)

    programme.refresh_from_db()
    assert programme.status == "draft"


@pytest.mark.parametrize("name", ["onboarding", "monthly", "targeted", "reserve-supervisor"])
def test_template_is_laid_out_with_gaps_where_no_course_fits(db, name):
    CourseFactory(code="seven-day-return", title="七天无理由退货")
    data = templates()[name].data
    programme = make_programme(title="新方案", by=None)

    lay_out(programme, 1, data["stages"])

    stages = list(programme.stages.all())
    assert [[stage.first_day, stage.last_day] for stage in stages] == [stage["days"] for stage in data["stages"]]
    assert all(stage.title for stage in stages)
    gaps = Item.objects.filter(stage__programme=programme, kind="course", object_id=None)
    assert gaps.exists()
    assert all(gap.settings["wanted"] for gap in gaps)


def test_template_takes_a_course_by_code_else_by_topic_and_none_twice(db):
    named = CourseFactory(code="seven-day-return")
    other = CourseFactory(topic=named.topic, code="other")
    stages = [
        {
            "title": "规则",
            "days": [1, 5],
            "items": [
                {"course": "seven-day-return", "topic": named.topic.slug},
                {"topic": named.topic.slug},
                {"topic": named.topic.slug, "wanted": "第三门"},
            ],
        }
    ]
    programme = build(title="新方案", stages=stages, by=None)

    found = list(Item.objects.values_list("object_id", flat=True))
    assert found == [named.pk, other.pk, None]
    assert programme.status == "draft"
