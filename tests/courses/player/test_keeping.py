"""What learners keep on the way comes late, twice and in any order, and is kept once, as it was last."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from courses.models import Bookmark, Enrolment, Note, Spot, UnitProgress
from courses.player import actions
from courses.player.actions import keep_bookmark, keep_note, keep_spot
from courses.player.keeping import keep
from tests.factories.courses import EnrolmentFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, locale="en")


@pytest.fixture
def enrolment(course, trainee):
    """Of the trainee in a course of 规则, 例外 (articles) and 测验 (exam)."""
    return EnrolmentFactory(person=trainee, course=course)


@pytest.fixture
def unit(course):
    return course.units.in_use().first()


def event(unit, kind, **facts):
    return {"id": str(uuid4()), "kind": kind, "unit": unit.pk, "ago": 0, **facts}


class TestSpot:
    def test_the_latest_place_stays_whatever_comes_last(self, enrolment, unit):
        at = clock.now()

        for place, moment in ((3.5, at), (1.0, at - MINUTE), (3.5, at)):
            keep_spot(enrolment, unit, place=place, at=moment)

        assert list(Spot.objects.values_list("unit", "place", "moved_at")) == [(unit.pk, 3.5, at)]

    def test_of_another_course_is_refused(self, enrolment):
        with pytest.raises(Refused) as refusal:
            keep_spot(enrolment, UnitFactory(), place=1, at=clock.now())

        assert (refusal.value.code, Spot.objects.count()) == ("unit_of_other_course", 0)


class TestNote:
    def test_sent_twice_is_kept_once(self, enrolment, unit):
        key, at = uuid4(), clock.now()

        for _time in range(2):
            keep_note(enrolment, unit, key=key, text=" 先查签收时间 ", at=at)

        assert list(Note.objects.values_list("key", "text", "written_at", "changed_at")) == [
            (key, "先查签收时间", at, at)
        ]

    def test_changed_on_two_devices_keeps_the_later_words(self, enrolment, unit):
        key, at = uuid4(), clock.now()
        keep_note(enrolment, unit, key=key, text="一", at=at)

        keep_note(enrolment, unit, key=key, text="三", at=at + 2 * MINUTE)
        keep_note(enrolment, unit, key=key, text="二", at=at + MINUTE)

        assert list(Note.objects.values_list("text", flat=True)) == ["三"]

    def test_without_text_is_taken_away_unless_it_was_changed_since(self, enrolment, unit):
        at = clock.now()
        keys = [uuid4(), uuid4()]
        for key in keys:
            keep_note(enrolment, unit, key=key, text="一", at=at)

        keep_note(enrolment, unit, key=keys[0], text="", at=at + MINUTE)
        keep_note(enrolment, unit, key=keys[1], text="", at=at - MINUTE)

        assert list(Note.objects.values_list("key", flat=True)) == [keys[1]]

    def test_of_somebody_else_cannot_be_written_over(self, enrolment, unit, course):
        theirs = EnrolmentFactory(course=course)
        note = keep_note(theirs, unit, key=uuid4(), text="别人的", at=clock.now())

        with pytest.raises(Refused) as refusal:
            keep_note(enrolment, unit, key=note.key, text="我的", at=clock.now())

        note.refresh_from_db()
        assert (refusal.value.code, note.text) == ("note_elsewhere", "别人的")

    def test_a_unit_holds_only_so_many(self, enrolment, unit, monkeypatch):
        monkeypatch.setattr(actions, "MOST_NOTES", 1)
        keep_note(enrolment, unit, key=uuid4(), text="一", at=clock.now())

        with pytest.raises(Refused) as refusal:
            keep_note(enrolment, unit, key=uuid4(), text="二", at=clock.now())

        assert (refusal.value.code, Note.objects.count()) == ("too_many_notes", 1)


def test_bookmark_is_as_it_was_set_last(enrolment, unit):
    at = clock.now()

    for is_set, moment in ((True, at), (False, at + MINUTE), (True, at + MINUTE / 2)):
        keep_bookmark(enrolment, unit, is_set=is_set, at=moment)

    assert list(Bookmark.objects.values_list("unit", "is_set")) == [(unit.pk, False)]


class TestKeep:
    def test_each_event_stands_for_itself(self, enrolment, unit, course):
        exam = course.units.in_use().last()
        good = [event(unit, "spot", place=2.5), event(unit, "read"), event(unit, "bookmark", is_set=True)]
        bad = [
            event(unit, "spot", place=-1),
            event(unit, "spot", place="nan"),
            event(unit, "dance"),
            event(UnitFactory(), "read"),
            event(exam, "read"),
            {**event(unit, "read"), "ago": -5},
            {"id": "x"},
        ]

        outcome = keep(enrolment, [*bad, *good], at=clock.now())

        assert outcome.kept == [e["id"] for e in good]
        assert list(outcome.refused) == [e["id"] for e in bad]
        assert all(outcome.refused.values())
        assert list(UnitProgress.objects.filter(completed_at__isnull=False).values_list("unit", flat=True)) == [unit.pk]

    def test_reading_sent_twice_counts_once_and_from_when_it_arrived(self, enrolment, unit):
        now = clock.now()
        read = {**event(unit, "read"), "ago": 3_600_000}

        first = keep(enrolment, [read, read], at=now)
        again = keep(enrolment, [read], at=now + MINUTE)

        assert (first.kept, again.kept) == ([read["id"]] * 2, [read["id"]])
        assert UnitProgress.objects.get().completed_at == now

    def test_what_happened_earlier_is_dated_back(self, enrolment, unit):
        now = clock.now()

        keep(enrolment, [{**event(unit, "spot", place=1), "ago": 60_000}], at=now)

        assert Spot.objects.get().moved_at == now - MINUTE

    @pytest.mark.parametrize("events", [None, {}, "x", [1], [{}] * 201])
    def test_no_list_of_events_is_refused(self, enrolment, events):
        with pytest.raises(Refused) as refusal:
            keep(enrolment, events, at=clock.now())

        assert refusal.value.code == "no_events"


class TestDoor:
    def test_says_what_is_kept(self, as_, trainee, enrolment, unit):
        sent = event(unit, "note", key=str(uuid4()), text="先查签收时间")

        answer = as_(trainee).post(
            f"/learn/{enrolment.pk}/keep/", json.dumps({"events": [sent]}), content_type="application/json"
        )

        assert (answer.status_code, answer.json()) == (200, {"kept": [sent["id"]], "refused": {}})
        assert Note.objects.get().enrolment == enrolment

    @pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"events": 3}', "{}"])
    def test_nonsense_is_told(self, as_, trainee, enrolment, body):
        answer = as_(trainee).post(f"/learn/{enrolment.pk}/keep/", body, content_type="application/json")

        assert answer.status_code == 400
        assert answer.json()["message"]

    def test_somebody_elses_course_does_not_exist(self, as_, trainee, course, unit):
        foreign = EnrolmentFactory(course=course)

        answer = as_(trainee).post(
            f"/learn/{foreign.pk}/keep/", json.dumps({"events": [event(unit, "read")]}), content_type="application/json"
        )

        assert answer.status_code == 404
        assert Enrolment.objects.get(pk=foreign.pk).started_at is None


class TestNotebook:
    def test_shows_my_own_notes_and_marks_and_finds_words(self, as_, trainee, enrolment, unit, course):
        for owner, text in (
            (enrolment, "签收后七天"),
            (enrolment, "生鲜除外"),
            (EnrolmentFactory(course=course), "别人的"),
        ):
            keep_note(owner, unit, key=uuid4(), text=text, at=clock.now())
        keep_bookmark(enrolment, unit, is_set=True, at=clock.now())
        reader = as_(trainee)

        pages = [reader.get("/learn/notebook/", {"q": q}) for q in ("", "签收", "没有")]

        assert [[note.text for note in page.context["page"]] for page in pages] == [
            ["生鲜除外", "签收后七天"],
            ["签收后七天"],
            [],
        ]
        assert [mark.unit for mark in pages[0].context["bookmarks"]] == [unit]

    def test_export_holds_what_is_shown(self, as_, trainee, enrolment, unit):
        keep_note(enrolment, unit, key=uuid4(), text="=签收后七天", at=clock.now())

        rows = b"".join(as_(trainee).get("/learn/notebook/export/")).decode().splitlines()

        assert rows[0] == "\ufeffcourse,unit,note,written on"
        assert rows[1].split(",")[1:3] == [unit.title, "'=签收后七天"]

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_as_for_thirty(
        self, as_, trainee, enrolment, unit, rows, django_assert_max_num_queries
    ):
        for _row in range(rows):
            keep_note(enrolment, unit, key=uuid4(), text="签收后七天", at=clock.now())

        reader = as_(trainee)
        with django_assert_max_num_queries(5):
            assert reader.get("/learn/notebook/").status_code == 200
