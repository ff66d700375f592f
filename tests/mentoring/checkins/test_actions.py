from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.checkins.actions import StepText, Talk, note_checkin, plan_checkin, save_own_note, set_day
from mentoring.job_plans.models import Side
from mentoring.models import CheckIn
from tests.factories.courses import MONDAY
from tests.factories.mentoring import CheckInFactory, PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused

STEPS = "next_steps__text"
NEXT = MONDAY + timedelta(days=14)
DUE = date(2026, 6, 8)
STEP = StepText(Side.MENTEE, "独立处理退货", NEXT)


@pytest.fixture
def pairing(db):
    """Since Monday, 1 June, with a check-in planned for Monday, 8 June."""
    return CheckInFactory().pairing


def talk(held_on=DUE, **fields):
    usual = {"note": "旁听", "progress": 3, "shared_note": "一起旁听", "minutes": 30, "next_steps": [STEP]}
    return Talk(**usual | {"held_on": held_on} | fields)


def rows(pairing):
    return list(pairing.checkins.order_by("due_on").values_list("due_on", "held_on", "note", "progress", STEPS))


def test_noting_fills_the_planned_checkin_and_plans_the_next(pairing):
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)

    assert rows(pairing) == [(DUE, DUE, "旁听", 3, "独立处理退货"), (NEXT, None, "", None, None)]


def test_noting_twice_keeps_one(pairing):
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)

    assert rows(pairing) == [(DUE, DUE, "旁听", 3, "独立处理退货"), (NEXT, None, "", None, None)]


@pytest.mark.parametrize("on", [DUE, NEXT + timedelta(days=9)], ids=["at once", "while the next one is overdue"])
@pytest.mark.parametrize("next_due_on", [None, NEXT], ids=["without the next day", "with it"])
def test_noting_the_same_day_again_corrects_it_and_leaves_what_is_planned(pairing, on, next_due_on):
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)

    note_checkin(pairing, talk(progress=4, note="改正"), next_due_on=next_due_on, on=on)

    assert rows(pairing) == [(DUE, DUE, "改正", 4, "独立处理退货"), (NEXT, None, "", None, None)]


def test_correcting_moves_nothing_alone(pairing):
    note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)
    before = rows(pairing)

    with pytest.raises(Refused) as refusal:
        note_checkin(pairing, talk(note="改正"), next_due_on=NEXT + timedelta(days=1), on=DUE)

    assert (refusal.value.field, refusal.value.code) == ("next_due_on", "planned_already")
    assert rows(pairing) == before


def test_what_is_noted_for_both_and_how_long_it_took_is_kept(pairing):
    checkin = note_checkin(pairing, talk(shared_note="一起复盘了三通电话", minutes=45), next_due_on=None, on=DUE)

    assert (checkin.shared_note, checkin.minutes) == ("一起复盘了三通电话", 45)


def test_talk_without_a_plan_is_noted_too(db):
    pairing = PairingFactory()

    note_checkin(pairing, talk(), next_due_on=None, on=DUE)

    assert rows(pairing) == [(DUE, DUE, "旁听", 3, "独立处理退货")]


def test_noting_without_a_next_date_leaves_nothing_planned(pairing):
    note_checkin(pairing, talk(), next_due_on=None, on=DUE)

    assert rows(pairing) == [(DUE, DUE, "旁听", 3, "独立处理退货")]


@pytest.mark.parametrize(
    ("held_on", "next_due_on", "field", "code"),
    [
        (DUE + timedelta(days=1), NEXT, "held_on", "held_in_future"),
        (MONDAY - timedelta(days=1), NEXT, "held_on", "held_before_start"),
        (DUE, DUE, "next_due_on", "next_not_after"),
        (MONDAY, DUE - timedelta(days=1), "next_due_on", "due_in_past"),
        (DUE, DUE + timedelta(days=91), "next_due_on", "due_too_far"),
    ],
)
def test_impossible_dates_are_refused_and_change_nothing(pairing, held_on, next_due_on, field, code):
    before = rows(pairing)

    with pytest.raises(Refused) as refusal:
        note_checkin(pairing, talk(held_on), next_due_on=next_due_on, on=DUE)

    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert rows(pairing) == before


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"minutes": 0}, "minutes", "impossible_minutes"),
        ({"minutes": 481}, "minutes", "impossible_minutes"),
        ({"progress": 6}, "progress", "unknown"),
        ({"shared_note": " "}, "shared_note", "empty"),
        ({"shared_note": "长" * 2001}, "shared_note", "too_long"),
        ({"note": "长" * 2001}, "note", "too_long"),
        ({"next_steps": [StepText(Side.MENTEE, " ")]}, "text", "empty"),
        ({"next_steps": [StepText(Side.MENTEE, "长" * 301)]}, "text", "too_long"),
        ({"next_steps": [StepText("hr", "听录音")]}, "side", "unknown"),
        ({"next_steps": [StepText(Side.MENTEE, "听录音", DUE - timedelta(days=1))]}, "due_on", "due_before_talk"),
        ({"next_steps": [StepText(Side.MENTEE, str(number)) for number in range(21)]}, "text", "too_many"),
    ],
)
def test_impossible_talks_are_refused_and_change_nothing(pairing, fields, field, code):
    before = rows(pairing)

    with pytest.raises(Refused) as refusal:
        note_checkin(pairing, talk(**fields), next_due_on=NEXT, on=DUE)

    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert rows(pairing) == before


@pytest.mark.parametrize("minutes", [1, 480])
def test_the_shortest_and_the_longest_talk_are_noted(pairing, minutes):
    assert note_checkin(pairing, talk(minutes=minutes), next_due_on=None, on=DUE).minutes == minutes


def test_ended_pairing_takes_no_checkin(db):
    pairing = PairingFactory(ended=True)

    with pytest.raises(Refused) as refusal:
        note_checkin(pairing, talk(), next_due_on=None, on=DUE)

    assert (refusal.value.code, CheckIn.objects.count()) == ("pairing_ended", 0)


class TestAgendaOfATalk:
    def test_what_was_talked_about_is_ticked_and_the_rest_is_carried_over(self, pairing):
        checkin = pairing.checkins.get()
        talked, left = (checkin.agenda.create(text=text) for text in ("退款话术", "排班"))

        note_checkin(pairing, talk(talked=[talked.pk]), next_due_on=NEXT, on=DUE)

        planned = pairing.checkins.planned().get()
        assert [item.text for item in checkin.agenda.all()] == ["退款话术"]
        assert checkin.agenda.get().talked_at is not None
        assert list(planned.agenda.all()) == [left]

    def test_what_stands_on_the_next_agenda_already_is_not_doubled(self, pairing):
        note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)
        held, planned = pairing.checkins.held().get(), pairing.checkins.planned().get()
        for checkin in (held, planned):
            checkin.agenda.create(text="排班")

        note_checkin(pairing, talk(), next_due_on=NEXT, on=DUE)

        assert (held.agenda.count(), planned.agenda.count()) == (0, 1)

    def test_without_a_next_one_the_rest_stays(self, pairing):
        checkin = pairing.checkins.get()
        checkin.agenda.create(text="排班")

        note_checkin(pairing, talk(), next_due_on=None, on=DUE)

        assert checkin.agenda.get().talked_at is None


@pytest.mark.django_db
class TestPlanning:
    def test_first_day_is_planned_and_a_repeat_is_harmless(self):
        pairing = PairingFactory()

        for _ in range(2):
            plan_checkin(pairing, due_on=NEXT, on=DUE)

        assert rows(pairing) == [(NEXT, None, "", None, None)]

    @pytest.mark.parametrize("on", [MONDAY, DUE + timedelta(days=9)], ids=["to come", "missed"])
    def test_what_is_planned_is_not_moved_alone(self, pairing, on):
        with pytest.raises(Refused) as refusal:
            plan_checkin(pairing, due_on=NEXT + timedelta(days=7), on=on)

        assert (refusal.value.field, refusal.value.code) == ("next_due_on", "planned_already")
        assert rows(pairing) == [(DUE, None, "", None, None)]

    def test_another_day_settles_what_was_asked_for_and_hr_keeps_the_knowledge(self, pairing):
        checkin = pairing.checkins.get()
        told = datetime(2026, 6, 12, tzinfo=UTC)
        checkin.wanted_on, checkin.wanted_by, checkin.escalated_at = NEXT, pairing.mentee, told
        checkin.save()

        set_day(checkin, NEXT)

        checkin.refresh_from_db()
        assert (checkin.due_on, checkin.wanted_on, checkin.wanted_by, checkin.escalated_at) == (NEXT, None, None, told)

    def test_ended_pairing_gets_no_day(self):
        with pytest.raises(Refused) as refusal:
            plan_checkin(PairingFactory(ended=True), due_on=NEXT, on=DUE)

        assert (refusal.value.code, CheckIn.objects.count()) == ("pairing_ended", 0)


class TestOwnNotes:
    def test_each_writes_the_own_one(self, pairing):
        checkin = pairing.checkins.get()

        save_own_note(checkin, " 先听他说 ", by=pairing.mentor)
        save_own_note(checkin, "想问夜班", by=pairing.mentee)

        checkin.refresh_from_db()
        assert (checkin.note, checkin.mentee_note) == ("先听他说", "想问夜班")

    def test_nobody_else_writes_one(self, pairing):
        with pytest.raises(Refused) as refusal:
            save_own_note(pairing.checkins.get(), "偷看", by=PersonFactory())

        assert (refusal.value.code, rows(pairing)) == ("not_yours", [(DUE, None, "", None, None)])

    def test_one_that_is_too_long_is_refused(self, pairing):
        with pytest.raises(Refused) as refusal:
            save_own_note(pairing.checkins.get(), "长" * 2001, by=pairing.mentee)

        assert (refusal.value.field, refusal.value.code) == ("text", "too_long")

    def test_one_that_has_fallen_away_is_said(self, pairing):
        checkin = pairing.checkins.get()
        pairing.checkins.all().delete()

        with pytest.raises(Refused) as refusal:
            save_own_note(checkin, "晚了", by=pairing.mentee)

        assert refusal.value.code == "checkin_gone"

    def test_noting_the_talk_leaves_the_mentees_note(self, pairing):
        checkin = pairing.checkins.get()
        save_own_note(checkin, "想问夜班", by=pairing.mentee)

        note_checkin(pairing, talk(), next_due_on=None, on=DUE)

        checkin.refresh_from_db()
        assert (checkin.note, checkin.mentee_note) == ("旁听", "想问夜班")
