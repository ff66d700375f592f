"""The single way: the best mentors for one mentee, by the same reckoning as a round."""

import pytest
from django.urls import reverse
from django.utils import translation

from mentoring.matching.actions import propose
from mentoring.models import Wish
from trainingsite.people.history.events import trails


def ranking(person, today, **kwargs):
    return [(proposal.mentor.name, proposal.score) for proposal in propose(person, on=today, **kwargs)]


def test_the_mentor_who_helps_most_comes_first(mentee, mentor, today):
    mentor("只有空位")
    mentor("全能", "empathy", "complaints", "typing")
    mentor("一项", "empathy")

    assert [name for name, _score in ranking(mentee(), today)] == ["全能", "一项", "只有空位"]
    assert ranking(mentee("李梅"), today, count=1) == [("全能", 100)]


def test_equal_scores_go_by_name(mentee, mentor, today):
    for name in ("赵六", "陈一", "李四"):
        mentor(name)

    assert [name for name, _score in ranking(mentee(), today)] == ["陈一", "李四", "赵六"]


def test_who_may_not_guide_is_left_out(mentee, mentor, today):
    mentor("满员", load=3)
    mentor("晚班", shifts=["late"])
    mentor("离职", left_on=today)
    boss = mentor("主管")

    assert ranking(mentee(shifts=["early"], manager=boss), today) == []


def test_reasons_say_it_in_words(mentee, mentor, today):
    mentor("张磊", "empathy", "typing", load=1, shifts=["early"])

    with translation.override("zh-hans"):
        (proposal,) = propose(mentee(shifts=["early"]), on=today)
        reasons = proposal.reasons

    assert reasons[:2] == ["2/3 项差距：同理心、打字速度", "目前带 1/3 人"]
    assert reasons[2] == "同一团队"
    assert reasons[-1] == "同上早班"


def test_wishes_are_neither_said_nor_felt_in_the_points(mentee, mentor, today):
    person, loved, shunned = mentee(), mentor("甲"), mentor("乙")
    before = [(one.mentor, one.score, one.reasons) for one in propose(person, on=today)]

    Wish.objects.create(person=person, other=loved, side="mentee", rank=1)
    Wish.objects.create(person=person, other=shunned, side="mentee", rank=0)
    Wish.objects.create(person=shunned, other=person, side="mentor", rank=0)

    assert [(one.mentor, one.score, one.reasons) for one in propose(person, on=today)] == before


@pytest.mark.parametrize("mentors", [1, 30])
def test_proposing_takes_the_same_queries_for_many_mentors(mentee, mentor, today, mentors, django_assert_num_queries):
    person = mentee()
    for number in range(mentors):
        mentor(f"导师{number}", "empathy", load=number % 3)

    with django_assert_num_queries(11):
        propose(person, on=today)


def test_the_trail_of_a_round_keeps_nothing_that_tells_of_wishes():
    kept = {field.name for field in trails()["mentoring.match"]._meta.get_fields()}

    assert {"score", "parts", "reason"} & kept == set()
    assert {"mentee", "mentor", "is_fixed", "problem"} <= kept


def test_page_says_what_counts_as_the_criteria_have_it(hr, as_, mentee, mentor):
    mentor("李静", "empathy")

    answer = as_(hr).get(reverse("pair", args=[mentee().pk]))

    counts = answer.context["counts"]
    assert [points for _words, points in counts] == [50, 25, 12.5, 12.5]
    assert all(f"{words} {points:g}" in answer.content.decode() for words, points in counts)
