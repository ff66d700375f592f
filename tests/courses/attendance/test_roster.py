import pytest
from django.utils.translation import override

from courses.attendance import actions
from courses.attendance.actions import CLOSES_AFTER, everybody_present, note, record_attendance
from courses.attendance.states import Count, Fact, Presence, count
from courses.models import SessionPlace
from courses.programmes.kinds import ITEM_KINDS
from tests.courses.attendance.conftest import MINUTE, refused
from tests.factories.planning import HOUR, NINE
from trainingsite.core.errors import Refused

DAY = 24 * HOUR
LATER = NINE + 2 * HOUR
PRESENT, ABSENT, EXCUSED = Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED


def facts(place):
    place.refresh_from_db()
    return (
        place.attended_at,
        place.late_minutes,
        place.left_early_minutes,
        place.excused_reason,
        place.noted_by,
    )


def test_roster_notes_who_came_who_was_late_and_who_is_excused(session, seat, teacher):
    here, late, away, excused = (seat() for _n in range(4))

    changed = note(
        session,
        [
            Fact(here.person_id, PRESENT),
            Fact(late.person_id, PRESENT, late=12, left=5),
            Fact(away.person_id, ABSENT),
            Fact(excused.person_id, EXCUSED, reason="病假"),
        ],
        by=teacher,
        at=NINE + 10 * MINUTE,
    )

    at = NINE + 10 * MINUTE
    assert changed == 4
    assert [facts(place) for place in (here, late, away, excused)] == [
        (at, None, None, "", "roster"),
        (at, 12, 5, "", "roster"),
        (None, None, None, "", "roster"),
        (None, None, None, "病假", "roster"),
    ]
    assert count(session.places.all()) == Count(expected=4, present=2, late=1, left=1, absent=1, excused=1)


def test_repeat_changes_nothing_and_no_history(session, seat, teacher):
    place = seat()
    fact = Fact(place.person_id, PRESENT, late=3)

    assert [note(session, [fact], by=teacher, at=LATER) for _twice in range(2)] == [1, 0]
    assert place.events.count() == 2


def test_noted_after_the_end_counts_as_the_end(session, seat, teacher):
    place = seat()

    note(session, [Fact(place.person_id, PRESENT)], by=teacher, at=LATER)

    assert facts(place)[0] == NINE + HOUR


def test_excused_by_one_tap_has_a_reason_and_presence_takes_it_away(session, seat, teacher):
    place = seat()
    with override("en"):
        note(session, [Fact(place.person_id, EXCUSED)], by=teacher, at=LATER)
    assert facts(place)[3:] == ("leave", "roster")

    note(session, [Fact(place.person_id, PRESENT)], by=teacher, at=LATER)
    assert facts(place)[3:] == ("", "roster")


def test_what_the_code_noted_is_changed_only_with_a_second_look(session, seat, teacher):
    place = seat(name="李雷", attended_at=NINE, late_minutes=2, noted_by="code")

    with refused("noted_by_code") as _:
        note(session, [Fact(place.person_id, ABSENT)], by=teacher, at=LATER)
    assert facts(place) == (NINE, 2, None, "", "code")

    note(session, [Fact(place.person_id, ABSENT)], by=teacher, at=LATER, anyway=True)

    assert facts(place) == (None, None, None, "", "roster")
    assert list(place.events.order_by("pk").values_list("noted_by", "late_minutes")) == [("code", 2), ("roster", None)]


def test_left_early_is_added_to_what_the_code_noted(session, seat, teacher):
    place = seat(attended_at=NINE, late_minutes=2, noted_by="code")

    note(session, [Fact(place.person_id, PRESENT, left=10)], by=teacher, at=LATER)
    note(session, [Fact(place.person_id, PRESENT, late=0)], by=teacher, at=LATER)

    assert facts(place) == (NINE, None, 10, "", "roster")


@pytest.mark.parametrize(
    ("presence", "late", "left"), [(PRESENT, 60, 0), (PRESENT, 40, 20), (PRESENT, -1, 0), (ABSENT, 5, 0)]
)
def test_minutes_that_cannot_be_change_nothing(session, seat, teacher, presence, late, left):
    place, other = seat(), seat()

    with refused("minutes_out_of_range"):
        note(
            session,
            [Fact(other.person_id, PRESENT), Fact(place.person_id, presence, late, left)],
            by=teacher,
            at=LATER,
        )

    assert facts(other)[4] == ""


def test_who_has_no_seat_cannot_be_noted(session, seat, teacher, hire):
    for person in (hire(), seat(cancelled_at=NINE).person, seat(waiting_since=NINE).person):
        with refused("no_place"):
            note(session, [Fact(person.pk, PRESENT)], by=teacher, at=LATER)


def test_not_before_its_day_and_not_when_cancelled(session, seat, teacher):
    fact = Fact(seat().person_id, PRESENT)
    with refused("session_not_begun"):
        note(session, [fact], by=teacher, at=NINE - DAY)

    session.cancelled_at = NINE
    session.save()
    with refused("session_cancelled"):
        note(session, [fact], by=teacher, at=LATER)


def test_a_week_later_hr_alone_corrects_and_says_why(session, seat, teacher, hr):
    place = seat()
    fact, at = Fact(place.person_id, PRESENT), NINE + HOUR + CLOSES_AFTER + MINUTE
    with refused("roster_closed"):
        note(session, [fact], by=teacher, at=at, reason="漏记")
    with refused("reason_missing"):
        note(session, [fact], by=hr, at=at, reason=" ")

    assert note(session, [fact], by=hr, at=at, reason="签到表漏记") == 1

    assert list(place.corrections.values_list("by", "at", "reason")) == [(hr.pk, at, "签到表漏记")]
    metadata = place.events.order_by("-pk").first().pgh_context.metadata
    assert metadata == {"user": hr.pk, "reason": "签到表漏记"}


def test_everybody_present_notes_those_of_whom_nothing_is_known(session, seat, teacher):
    away, coded, fresh = seat(noted_by="roster"), seat(attended_at=NINE, noted_by="code"), seat()

    assert [everybody_present(session, by=teacher, at=LATER) for _twice in range(2)] == [1, 0]

    assert [facts(place)[4] for place in (away, coded, fresh)] == ["roster", "code", "roster"]
    assert facts(away)[0] is None
    assert count(session.places.all()).finished


def test_recorded_attendance_leaves_code_and_excuse_alone(session, seat, teacher):
    coded = seat(attended_at=NINE, noted_by="code")
    excused = seat(excused_reason="病假", noted_by="roster")
    here, away = seat(), seat()

    assert record_attendance(session, [here.person_id], by=teacher, at=LATER) == 2

    assert [facts(place)[3:] for place in (coded, excused, here, away)] == [
        ("", "code"),
        ("病假", "roster"),
        ("", "roster"),
        ("", "roster"),
    ]
    assert SessionPlace.objects.exclude(attended_at=None).count() == 2


def test_programmes_look_again_at_who_came(session, seat, teacher, monkeypatch):
    looked = []
    monkeypatch.setattr(actions, "settle_people", lambda people, kind, **_at: looked.append((people, kind)))
    here, away = seat(), seat()
    facts = [Fact(here.person_id, PRESENT), Fact(away.person_id, ABSENT)]

    for _twice in range(2):
        note(session, facts, by=teacher, at=LATER)

    assert looked == [([here.person_id], "session"), ([], "session")]
    assert "session" in ITEM_KINDS


def test_refusal_names_whom_the_code_noted(session, seat, teacher):
    place = seat(name="李雷", attended_at=NINE, noted_by="code")

    with override("en"), pytest.raises(Refused, match="李雷"):
        note(session, [Fact(place.person_id, ABSENT)], by=teacher, at=LATER)


def test_empty_roster_is_not_finished(session):
    assert not count(session.places.all()).finished
