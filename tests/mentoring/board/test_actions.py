import pytest

from mentoring.board.actions import remind_now
from mentoring.pairings.actions import end_pairing
from mentoring.pairings.models import EndReason
from tests.mentoring.board.conftest import DAY, TODAY
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

pytestmark = pytest.mark.django_db


def told():
    return {(notice.person.name, notice.subject, notice.body) for notice in Notice.objects.select_related("person")}


def test_both_are_told_what_is_late(couple, supervisor):
    pairing = couple(due=TODAY - 5 * DAY, tasks=[(2, 3)])
    assert remind_now(pairing, by=supervisor, on=TODAY) == 2
    reasons = "3 tasks of week 2 not signed, check-in 5 days overdue"
    assert told() == {
        ("李静", "赵主管 asks you to look at your mentoring with 王小明", reasons),
        ("王小明", "赵主管 asks you to look at your mentoring with 李静", reasons),
    }


def test_each_is_told_only_what_he_or_she_can_change(couple, supervisor):
    pairing = couple(due=None, agreed=False, mentor_agreed_at=None)
    type(pairing).objects.update(mentor_agreed_at="2026-06-02T09:00Z")
    assert remind_now(pairing, by=supervisor, on=TODAY) == 2
    assert {(name, body) for name, _subject, body in told()} == {
        ("李静", "no check-in planned"),
        ("王小明", "agreement not signed (mentee)"),
    }


def test_a_second_reminder_on_the_day_tells_nobody_whoever_sends_it(couple, supervisor, hr):
    pairing = couple(due=TODAY - DAY)
    assert remind_now(pairing, by=supervisor, on=TODAY) == 2
    assert remind_now(pairing, by=hr, on=TODAY) == 0
    assert Notice.objects.count() == 2
    assert remind_now(pairing, by=hr, on=TODAY + DAY) == 2


def test_a_pair_on_track_is_not_reminded(couple, supervisor):
    with pytest.raises(Refused) as refusal:
        remind_now(couple(), by=supervisor, on=TODAY)
    assert refusal.value.code == "nothing_to_remind_of"
    assert not Notice.objects.exists()


def test_nobody_is_reminded_that_the_mentor_left(couple, supervisor):
    pairing = couple()
    type(pairing.mentor).objects.filter(pk=pairing.mentor_id).update(left_on=TODAY)
    with pytest.raises(Refused, match="nothing that a reminder would change"):
        remind_now(pairing, by=supervisor, on=TODAY)


def test_a_mentor_who_is_gone_gets_no_reminder(couple, supervisor):
    pairing = couple(tasks=[(1, 1)])
    type(pairing.mentor).objects.filter(pk=pairing.mentor_id).update(is_active=False)
    assert remind_now(pairing, by=supervisor, on=TODAY) == 1
    assert [notice.person for notice in Notice.objects.all()] == [pairing.mentee]


def test_an_ended_pairing_is_refused(couple, supervisor):
    pairing = couple(due=TODAY - DAY)
    end_pairing(pairing, reason=EndReason.MOVED, on=TODAY, tell=False)
    with pytest.raises(Refused) as refusal:
        remind_now(pairing, by=supervisor, on=TODAY)
    assert refusal.value.code == "pairing_ended"
