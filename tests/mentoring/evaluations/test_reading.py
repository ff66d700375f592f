"""Who reads what: a mentee's words never reach a mentor, who sees a mean from three mentees on."""

import pytest

from mentoring.evaluations.models import Criterion
from mentoring.evaluations.reading import mean_of_mentor, said_in
from mentoring.models import Evaluation
from tests.factories.mentoring import PairingFactory
from tests.factories.pairings import EvaluationFactory
from trainingsite.people.access.roles import Role


@pytest.fixture
def said(pairing):
    """What both said at half-time."""
    return [EvaluationFactory(pairing=pairing, side=side) for side in ("mentee", "mentor")]


def readable(pairing, user):
    return {row.side for row in said_in(pairing, user)}


def test_each_reader_gets_what_is_meant_for_them(pairing, said, mentor, mentee, hr, supervisor):
    read = {person.name: readable(pairing, person) for person in (mentor, mentee, hr, supervisor)}

    assert read == {
        "李静": {"mentor"},
        "王小明": {"mentee", "mentor"},
        "陈人力": {"mentee", "mentor"},
        "周主管": {"mentee", "mentor"},
    }


def test_a_later_mentor_does_not_read_of_the_former_one(pairing, said, other):
    pairing.ended_on, pairing.end_reason = pairing.planned_end, "changed"
    pairing.save()
    PairingFactory(mentor=other, mentee=pairing.mentee, started_on=pairing.planned_end)

    assert readable(pairing, other) == {"mentor"}


def test_hr_who_is_the_mentor_does_not_read_of_herself(hire, mentee):
    both = hire(Role.HR, Role.MENTOR)
    EvaluationFactory(pairing__mentor=both, pairing__mentee=mentee)

    assert list(Evaluation.objects.visible_to(both)) == []


def test_strange_supervisor_reads_nothing(pairing, said, hire):
    assert readable(pairing, hire(Role.SUPERVISOR, department="sales")) == set()


def test_two_mentees_give_no_mean_and_three_do(mentor):
    for stars in (5, 4):
        EvaluationFactory(pairing__mentor=mentor, stars=stars)
    assert mean_of_mentor(mentor.pk) is None

    EvaluationFactory(pairing__mentor=mentor, stars=3)

    mean = mean_of_mentor(mentor.pk)
    asked = [Criterion.TIME, Criterion.CLARITY, Criterion.FEEDBACK, Criterion.SAFETY]
    assert (mean.stars, mean.rated, mean.marks) == (4.0, 3, [(str(each.label), 4.0) for each in asked])


def test_the_last_word_of_each_mentee_counts_once(mentor, pairing):
    EvaluationFactory(pairing=pairing, stars=1)
    EvaluationFactory(pairing=pairing, moment="end", stars=5)
    EvaluationFactory(pairing__mentor=mentor, stars=5)

    assert mean_of_mentor(mentor.pk) is None  # two mentees, three evaluations


def test_mean_takes_two_queries(mentor, django_assert_num_queries):
    EvaluationFactory.create_batch(3, pairing__mentor=mentor)

    with django_assert_num_queries(2):
        mean_of_mentor(mentor.pk)
