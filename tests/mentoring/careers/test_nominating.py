from datetime import date, timedelta

import pytest

from mentoring.careers.nominating import apply_due, approve, call_off, decline, nominate, withdraw
from mentoring.models import Nomination, Reserve
from tests.factories.careers import NominationFactory, ReserveFactory, StepFactory
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.staff.actions import change_person, leave


@pytest.fixture
def step(jobs):
    return StepFactory(from_position=jobs["A"], to_position=jobs["B"], months=24)


@pytest.fixture
def today(now):
    return company_day(now)


@pytest.fixture
def proposed(agent, step, boss, hr, now):
    return nominate(agent, step, reason="带教了三名新人", justification="业绩突出", by=boss, at=now)


def code_of(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.code


def told(kind):
    return list(Notice.objects.filter(kind=kind).order_by("person__sort_key").values_list("person__name", flat=True))


def job_of(person):
    person.refresh_from_db()
    return str(person.position), person.grade


def test_a_nomination_keeps_what_was_met_then_and_hr_is_told(agent, step, proposed):
    step.months = 1
    step.save()

    kept = Nomination.objects.get()
    assert (kept.person, kept.state, kept.reason, kept.justification) == (agent, "open", "带教了三名新人", "业绩突出")
    assert kept.standing == [{"kind": "months", "ref": None, "name": "", "need": 24, "now": 14, "met": False}]
    assert (told("nomination_made"), Notice.objects.filter(person=agent).count()) == (["陈人力"], 0)


def test_what_is_missing_has_to_be_justified_and_what_is_not_needs_no_word(agent, step, boss, now):
    assert code_of(nominate, agent, step, reason="好", by=boss, at=now, justification=" ") == "justification_missing"
    assert code_of(nominate, agent, step, reason=" ", by=boss, at=now) == "reason_missing"
    step.months = 12
    step.save()

    assert nominate(agent, step, reason="好", by=boss, at=now, justification="多余").justification == ""


def test_nobody_nominates_oneself(agent, step, now):
    assert code_of(nominate, agent, step, reason="好", by=agent, at=now) == "own_nomination"


def test_one_open_nomination_a_person_and_step(agent, step, boss, hr, proposed, now):
    assert code_of(nominate, agent, step, reason="好", by=hr, at=now) == "nominated_already"
    withdraw(proposed, by=boss, at=now)

    assert nominate(agent, step, reason="好", justification="好", by=hr, at=now).state == "open"


@pytest.mark.parametrize(("field", "value"), [("grade", "P1"), ("position", "C"), ("left_on", 0)])
def test_who_is_not_in_the_job_that_the_step_leads_from_is_refused(agent, step, boss, jobs, now, today, field, value):
    setattr(agent, field, {"position": jobs.get(value), "left_on": today}.get(field, value))
    agent.save()

    assert code_of(nominate, agent, step, reason="好", by=boss, at=now) == "not_in_job"
    assert Nomination.objects.count() == 0


def test_a_retired_step_takes_no_nomination(agent, step, boss, now):
    step.retired_at = now
    step.save()

    assert code_of(nominate, agent, step, reason="好", by=boss, at=now) == "step_retired"


def test_approving_tells_the_person_and_who_nominated_and_changes_the_job_on_the_day_once(
    agent, step, boss, hr, proposed, now, today
):
    ReserveFactory(person=agent, step=step)
    approve(proposed, effective_on=today + timedelta(days=2), by=hr, at=now, note="同意")

    assert (told("promotion"), told("nomination_approved")) == (["王小明"], ["李主管"])
    assert (apply_due(at=now + timedelta(days=1)), job_of(agent)) == (0, ("客服专员", "P2"))
    assert (apply_due(at=now + timedelta(days=2)), job_of(agent)) == (1, ("高级客服专员", "P3"))
    assert apply_due(at=now + timedelta(days=3)) == 0
    kept = Nomination.objects.get()
    assert (kept.state, kept.decided_by, kept.decision_note) == ("approved", hr, "同意")
    assert kept.applied_at == now + timedelta(days=2)
    assert Reserve.objects.get().removed_reason == "已晋升。"


def test_what_takes_effect_today_changes_the_job_at_once_and_an_empty_grade_stays(
    agent, step, hr, proposed, now, today
):
    step.to_grade = ""
    step.save()

    approve(proposed, effective_on=today, by=hr, at=now)

    assert (job_of(agent), apply_due(at=now)) == (("高级客服专员", "P2"), 0)


def test_approving_for_a_past_day_or_the_own_nomination_is_refused(agent, hr, proposed, hire, now, today):
    yesterday = today - timedelta(days=1)
    assert code_of(approve, proposed, effective_on=yesterday, by=hr, at=now) == "effective_past"
    assert code_of(approve, proposed, effective_on=today, by=agent, at=now) == "own_nomination"
    assert code_of(decline, proposed, reason="不", by=agent, at=now) == "own_nomination"
    assert Nomination.objects.get().state == "open"


def test_what_is_decided_is_not_decided_again(hr, boss, proposed, now, today):
    decline(proposed, reason="再积累半年", by=hr, at=now)

    assert code_of(approve, proposed, effective_on=today, by=hr, at=now) == "decided_already"
    assert code_of(decline, proposed, reason="不", by=hr, at=now) == "decided_already"
    assert code_of(withdraw, proposed, by=boss, at=now) == "decided_already"
    assert (told("nomination_declined"), told("promotion")) == (["李主管"], [])


def test_declining_says_why(hr, proposed, now):
    assert code_of(decline, proposed, reason="  ", by=hr, at=now) == "reason_missing"


def test_only_who_nominated_takes_it_back_and_a_repeat_changes_nothing(hr, boss, proposed, now):
    assert code_of(withdraw, proposed, by=hr, at=now) == "not_yours"

    withdraw(proposed, by=boss, at=now, reason="本人想轮岗")
    withdraw(proposed, by=boss, at=now + timedelta(hours=1))

    kept = Nomination.objects.get()
    assert (kept.state, kept.decided_at, kept.decision_note) == ("withdrawn", now, "本人想轮岗")
    assert told("nomination_withdrawn") == ["陈人力"]


@pytest.mark.parametrize("change", ["left", "moved", "retired"])
def test_an_approval_is_refused_when_something_stands_against_it_by_then(
    agent, step, jobs, hr, proposed, now, today, change
):
    if change == "left":
        leave(agent, on=today + timedelta(days=3), today=today)
    elif change == "moved":
        change_person(agent, by=hr, on=today, grade="P1")
    else:
        step.retired_at = now
        step.save()

    code = code_of(approve, proposed, effective_on=today + timedelta(days=5), by=hr, at=now)

    assert code == ("step_retired" if change == "retired" else "not_in_job")
    assert Nomination.objects.get().state == "open"


@pytest.mark.parametrize(("change", "reason"), [("left", "离职"), ("moved", "王小明目前不在该阶梯的起点岗位上。")])
def test_who_has_left_or_moved_by_the_day_stays_where_he_is_and_the_nomination_lapses(
    agent, hr, proposed, now, today, change, reason
):
    approve(proposed, effective_on=today + timedelta(days=5), by=hr, at=now)
    if change == "left":
        leave(agent, on=today + timedelta(days=3), today=today)
    else:
        change_person(agent, by=hr, on=today, grade="P1")

    assert apply_due(at=now + timedelta(days=5)) == 0

    kept = Nomination.objects.get()
    assert (kept.state, reason in kept.lapsed_reason, kept.applied_at) == ("lapsed", True, None)
    assert str(agent.position) == "客服专员"
    assert (told("nomination_lapsed"), apply_due(at=now + timedelta(days=6))) == (["陈人力", "李主管"], 0)


def test_while_one_step_is_approved_no_other_is_proposed_or_approved(agent, step, jobs, boss, hr, proposed, now, today):
    other = StepFactory(from_position=jobs["A"], to_position=jobs["C"], track="leadership")
    second = nominate(agent, other, reason="好", by=boss, at=now)
    approve(proposed, effective_on=today + timedelta(days=5), by=hr, at=now)

    third = StepFactory(from_position=jobs["A"], to_position=jobs["C"], to_grade="M1")
    assert code_of(approve, second, effective_on=today + timedelta(days=5), by=hr, at=now) == "approved_already"
    assert code_of(nominate, agent, third, reason="好", by=boss, at=now) == "approved_already"


def test_an_approval_is_called_off_before_its_day_with_a_reason_and_the_person_is_told(agent, hr, proposed, now, today):
    assert code_of(call_off, proposed, reason="不", by=hr, at=now) == "not_coming"
    approve(proposed, effective_on=today + timedelta(days=5), by=hr, at=now)
    assert code_of(call_off, proposed, reason=" ", by=hr, at=now) == "reason_missing"

    call_off(proposed, reason="编制暂缓", by=hr, at=now)

    kept = Nomination.objects.get()
    assert (kept.state, kept.lapsed_reason, told("promotion_off")) == ("lapsed", "编制暂缓", ["王小明"])
    assert (apply_due(at=now + timedelta(days=5)), job_of(agent)) == (0, ("客服专员", "P2"))
    assert code_of(call_off, proposed, reason="再", by=hr, at=now) == "not_coming"


def test_one_promotion_that_fails_holds_up_no_other(agent, step, jobs, hire, boss, hr, now, today):
    broken = NominationFactory(
        person=hire(name="赵磊", position=jobs["A"], grade="P2"), step=step, approved=True, decided_by=hr
    )
    broken.person.department = None
    broken.person.save()  # the people app refuses a person without a department
    NominationFactory(person=agent, step=step, approved=True, decided_by=hr, effective_on=date(2026, 7, 2))

    assert apply_due(at=now) == 1

    broken.refresh_from_db()
    assert (job_of(agent), broken.state, broken.applied_at) == (("高级客服专员", "P3"), "approved", None)


def test_who_nominated_and_has_gone_is_no_one_to_tell(agent, step, hr, now, today):
    nomination = NominationFactory(person=agent, step=step, nominated_by=None)

    approve(nomination, effective_on=today, by=hr, at=now)

    assert told("nomination_approved") == []


def test_every_decider_but_the_person_and_the_nominator_is_told(hire, step, jobs, hr, now):
    second = hire(Role.HR, name="周人力")
    person = hire(Role.HR, name="吴人力", position=jobs["A"], grade="P2")

    nominate(person, step, reason="好", justification="好", by=second, at=now)

    assert told("nomination_made") == ["陈人力"]
