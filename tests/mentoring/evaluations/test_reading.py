"""Who reads what: a mentee's words never reach a mentor, who sees a mean from three mentees on."""

from datetime import timedelta

import pytest
from django.db import InternalError

from mentoring.evaluations.models import Criterion
from mentoring.evaluations.reading import mean_of_mentor, said_in
from mentoring.models import Evaluation, EvaluationMark, MentorProfile
from tests.factories.mentoring import PairingFactory
from tests.factories.pairings import HALF, EvaluationFactory
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


@pytest.mark.parametrize(
    ("roles", "department", "expected"),
    [
        ([Role.MENTOR, Role.SUPERVISOR], "sales", {"mentor"}),
        ([Role.MENTOR, Role.SUPERVISOR], "care", {"mentee", "mentor"}),
        ([Role.MENTOR, Role.HR], "sales", {"mentee", "mentor"}),
        ([Role.AUDITOR], "sales", {"mentee", "mentor"}),
    ],
    ids=["supervisor of others", "supervisor of the mentee", "hr", "auditor"],
)
def test_who_reads_of_the_former_mentor_depends_on_who_leads_the_mentee(
    pairing, said, hire, roles, department, expected
):
    later = hire(*roles, department=department)
    pairing.ended_on, pairing.end_reason = pairing.planned_end, "changed"
    pairing.save()
    PairingFactory(mentor=later, mentee=pairing.mentee, started_on=pairing.planned_end)

    assert readable(pairing, later) == expected


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
    assert (mean.stars, mean.marks) == (4.0, [(str(each.label), 4.0) for each in asked])


def test_the_last_word_of_each_mentee_counts_once(mentor, pairing):
    EvaluationFactory(pairing=pairing, stars=1)
    EvaluationFactory(pairing=pairing, moment="end", stars=5)
    EvaluationFactory(pairing__mentor=mentor, stars=5)

    assert mean_of_mentor(mentor.pk) is None  # two mentees, three evaluations

    EvaluationFactory(pairing__mentor=mentor, stars=2)

    assert mean_of_mentor(mentor.pk).stars == 4.0


def test_words_of_one_mentee_in_two_pairings_count_once_and_are_the_rating_everywhere(mentor, pairing):
    EvaluationFactory(pairing=pairing, stars=1)
    pairing.ended_on, pairing.end_reason = pairing.planned_end, "moved"
    pairing.save()
    again = PairingFactory(mentor=mentor, mentee=pairing.mentee, started_on=pairing.planned_end)
    EvaluationFactory(pairing=again, stars=4, at=HALF + timedelta(days=40))
    EvaluationFactory.create_batch(2, pairing__mentor=mentor, stars=5)

    mean, listed = mean_of_mentor(mentor.pk), MentorProfile.objects.with_rating().get(person=mentor)
    assert (listed.rated, listed.rating) == (3, pytest.approx(14 / 3))
    assert mean.stars == 4.5  # what the mentor reads is in halves


def test_one_more_opinion_cannot_be_read_off_the_mean(mentor):
    EvaluationFactory.create_batch(12, pairing__mentor=mentor, stars=5)
    before = mean_of_mentor(mentor.pk)
    EvaluationFactory(pairing__mentor=mentor, stars=2)
    assert mean_of_mentor(mentor.pk) == before


@pytest.mark.parametrize("rows", [Evaluation, EvaluationMark], ids=["evaluation", "mark"])
def test_what_was_said_is_never_changed(pairing, rows):
    EvaluationFactory(pairing=pairing)

    with pytest.raises(InternalError, match="Cannot update"):
        rows.objects.update(stars=5)


def test_mean_takes_two_queries(mentor, django_assert_num_queries):
    EvaluationFactory.create_batch(3, pairing__mentor=mentor)

    with django_assert_num_queries(2):
        mean_of_mentor(mentor.pk)
