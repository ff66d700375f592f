"""Both sign: who, when, "not yet", taken back, and what follows."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.models import Evidence
from mentoring.job_plans.evidence import SOURCE, collect
from mentoring.job_plans.models import JobTask, Side, SignResult
from mentoring.job_plans.signing import side_of, sign, take_back
from mentoring.job_plans.source import where
from tests.factories.courses import CompetencyFactory
from tests.factories.job_plans import JobTaskFactory
from tests.factories.mentoring import PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import silence
from trainingsite.notices.models import Notice

DAY = timedelta(days=1)
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR


@pytest.fixture
def put(plan, mentee, mentor, today):
    """`put(task, side)`: the right hand signs now; `by=`, `on=`, `result=`, `note=` for something else."""

    def put(task, side, **changes):
        hand = mentee if side == MENTEE else mentor
        return sign(task, **{"side": side, "by": hand, "at": clock.now(), "on": today, **changes})

    return put


def signed(task):
    found = JobTask.objects.get(pk=task.pk)
    return found.mentee_signed_at is not None, found.mentor_signed_at is not None, found.done_on


def trail(task):
    return list(task.sign_offs.values_list("side", "result", "note"))


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def standing(person):
    rows = Evidence.objects.standing().filter(person=person).order_by("pk")
    return list(rows.values_list("source", "competency", "score", "by"))


@pytest.mark.parametrize("order", [(MENTEE, MENTOR), (MENTOR, MENTEE)], ids=["mentee first", "mentor first"])
def test_task_is_done_when_both_have_signed(put, task, today, order):
    first, second = order
    put(task, first)
    assert signed(task)[2] is None
    put(task, second)

    assert signed(task) == (True, True, today)
    assert trail(task) == [(first, "done", ""), (second, "done", "")]


def test_signing_twice_is_harmless(put, task):
    before = put(task, MENTEE).mentee_signed_at

    assert put(task, MENTEE).mentee_signed_at == before
    assert trail(task) == [("mentee", "done", "")]


def test_wrong_hands_are_refused(put, task, mentee, mentor):
    stranger = PersonFactory()

    assert refused(put, task, MENTOR, by=mentee) == "wrong_hand"
    assert refused(put, task, MENTEE, by=mentor) == "wrong_hand"
    assert refused(put, task, MENTOR, by=stranger) == "wrong_hand"
    assert (signed(task), trail(task)) == ((False, False, None), [])


def test_task_is_not_signed_before_its_week(put, plan, today):
    task = JobTaskFactory(plan=plan, week=3)

    assert refused(put, task, MENTEE) == "before_the_week"
    assert refused(put, task, MENTEE, on=plan.begins(3) - DAY) == "before_the_week"
    assert put(task, MENTEE, on=plan.begins(3)).mentee_signed_at is not None


def test_late_task_may_still_be_signed(put, task, plan):
    assert put(task, MENTEE, on=plan.ends_on + 30 * DAY).mentee_signed_at is not None


def test_nobody_signs_when_the_pairing_has_ended(put, plan, task, today):
    plan.pairings.update(ended_on=today, end_reason="other")

    assert [refused(put, task, side) for side in (MENTEE, MENTOR)] == ["pairing_ended", "pairing_ended"]


def test_nobody_signs_when_the_plan_has_ended(put, plan, task, today):
    plan.ended_on, plan.outcome = today, "graduated"
    plan.save()

    assert [refused(put, task, side) for side in (MENTEE, MENTOR)] == ["plan_ended", "plan_ended"]


def test_after_a_change_of_mentor_the_new_one_signs(put, plan, task, mentee, today):
    plan.pairings.update(ended_on=today, end_reason="changed")
    new = PairingFactory(mentee=mentee, plan=plan, started_on=today + DAY).mentor

    assert refused(put, task, MENTOR) == "wrong_hand"
    assert put(task, MENTOR, by=new).mentor == new


def test_not_yet_takes_the_mentees_signature_back_and_says_why(put, task, mentee):
    put(task, MENTEE)
    put(task, MENTOR, result=SignResult.NOT_YET, note=" 再练两次 ")

    assert signed(task) == (False, False, None)
    assert trail(task) == [("mentee", "done", ""), ("mentor", "not_yet", "再练两次")]
    assert told(mentee) == ["job_task_not_yet"]


def test_not_yet_twice_is_said_once(put, task, mentee):
    for _time in range(2):
        put(task, MENTOR, result=SignResult.NOT_YET, note="再练两次")

    assert (len(trail(task)), told(mentee)) == (1, ["job_task_not_yet"])


def test_not_yet_needs_a_word_of_why(put, task):
    assert refused(put, task, MENTOR, result=SignResult.NOT_YET, note="  ") == "note_missing"


def test_mentee_does_not_say_not_yet(put, task):
    assert refused(put, task, MENTEE, result=SignResult.NOT_YET, note="还没") == "not_mentor"


def test_not_yet_of_what_the_mentor_has_signed_is_refused(put, task):
    put(task, MENTOR)

    assert refused(put, task, MENTOR, result=SignResult.NOT_YET, note="再练") == "signed"


def test_mentee_takes_the_own_signature_back(put, task, mentee, today):
    put(task, MENTEE)
    for _time in range(2):
        take_back(task, side=MENTEE, by=mentee, at=clock.now(), on=today)

    assert (signed(task), trail(task)) == ((False, False, None), [("mentee", "done", ""), ("mentee", "undone", "")])


def test_mentee_cannot_take_back_what_both_signed(put, task):
    put(task, MENTEE)
    put(task, MENTOR)

    assert refused(put, task, MENTEE, result=SignResult.UNDONE) == "signed_by_both"


def test_mentor_takes_back_and_the_mentees_signature_stays(put, task):
    put(task, MENTEE)
    put(task, MENTOR)
    for _time in range(2):
        put(task, MENTOR, result=SignResult.UNDONE)

    assert signed(task) == (True, False, None)
    assert [row[:2] for row in trail(task)] == [("mentee", "done"), ("mentor", "done"), ("mentor", "undone")]


def test_new_mentor_does_not_take_back_what_the_former_signed(put, plan, task, mentee, today):
    put(task, MENTOR)
    plan.pairings.update(ended_on=today, end_reason="changed")
    new = PairingFactory(mentee=mentee, plan=plan, started_on=today + DAY).mentor

    assert refused(put, task, MENTOR, by=new, result=SignResult.UNDONE) == "signed_by_another"


def test_mentor_is_told_of_waiting_tasks_once_a_day(put, plan, mentor, today):
    tasks = JobTaskFactory.create_batch(3, plan=plan)
    for task in tasks[:2]:
        put(task, MENTEE)
    assert told(mentor) == ["job_task_waits"]
    put(tasks[2], MENTEE, on=today + DAY)

    assert told(mentor) == ["job_task_waits", "job_task_waits"]


def test_mentor_is_not_told_of_what_he_signed_first(put, task, mentor):
    put(task, MENTOR)
    put(task, MENTEE)

    assert told(mentor) == []


def test_side_of_each(plan, mentee, mentor, hr, today):
    assert [side_of(plan, person) for person in (mentee, mentor, hr)] == [MENTEE, MENTOR, None]
    plan.pairings.update(ended_on=today, end_reason="other")
    assert side_of(plan, mentor) is None


def test_task_with_a_competency_becomes_evidence_of_the_lowest_level(put, plan, mentee, mentor):
    competency = CompetencyFactory()
    task = JobTaskFactory(plan=plan, text="旁听", competency=competency)
    put(task, MENTEE)
    assert standing(mentee) == []
    put(task, MENTOR)

    assert standing(mentee) == [(SOURCE, competency.pk, Decimal("35.00"), mentor.pk)]
    evidence = Evidence.objects.get()
    assert (evidence.key, evidence.title) == (f"job-task:{task.pk}", "在岗带教：旁听")
    assert where(evidence, mentee) == f"/mentoring/plans/{plan.pk}/#task-{task.pk}"


def test_task_without_a_competency_is_no_evidence(put, task, mentee):
    put(task, MENTEE)
    put(task, MENTOR)

    assert standing(mentee) == []


def test_taken_back_sign_off_shows_nothing_and_signed_again_it_does(put, plan, mentee):
    task = JobTaskFactory(plan=plan, competency=CompetencyFactory())
    put(task, MENTEE)
    put(task, MENTOR)
    put(task, MENTOR, result=SignResult.UNDONE)
    assert standing(mentee) == []
    put(task, MENTOR)

    assert len(standing(mentee)) == 1
    assert list(Evidence.objects.order_by("pk").values_list("key", flat=True)) == [
        f"job-task:{task.pk}",
        f"job-task:{task.pk}#2",
    ]


def test_what_was_signed_in_silence_is_collected_once(put, plan, mentee):
    task = JobTaskFactory(plan=plan, competency=CompetencyFactory())
    with silence():
        put(task, MENTEE)
        put(task, MENTOR)
    assert standing(mentee) == []
    done = list(JobTask.objects.select_related("plan", "competency"))

    assert [collect(done, at=clock.now()) for _time in range(2)] == [1, 0]
    assert len(standing(mentee)) == 1


def test_retired_competency_shows_nothing(put, plan, mentee):
    task = JobTaskFactory(plan=plan, competency=CompetencyFactory(retired_at=clock.now()))
    put(task, MENTEE)
    put(task, MENTOR)

    assert (signed(task)[:2], standing(mentee)) == ((True, True), [])
