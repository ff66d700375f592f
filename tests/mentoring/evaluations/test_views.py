from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.evaluations.models import ASKED
from mentoring.models import Evaluation, Pairing
from tests.factories.pairings import EvaluationFactory


def address(pairing, moment="half"):
    return reverse("pairing-evaluate", args=[pairing.pk, moment])


def answers(side, **other):
    return {criterion.value: "4" for criterion in ASKED[side]} | {"stars": "5", "text": "讲得清楚"} | other


@pytest.mark.parametrize(("side", "back"), [("mentee", "my-mentor"), ("mentor", "pairing")])
def test_each_side_hands_in_once_and_is_led_back(as_, halfway, mentor, mentee, side, back):
    client = as_(mentee if side == "mentee" else mentor)

    places = [client.post(address(halfway), answers(side))["Location"] for _twice in range(2)]

    expected = reverse(back) if back == "my-mentor" else reverse(back, args=[halfway.pk])
    assert places == [expected] * 2
    said = Evaluation.objects.get()
    assert (said.side, said.stars, said.text, said.marks.count()) == (side, 5, "讲得清楚", 4)


def test_form_says_who_reads_it(as_, halfway, mentor, mentee):
    pages = [as_(person).get(address(halfway)).content.decode() for person in (mentee, mentor)]

    assert [name in pages[0] for name in ("time", "clarity", "feedback", "safety", "attitude")] == [True] * 4 + [False]
    assert pages[0] != pages[1]


@pytest.mark.parametrize("wrong", [{"stars": ""}, {"time": "6"}, {"safety": "x"}, {"text": "长" * 2001}])
def test_bad_input_is_named_at_its_field_and_nothing_kept(as_, halfway, mentee, wrong):
    response = as_(mentee).post(address(halfway), answers("mentee", **wrong))

    assert (response.status_code, list(response.context["form"].errors)) == (422, list(wrong))
    assert Evaluation.objects.count() == 0


def test_what_is_not_open_leads_back(as_, halfway, mentee):
    response = as_(mentee).get(address(halfway, "end"))

    assert (response.status_code, response["Location"]) == (302, reverse("my-mentor"))


def test_unknown_moment_and_strange_pairing_are_not_found(as_, halfway, mentee, hire):
    assert as_(mentee).get(address(halfway, "never")).status_code == 404
    assert as_(hire()).get(address(halfway)).status_code == 404


def test_mentor_reads_no_word_of_the_mentee(as_, halfway, mentor, hr):
    EvaluationFactory(pairing=halfway, text="常常没有时间")
    page = f"{reverse('pairing', args=[halfway.pk])}?tab=evaluations"

    read = ["常常没有时间" in as_(person).get(page).content.decode() for person in (mentor, hr)]

    assert read == [False, True]


@pytest.mark.parametrize("rows", [1, 4])
def test_reading_takes_nine_queries(as_, halfway, mentor, rows, django_assert_max_num_queries):
    for side, moment in [("mentor", "half"), ("mentor", "end"), ("mentee", "half"), ("mentee", "end")][:rows]:
        EvaluationFactory(pairing=halfway, side=side, moment=moment)
    EvaluationFactory.create_batch(3, pairing__mentor=mentor, pairing__started_on=halfway.started_on - timedelta(99))
    client = as_(mentor)

    with django_assert_max_num_queries(9):
        client.get(f"{reverse('pairing', args=[halfway.pk])}?tab=evaluations")


def test_mentor_sees_the_mean_from_three_mentees_on_and_why_not_before(as_, halfway, mentor):
    page = f"{reverse('pairing', args=[halfway.pk])}?tab=evaluations"
    long_ago = halfway.started_on - timedelta(days=99)
    means = []
    for number in range(3):
        means.append(as_(mentor).get(page).context["mean"])
        EvaluationFactory(pairing__mentor=mentor, pairing__started_on=long_ago, stars=3 + number)

    mean = as_(mentor).get(page).context["mean"]
    assert (means, mean.stars) == ([None] * 3, 4.0)


def test_days_on_which_evaluations_are_given_are_said(as_, halfway, hr, today):
    context = as_(hr).get(f"{reverse('pairing', args=[halfway.pk])}?tab=evaluations").context

    week, last = timedelta(days=7), halfway.planned_end
    assert [days for _label, days in context["days"]] == [(today - week, today + week), (last - week, None)]


def test_evaluation_of_an_ended_pairing_leads_back(as_, halfway, mentor, today):
    Pairing.objects.filter(pk=halfway.pk).update(ended_on=today, end_reason="changed")

    response = as_(mentor).post(address(halfway), answers("mentor"))

    assert (response.status_code, Evaluation.objects.count()) == (302, 0)
