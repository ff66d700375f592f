import pytest
from django.utils import translation

from courses.competencies.actions import retire_competency, save_competency, save_group
from courses.competencies.ready import load_ready_framework
from courses.competencies.versions import Difference, Passage, compare, latest, publish_framework, snapshot_now
from courses.models import Competency, CompetencyGroup, FrameworkVersion
from tests.factories.courses import CompetencyFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def publish(notes="new"):
    return publish_framework(notes, by=None, at=clock.now())


def typed(competency, **changes):
    levels = [
        {"title": level.title, "behaviours": level.behaviours, "translations": level.translations}
        for level in competency.levels.order_by("number")
    ]
    given = {"group": competency.group, "title": competency.title, "summary": competency.summary, "levels": levels}
    return save_competency(competency, **given | changes)


class TestPublish:
    def test_keeps_the_framework_as_it_was(self):
        found, hr = CompetencyFactory(title="共情"), PersonFactory()
        before, moment = snapshot_now(), clock.now()

        version = publish_framework(" first ", by=hr, at=moment)
        typed(found, title="同理心")

        version.refresh_from_db()
        assert (version.number, version.notes, version.by, version.published_at) == (1, "first", hr, moment)
        assert version.snapshot == before

    def test_retired_competencies_are_left_out(self):
        CompetencyFactory(title="共情")
        retire_competency(CompetencyFactory(title="旧"), at=clock.now())

        (_empty, group) = sorted(publish().snapshot["groups"], key=lambda group: len(group["competencies"]))
        assert [c["title"] for c in group["competencies"]] == ["共情"]

    def test_nothing_new_is_refused(self):
        CompetencyFactory()
        publish()

        with pytest.raises(Refused, match="Nothing has changed since version 1") as refusal:
            publish()

        assert (refusal.value.code, FrameworkVersion.objects.count()) == ("nothing_new", 1)

    def test_without_notes_it_is_refused_at_the_field(self):
        CompetencyFactory()

        with pytest.raises(Refused) as refusal:
            publish(" ")

        assert refusal.value.field == "notes"

    def test_empty_framework_is_refused(self):
        with pytest.raises(Refused, match="no competency yet"):
            publish()

    def test_numbers_go_on(self):
        found = CompetencyFactory()
        publish()
        typed(found, summary="x")

        assert publish().number == latest().number == 2


class TestCompare:
    def test_says_what_was_added_changed_and_removed(self):
        kept, gone = CompetencyFactory(title="共情", code="kept"), CompetencyFactory(title="打字", code="gone")
        before = snapshot_now()
        typed(kept, title="同理心")
        retire_competency(gone, at=clock.now())
        CompetencyFactory(title="倾听", group=kept.group)

        assert compare(before, snapshot_now()) == [
            Difference("changed", "同理心", [Passage("Title", "共情", "同理心")]),
            Difference("added", "倾听"),
            Difference("removed", "打字"),
        ]

    def test_shows_levels_that_came_and_changed(self):
        found = CompetencyFactory()
        before = snapshot_now()
        first, second = ({"title": t, "behaviours": "does it"} for t in ("one", "two"))
        typed(found, levels=[{**first, "title": "ONE"}, second, {"title": "three", "behaviours": "all"}])

        (difference,) = compare(before, snapshot_now())

        assert difference.passages[0].after == "ONE\ndoes it"
        assert difference.passages[-1] == Passage("Level 3", "", "three\nall")

    def test_names_a_change_in_another_language_only(self):
        found = CompetencyFactory()
        before = snapshot_now()
        typed(found, translations={"zh-hant": {"title": "同理心"}})

        assert [d.passages[0].label for d in compare(before, snapshot_now())] == ["Texts in other languages"]

    def test_same_has_no_difference(self):
        CompetencyFactory()

        assert compare(snapshot_now(), snapshot_now()) == []


class TestReady:
    def test_is_three_groups_with_levels_all_described(self):
        assert load_ready_framework() == Competency.objects.count() == 14
        assert CompetencyGroup.objects.count() == 3
        assert {c.levels.count() for c in Competency.objects.all()} <= {4, 5}

    def test_repeat_adds_none(self):
        load_ready_framework()

        assert load_ready_framework() == 0

    def test_what_is_there_stays_as_it_is(self):
        group = save_group(None, title="硬技能", code="hard-skills")
        CompetencyFactory(group=group, code="typing", title="盲打")
        load_ready_framework()

        assert Competency.objects.get(code="typing").title == "盲打"
