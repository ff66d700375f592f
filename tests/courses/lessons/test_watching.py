from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.enrolment.actions import open_unit, withdraw
from courses.lessons.models import WatchProgress
from courses.lessons.watching import Beat, begin_watching, percent, record_beats, record_watch
from tests.factories.courses import EnrolmentFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)


def after(seconds):
    return NINE + timedelta(seconds=seconds)


@pytest.fixture
def enrolment(video):
    """Somebody who opened the video at nine."""
    enrolment = EnrolmentFactory(course=video.course)
    open_unit(enrolment, video, at=NINE)
    return enrolment


@pytest.fixture
def played(enrolment, video):
    """`played((from, to, seconds after nine), …)`: what is then counted, as stretches in seconds."""

    def play(*beats, rate=1.0):
        for from_s, to_s, at in beats:
            progress = record_watch(enrolment, video, from_s=from_s, to_s=to_s, rate=rate, at=after(at))
        return [[begin / 1000, end / 1000] for begin, end in progress.watched]

    return play


def test_what_is_played_counts(played):
    assert played((0, 10, 10), (10, 20, 20)) == [[0, 20]]


def test_gaps_that_were_skipped_do_not_count(played):
    assert played((0, 10, 10), (80, 90, 20)) == [[0, 10], [80, 90]]


def test_skipping_to_the_end_does_not_complete(played, enrolment):
    assert played((0, 2, 2), (95, 100, 8)) == [[0, 2], [95, 100]]
    assert enrolment.progress.get().completed_at is None


def test_repeats_and_overlaps_count_once(played):
    assert played((0, 10, 10), (0, 10, 20), (5, 15, 30)) == [[0, 15]]


def test_twice_the_speed_is_paid_for(played):
    assert played((0, 20, 10), (20, 40, 20), rate=2.0) == [[0, 40]]


def test_no_speed_outruns_twice_the_clock(played):
    assert played((0, 100, 10), rate=2.0) == [[0, 20]]
    assert played((20, 100, 20), rate=16.0) == [[0, 40]]


def test_time_in_which_nothing_was_played_is_not_saved_up(played):
    assert played((0, 10, 3610), (10, 80, 3620)) == [[0, 32]]  # ten seconds, and the jitter of the network


def test_nothing_counts_before_the_unit_was_opened(video):
    enrolment = EnrolmentFactory(course=video.course)

    assert record_watch(enrolment, video, from_s=0, to_s=50, rate=1, at=NINE).watched == []


def test_replayed_beat_changes_nothing(played):
    assert played((0, 10, 10), (0, 10, 10), (0, 10, 10)) == [[0, 10]]
    assert played((10, 20, 10), (10, 20, 10), (20, 30, 10)) == [[0, 10]]  # no time has passed


def test_beats_out_of_order_give_the_same(played):
    assert played((20, 30, 30), (0, 10, 10), (10, 20, 20)) == [[0, 30]]


def test_late_beat_does_not_move_the_place_to_resume(enrolment, video, played):
    played((20, 30, 30), (0, 10, 10))

    assert WatchProgress.objects.get().position_seconds == 30


def test_beat_without_length_only_moves_the_place_to_resume(enrolment, video, played):
    assert played((55, 55, 5)) == []
    assert WatchProgress.objects.get().position_seconds == 55


def test_what_lies_beyond_the_end_is_left_out(played):
    assert played((95, 120, 40), (-10, 5, 50)) == [[0, 5], [95, 100]]


def test_two_devices_at_once_are_no_faster_than_the_clock(played):
    assert played((0, 10, 10), (50, 60, 10), (10, 20, 20), (60, 70, 20)) == [[0, 20]]


def test_beats_kept_without_a_connection_count_at_their_own_moments(enrolment, video):
    kept = [Beat(from_s=n * 10, to_s=n * 10 + 10, ago_s=60 - n * 10) for n in range(6)]

    progress = record_beats(enrolment, video, reversed(kept), now=after(80))

    assert progress.watched == [[0, 60_000]]
    assert record_beats(enrolment, video, kept, now=after(81)).watched == [[0, 60_000]]


def test_beats_that_claim_to_be_older_than_the_first_opening_count_nothing(enrolment, video):
    progress = record_beats(enrolment, video, [Beat(0, 50, ago_s=5000), Beat(50, 100, ago_s=4000)], now=after(2))

    assert progress.watched == []


def test_beats_from_the_future_are_taken_for_now(enrolment, video):
    assert record_beats(enrolment, video, [Beat(0, 100, ago_s=-500)], now=after(5)).watched == [[0, 10_000]]


def test_share_that_is_asked_for_completes_the_unit_and_the_course(enrolment, video, played):
    played(*[(n, n + 10, n + 10) for n in range(0, 80, 10)])
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None

    played((80, 90, 90))

    enrolment.refresh_from_db()
    assert enrolment.completed_at == after(90)
    assert percent(WatchProgress.objects.get(), video.recording) == 90


def test_after_completion_it_can_be_played_again(enrolment, video, played):
    played(*[(n, n + 10, n + 10) for n in range(0, 90, 10)])

    played((0, 10, 500))

    enrolment.refresh_from_db()
    assert enrolment.completed_at == after(90)
    assert WatchProgress.objects.get().position_seconds == 10


def test_all_of_it_may_be_asked_for_though_players_stop_a_little_early(enrolment, video, played):
    video.recording.watch_percent = 100
    video.recording.save()

    played(*[(n, n + 10, n + 10) for n in range(0, 90, 10)], (90, 99.6, 100))

    enrolment.refresh_from_db()
    assert enrolment.completed_at == after(100)


def test_who_was_withdrawn_cannot_go_on(enrolment, video):
    withdraw(enrolment, reason="调岗", at=after(1))

    with pytest.raises(Refused) as refusal:
        begin_watching(enrolment, video, at=after(2))

    assert refusal.value.code == "enrolment_withdrawn"


beats = st.lists(
    st.tuples(st.floats(0, 120), st.floats(0, 120), st.floats(0.1, 16), st.floats(0, 90)), min_size=1, max_size=8
)
of_this_test = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(enrolment, video, beats):
    WatchProgress.objects.all().delete()
    for from_s, to_s, rate, at in beats:
        progress = record_watch(enrolment, video, from_s=from_s, to_s=to_s, rate=rate, at=after(at))
    return sum(end - begin for begin, end in progress.watched), progress


@of_this_test
@given(beats)
def test_progress_never_outruns_the_clock(enrolment, video, beats):
    watched, progress = told(enrolment, video, beats)

    assert watched <= max(at for *_rest, at in beats) * 1000 * 2
    assert all(0 <= begin < end <= 100_000 for begin, end in progress.watched)
    assert 0 <= progress.position_seconds <= 100


@of_this_test
@given(beats)
def test_nothing_counts_that_was_not_played(enrolment, video, beats):
    _watched, progress = told(enrolment, video, beats)
    claimed = [(from_s * 1000 - 1, to_s * 1000 + 1) for from_s, to_s, _rate, _at in beats]

    for begin, end in progress.watched:
        middle = (begin + end) / 2
        assert any(first <= middle <= last for first, last in claimed)


@of_this_test
@given(beats, st.randoms())
def test_replays_in_any_order_never_gain_on_the_clock(enrolment, video, beats, shuffler):
    replayed = [*beats, *beats, *beats]
    shuffler.shuffle(replayed)

    watched, _progress = told(enrolment, video, replayed)

    assert watched <= max(at for *_rest, at in beats) * 1000 * 2
