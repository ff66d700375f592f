"""What two do with pairings, tasks and reminders at the same instant, in threads with connections of their own."""

from datetime import timedelta
from functools import partial

import pytest

from assessments.models import Evidence
from mentoring.checkins.reminding import remind
from mentoring.job_plans.signing import sign
from mentoring.matching.confirming import confirm_round
from mentoring.matching.rounds import Draft, open_round
from mentoring.models import JobTask, Pairing
from mentoring.pairings.actions import pair
from tests.at_once import at_once
from tests.factories.courses import CompetencyFactory
from tests.factories.job_plans import JobPlanFactory, JobTaskFactory, TemplateFactory
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6
DAY = timedelta(days=1)


@pytest.fixture
def guide(hire):
    """`guide(places)`: a mentor with so many places."""

    def make(places):
        person = hire(Role.MENTOR, name="李静", department="disputes")
        MentorProfileFactory(person=person, capacity=places)
        return person

    return make


def test_last_place_of_a_mentor_is_given_once(hire, guide):
    for _round in range(ROUNDS):
        mentor, newcomers = guide(1), [hire(department="disputes") for _ in range(2)]

        said = at_once(*(partial(pair, mentor, each, on=clock.today()) for each in newcomers))

        assert sorted(map(str, said)) == ["None", "mentor_full"]
        assert mentor.guided_pairings.open().count() == 1


def test_newcomer_whom_two_pair_has_one_mentor_and_one_plan(hire, guide):
    template = TemplateFactory(tasks=[(1, "observe", "旁听")])
    for _round in range(ROUNDS):
        newcomer, mentors = hire(department="disputes"), [guide(1), guide(1)]

        said = at_once(*(partial(pair, each, newcomer, on=clock.today(), template=template) for each in mentors))

        assert sorted(map(str, said)) == ["None", "has_mentor"]
        assert (newcomer.pairings.count(), newcomer.job_plans.count()) == (1, 1)


def test_task_that_both_sign_at_once_is_done_once(hire, guide):
    now, competency = clock.now(), CompetencyFactory()
    for _round in range(ROUNDS):
        mentor, mentee = guide(1), hire(department="disputes")
        plan = JobPlanFactory(mentee=mentee, started_on=clock.today())
        PairingFactory(mentor=mentor, mentee=mentee, plan=plan, started_on=plan.started_on)
        task = JobTaskFactory(plan=plan, competency=competency)
        hands = [("mentee", mentee), ("mentor", mentor)]

        said = at_once(*(partial(sign, task, side=side, by=by, at=now, on=clock.today()) for side, by in hands * 2))

        assert said == [None] * 4
        found = JobTask.objects.get(pk=task.pk)
        assert (found.mentee_signed_at, found.mentor_signed_at, found.mentor) == (now, now, mentor)
        assert found.done_on == clock.today()
        assert sorted(task.sign_offs.values_list("side", "result")) == [("mentee", "done"), ("mentor", "done")]
        assert Evidence.objects.filter(person=mentee).count() == 1


def test_three_beats_remind_and_escalate_once(hire, guide):
    hr, today = hire(Role.HR), clock.today()
    pairing = PairingFactory(mentor=guide(1), mentee=hire(department="disputes"), started_on=today - 30 * DAY)
    missed = CheckInFactory(pairing=pairing, due_on=today - 5 * DAY)

    at_once(*[partial(remind, on=today)] * 3)

    told = Notice.objects.values_list("person", flat=True)
    missed.refresh_from_db()
    assert sorted(told) == sorted([pairing.mentor_id, pairing.mentee_id] * 2 + [hr.pk])  # missed, and that HR knows
    assert missed.escalated_at is not None


def test_round_that_two_confirm_makes_its_pairings_once(hire, guide):
    hr, today = hire(Role.HR), clock.today()
    template = TemplateFactory(tasks=[(1, "observe", "旁听")])
    people, mentors = [hire(department="disputes") for _ in range(4)], [guide(2), guide(2)]
    draft = Draft(title="六月新人", starts_on=today, pool={each.pk: 2 for each in mentors}, template=template)
    matching = open_round(draft, people, by=hr, on=today)

    said = at_once(*[partial(confirm_round, matching, by=hr, on=today, at=clock.now())] * 3)

    assert said == [None] * 3
    assert sorted(Pairing.objects.values_list("mentee", flat=True)) == sorted(each.pk for each in people)
    assert JobTask.objects.count() == 4
    assert Notice.objects.filter(kind="pairing_started").count() == 8
