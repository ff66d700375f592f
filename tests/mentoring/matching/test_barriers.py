"""What is reckoned for all pairs at once agrees with what the acts of pairing say of each."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.matching.facts import gather
from mentoring.matching.models import DepartmentRule, MatchingRound, PastRule
from mentoring.models import Away, GuidanceRule, KeepApart, MentorProfile
from mentoring.pairings.checks import why_not
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.mentoring import PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

DAY = timedelta(days=1)
ON = date(2026, 6, 15)
MENTOR_STATES = ["ready", "full", "resting", "left", "no profile", "away", "no login"]
MENTOR_STATES += ["uncertified", "certified later", "revoked"]
CERTIFICATES: dict[str, dict[str, object]] = {
    "certified later": {"issued_on": ON + DAY, "expires_on": None},
    "revoked": {"revoked_at": datetime(2026, 6, 1, tzinfo=UTC), "revoked_reason": "误发"},
}
MENTEE_STATES = ["free", "guided", "ended today", "ends later", "left", "not yet hired"]
RELATIONS = ["none", "manager", "manager's manager", "supervisor", "supervisor above", "apart", "own report"]


@pytest.fixture
def certification(db):
    made = CertificationFactory()
    GuidanceRule.objects.create(pk=1, certification=made)
    return made


def a_mentor(state, certification):
    person = PersonFactory(left_on=ON if state == "left" else None, is_active=state != "no login")
    RoleGrant.objects.create(user=person, role=Role.MENTOR)
    if state != "no profile":
        MentorProfile.objects.create(person=person, capacity=1, is_active=state != "resting")
    if state != "uncertified":
        CertificateFactory(person=person, certification=certification, **CERTIFICATES.get(state, {}))
    if state == "full":
        PairingFactory(mentor=person)
    if state == "away":
        Away.objects.create(person=person, first_day=ON - DAY, last_day=ON)
    return person


def a_mentee(state, department, guide):
    days = {"left": {"left_on": ON}, "not yet hired": {"hired_on": ON + DAY}}
    person = PersonFactory(department=department, **days.get(state, {}))
    ends = {"guided": None, "ended today": ON, "ends later": ON + DAY}
    if state in ends:
        reason = "" if ends[state] is None else "other"
        PairingFactory(mentor=guide, mentee=person, ended_on=ends[state], end_reason=reason)
    return person


def relate(relation, mentor, mentee, company):
    if relation == "manager":
        mentee.manager = mentor
    elif relation == "manager's manager":
        mentee.manager = PersonFactory(manager=mentor)
    elif relation == "own report" and mentor.manager_id is None:
        mentor.manager = mentee
        mentor.save()
    elif relation == "apart":
        one, other = sorted([mentor.pk, mentee.pk])
        KeepApart.objects.get_or_create(one_id=one, other_id=other)
    elif relation.startswith("supervisor"):
        led = company["care" if relation.endswith("above") else "disputes"]
        RoleGrant.objects.get_or_create(user=mentor, role=Role.SUPERVISOR, department=led)
    mentee.save()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_pairs_that_the_acts_refuse_are_the_impossible_ones(company, certification, data):
    with transaction.atomic():
        guide = PersonFactory(name="仍在带教")
        RoleGrant.objects.create(user=guide, role=Role.MENTOR)
        mentors = [a_mentor(data.draw(st.sampled_from(MENTOR_STATES)), certification) for _ in range(2)]
        states = [data.draw(st.sampled_from(MENTEE_STATES)) for _ in range(2)]
        mentees = [a_mentee(state, company["disputes"], guide) for state in states]
        for mentor, mentee in product(mentors, mentees):
            relate(data.draw(st.sampled_from(RELATIONS)), mentor, mentee, company)

        facts = gather([p.pk for p in mentees], [p.pk for p in mentors], MatchingRound(), on=ON)

        for row, column in product(range(2), range(2)):
            refusal = why_not(mentors[column], mentees[row], on=ON)
            standing = [str(code) for code in facts.hard if facts.hard[code][row, column]]
            assert bool(refusal) == bool(facts.impossible[row, column]) == bool(standing)
            assert refusal is None or str(refusal.code) in standing
        transaction.set_rollback(True)


def test_nobody_is_the_own_mentor(mentor):
    person = mentor()

    facts = gather([person.pk], [person.pk], MatchingRound(), on=ON)

    assert facts.standing_between(0, 0) == ["own_mentor"]


def test_whose_mentor_is_gone_may_be_given_another(mentee, mentor):
    new, gone = mentor("周敏"), mentor("离职", left_on=ON)
    left = PairingFactory(mentor=gone, mentee=mentee()).mentee

    facts = gather([left.pk], [new.pk, gone.pk], MatchingRound(shared_shift=False), on=ON)

    assert facts.standing_between(0, 0) == []
    assert facts.standing_between(0, 1) == ["not_a_mentor", "paired_before"]


@pytest.mark.parametrize(
    ("rule", "blocked"),
    [(DepartmentRule.ANY, []), (DepartmentRule.SAME, ["department"]), (DepartmentRule.OTHER, [])],
)
def test_the_rule_of_departments_looks_at_the_own_one(mentee, mentor, rule, blocked):
    person, other = mentee(), mentor(department="sales")

    facts = gather([person.pk], [other.pk], MatchingRound(departments=rule), on=ON)

    assert facts.standing_between(0, 0) == blocked


def test_another_department_keeps_colleagues_of_a_team_apart(mentee, mentor):
    facts = gather([mentee().pk], [mentor().pk], MatchingRound(departments=DepartmentRule.OTHER), on=ON)

    assert facts.standing_between(0, 0) == ["department"]


@pytest.mark.parametrize(
    ("ours", "theirs", "blocked"),
    [(["early"], ["late"], True), (["early"], ["early", "late"], False), ([], ["late"], False), (["early"], [], False)],
)
def test_shifts_have_to_meet_where_both_are_known(mentee, mentor, ours, theirs, blocked):
    person, other = mentee(shifts=ours, languages=["cmn"]), mentor(shifts=theirs, languages=["yue"])

    facts = gather([person.pk], [other.pk], MatchingRound(shared_shift=True, shared_language=False), on=ON)

    assert facts.standing_between(0, 0) == (["no_shared_shift"] if blocked else [])


def test_languages_count_only_when_the_round_says_so(mentee, mentor):
    person, other = mentee(languages=["cmn"]), mentor(languages=["yue"])

    facts = gather([person.pk], [other.pk], MatchingRound(shared_language=True), on=ON)

    assert facts.standing_between(0, 0) == ["no_shared_language"]


@pytest.mark.parametrize(("rule", "blocked"), [(PastRule.AVOID, ["paired_before"]), (PastRule.ALLOW, [])])
def test_pairs_of_the_past_are_avoided_unless_allowed(mentee, mentor, rule, blocked):
    person, other = mentee(), mentor()
    PairingFactory(mentor=other, mentee=person, started_on=date(2026, 5, 1), ended_on=ON - DAY, end_reason="other")

    facts = gather([person.pk], [other.pk], MatchingRound(past_pairings=rule), on=ON)

    assert facts.standing_between(0, 0) == blocked
