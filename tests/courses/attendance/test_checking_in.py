from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from courses.attendance import tries
from courses.attendance.actions import note
from courses.attendance.checking_in import check_in
from courses.attendance.codes import STEP, code_at
from courses.attendance.states import Fact, Presence
from courses.models import SessionPlace
from tests.courses.attendance.conftest import MINUTE, refused
from tests.factories.planning import HOUR, NINE, SessionFactory
from trainingsite.core.errors import Refused

EARLY = NINE - 5 * MINUTE
SECOND = timedelta(seconds=1)


def facts(place):
    place.refresh_from_db()
    return (place.attended_at, place.late_minutes, place.excused_reason, place.noted_by)


def good(session, at=EARLY):
    return code_at(session.secret, at)


def wrong(session, at=EARLY):
    """Six digits that are no code of these twenty minutes."""
    return next(
        code
        for code in ("111111", "222222", "333333")
        if all(code != code_at(session.secret, at - n * STEP * SECOND) for n in range(45))
    )


def test_code_notes_the_moment_and_the_minutes_late(session, seat):
    early, late = seat(), seat()

    check_in(early.person, good(session), at=EARLY)
    check_in(late.person, good(session, NINE + 7 * MINUTE), at=NINE + 7 * MINUTE + 59 * SECOND, session=session)

    assert facts(early) == (EARLY, None, "", "code")
    assert facts(late) == (NINE + 7 * MINUTE + 59 * SECOND, 7, "", "code")


def test_a_minute_that_is_not_full_is_not_late(session, seat):
    at = NINE + 59 * SECOND

    assert check_in(seat().person, good(session, at), at=at).late_minutes is None


def test_repeat_changes_nothing_and_asks_for_no_code(session, seat):
    place = seat()
    check_in(place.person, good(session), at=EARLY)

    check_in(place.person, "", at=NINE + 20 * MINUTE, session=session)
    check_in(place.person, good(session, NINE + MINUTE), at=NINE + MINUTE)

    assert facts(place) == (EARLY, None, "", "code")
    assert place.events.filter(noted_by="code").count() == 1


@pytest.mark.parametrize("typed", [" {} ", "{0}", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"])
def test_code_is_read_with_spaces_too(session, seat, typed):
    assert check_in(seat().person, typed.format(good(session)), at=EARLY).attended_at == EARLY


def test_full_width_digits_are_digits(session, seat):
    typed = good(session).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})

    assert check_in(seat().person, typed, at=EARLY).attended_at == EARLY


def test_code_before_the_present_one_is_taken_and_an_older_one_refused(session, seat):
    place = seat()
    code = good(session)

    with refused("code_old"):
        check_in(place.person, code, at=EARLY + 2 * STEP * SECOND)
    check_in(place.person, code, at=EARLY + (STEP - 1) * SECOND)

    assert facts(place)[3] == "code"


def test_wrong_code_and_that_of_another_session_are_told_apart(session, seat):
    place, other = seat(), SessionFactory(room=None)

    with refused("code_wrong"):
        check_in(place.person, wrong(session), at=EARLY)
    with refused("code_elsewhere"):
        check_in(place.person, good(other), at=EARLY)
    with refused("code_elsewhere"):
        check_in(place.person, good(other), at=EARLY, session=session)
    with refused("code_incomplete"):
        check_in(place.person, "12345", at=EARLY)

    assert facts(place) == (None, None, "", "")


def test_who_has_no_seat_is_refused(session, hire, seat):
    gone = seat(cancelled_at=EARLY)

    for person in (hire(), gone.person):
        with refused("no_place"):
            check_in(person, good(session), at=EARLY, session=session)
        with refused("nothing_open"):
            check_in(person, good(session), at=EARLY)


def test_check_in_opens_a_quarter_of_an_hour_before_and_ends_with_the_session(session, seat):
    person = seat().person
    before, after = NINE - 15 * MINUTE - SECOND, NINE + HOUR

    for where in ({"session": session}, {}):
        with refused("not_open_yet"):
            check_in(person, good(session, before), at=before, **where)
    with refused("session_over"):
        check_in(person, good(session, after), at=after, session=session)
    with refused("nothing_open"):
        check_in(person, good(session, after), at=after)
    assert check_in(person, good(session, before + SECOND), at=before + SECOND).attended_at == before + SECOND


def test_too_early_says_when_it_opens(session, seat):
    with override("en"), pytest.raises(Refused) as refusal:
        check_in(seat().person, "123456", at=NINE - HOUR)

    assert "opens at 08:45" in str(refusal.value.message)


def test_cancelled_session_takes_nobody_in(session, seat):
    person = seat().person
    session.cancelled_at = EARLY
    session.save()

    with refused("session_cancelled"):
        check_in(person, good(session), at=EARLY, session=session)


def test_who_waits_gets_a_free_seat_and_none_when_all_are_taken(session, seat):
    session.capacity = 2
    session.save()
    seat()
    first, second = seat(waiting_since=EARLY), seat(waiting_since=EARLY)

    check_in(first.person, good(session), at=EARLY)
    with refused("session_full"):
        check_in(second.person, good(session), at=EARLY)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.seat, first.waiting_since, first.noted_by) == (2, None, "code")
    assert (second.seat, second.waiting_since, second.attended_at) == (None, EARLY, None)


def test_code_is_the_later_fact_and_the_history_keeps_both(session, seat, hr):
    place = seat()
    note(session, [Fact(place.person_id, Presence.EXCUSED, reason="病假")], by=hr, at=EARLY)

    check_in(place.person, good(session), at=EARLY + MINUTE / 6)

    assert facts(place) == (EARLY + MINUTE / 6, None, "", "code")
    assert list(place.events.order_by("pk").values_list("noted_by", "excused_reason")) == [
        ("", ""),
        ("roster", "病假"),
        ("code", ""),
    ]


def test_right_session_is_found_among_two(session, seat, hire):
    place = seat()
    touching = SessionFactory(room=None, starts_at=NINE + HOUR, ends_at=NINE + 2 * HOUR)
    SessionPlace.objects.create(session=touching, person=place.person)
    at = NINE + 50 * MINUTE

    check_in(place.person, good(touching, at), at=at)

    assert facts(place)[0] is None
    assert touching.places.get().attended_at == at


def test_six_wrong_codes_pause_the_person_for_ten_minutes_though_the_next_is_right(session, seat):
    place, other = seat(), seat()
    for n in range(6):
        with refused("code_wrong"):
            check_in(place.person, wrong(session), at=EARLY + n * SECOND)

    with refused("too_many_tries"):
        check_in(place.person, good(session), at=EARLY + 6 * SECOND)
    with refused("too_many_tries"):
        check_in(place.person, good(session, EARLY + 9 * MINUTE), at=EARLY + 9 * MINUTE)
    check_in(other.person, good(session), at=EARLY)

    at = EARLY + 6 * SECOND + tries.PAUSE
    assert check_in(place.person, good(session, at), at=at).late_minutes == 5


def test_pause_says_when_it_ends(session, seat):
    place = seat()
    for _n in range(6):
        with refused("code_wrong"):
            check_in(place.person, wrong(session), at=EARLY)

    with override("en"), pytest.raises(Refused) as refusal:
        check_in(place.person, wrong(session), at=EARLY)

    assert "Try again at 09:05" in str(refusal.value.message)


def test_right_code_forgets_the_wrong_ones(session, seat):
    place, touching = seat(), SessionFactory(room=None, starts_at=NINE + HOUR, ends_at=NINE + 2 * HOUR)
    SessionPlace.objects.create(session=touching, person=place.person)
    at = NINE + 50 * MINUTE

    def miss():
        for _n in range(5):
            with refused("code_wrong"):
                check_in(place.person, wrong(session, at), at=at)

    miss()
    check_in(place.person, good(session, at), at=at)
    miss()


def test_many_guessers_pause_the_session(session, seat, monkeypatch):
    monkeypatch.setattr(tries, "OF_A_SESSION", 4)
    for _n in range(4):
        with refused("code_wrong"):
            check_in(seat().person, wrong(session), at=EARLY)

    with refused("too_many_tries"):
        check_in(seat().person, good(session), at=EARLY)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_one_by_one(session, seat):
    person = seat().person

    def guess(code):
        try:
            check_in(person, code, at=EARLY)
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(guess, [wrong(session)] * 16))

    assert sorted(found) == ["code_wrong"] * 6 + ["too_many_tries"] * 10


@pytest.mark.django_db(transaction=True)
def test_two_who_wait_for_the_last_seat_get_it_once(session, seat):
    session.capacity = 1
    session.save()
    people = [seat(waiting_since=EARLY).person for _n in range(2)]

    def try_it(person):
        try:
            return check_in(person, good(session), at=EARLY).seat
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(map(str, pool.map(try_it, people))) == ["1", "session_full"]
