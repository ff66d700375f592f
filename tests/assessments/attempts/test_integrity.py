"""Leaving the page, one device at a time: what is noted, who is told, and what is refused."""

from datetime import timedelta

import pytest

from assessments.attempts.actions import save_answer, start, submit
from assessments.attempts.integrity import new_device, note_leaving, take_over
from assessments.models import Interruption
from tests.assessments.conftest import NOON
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
DESK, PHONE = new_device(), new_device()


@pytest.fixture
def attempt(enrolment, quiz):
    return start(enrolment, quiz, at=NOON)


@pytest.fixture
def bound(enrolment, quiz):
    """An attempt that is answered on one device."""
    quiz.one_device = True
    quiz.save()
    return start(enrolment, quiz, at=NOON, device=DESK)


def test_that_the_page_was_left_is_noted_once_with_its_seconds(attempt):
    left = {"left_at": NOON + MINUTE, "seconds": 40, "at": NOON + 2 * MINUTE}
    assert (note_leaving(attempt, **left), note_leaving(attempt, **left)) == (True, False)
    assert list(Interruption.objects.values_list("kind", "at", "seconds")) == [("left", NOON + MINUTE, 40)]


@pytest.mark.parametrize(("left_at", "seconds"), [(NOON - SECOND, 5), (NOON + MINUTE, 3600), (NOON + MINUTE, 0)])
def test_what_cannot_have_been_is_not_noted(attempt, left_at, seconds):
    assert not note_leaving(attempt, left_at=left_at, seconds=seconds, at=NOON + 2 * MINUTE)


def test_nothing_is_noted_of_practice_and_of_what_is_over(attempt, quiz):
    submit(attempt, at=NOON)
    attempt.refresh_from_db()
    assert not note_leaving(attempt, left_at=NOON, seconds=5, at=NOON + MINUTE)
    quiz.practice = True
    quiz.save()
    practice = start(attempt.enrolment, quiz, at=NOON)
    assert not note_leaving(practice, left_at=NOON, seconds=5, at=NOON + MINUTE)


def test_only_who_judges_sees_it(attempt, trainee, hire, as_):
    note_leaving(attempt, left_at=NOON + MINUTE, seconds=40, at=NOON + 2 * MINUTE)
    submit(attempt, at=NOON + 3 * MINUTE)
    with clock.frozen(NOON + 4 * MINUTE):
        own = as_(trainee).get(f"/attempts/{attempt.pk}/")
        theirs = as_(hire(Role.ASSESSOR, Role.HR)).get(f"/attempts/{attempt.pk}/")
    assert (own.context["interruptions"], [one.seconds for one in theirs.context["interruptions"]]) == ([], [40])


def test_one_is_told_before_the_start(enrolment, quiz, trainee, as_):
    with clock.frozen(NOON):
        page = as_(trainee).get(f"/learn/{enrolment.pk}/quiz/{quiz.unit_id}/").content.decode()
    assert "离开本页" in page


@pytest.mark.parametrize("data", [{}, {"from": "x", "seconds": "5"}, {"from": "5", "seconds": "-1"}, {"from": "1"}])
def test_a_broken_note_is_refused(data, attempt, trainee, as_):
    with clock.frozen(NOON + MINUTE):
        assert as_(trainee).post(f"/attempts/{attempt.pk}/left/", data).status_code == 400
    assert not Interruption.objects.exists()


# --- One device ----------------------------------------------------------------------------------------------------
def test_another_device_is_refused_until_it_takes_over(bound):
    save_answer(bound, 1, ["a"], 1, at=NOON, device=DESK)
    with pytest.raises(Refused) as refusal:
        save_answer(bound, 1, ["b"], 2, at=NOON, device=PHONE)
    assert refusal.value.code == "other_device"
    take_over(bound, PHONE, at=NOON + MINUTE)
    save_answer(bound, 1, ["b"], 3, at=NOON + MINUTE, device=PHONE)
    with pytest.raises(Refused):
        save_answer(bound, 1, ["c"], 4, at=NOON + MINUTE, device=DESK)
    assert bound.responses.get(position=1).answer == ["b"]


def test_taking_over_is_noted_once(bound):
    for _ in range(2):
        take_over(bound, PHONE, at=NOON + MINUTE)
    assert list(Interruption.objects.values_list("kind", "at")) == [("device", NOON + MINUTE)]


def test_the_page_of_another_device_offers_to_go_on_there(bound, trainee, as_):
    client = as_(trainee)
    with clock.frozen(NOON + MINUTE):
        assert client.get(f"/attempts/{bound.pk}/").templates[0].name == "assessments/attempts/elsewhere.html"
        client.post(f"/attempts/{bound.pk}/device/")
        assert client.get(f"/attempts/{bound.pk}/").templates[0].name == "assessments/attempts/take.html"


def test_a_quiz_that_does_not_ask_for_it_is_answered_anywhere(attempt):
    for number, device in enumerate((DESK, PHONE, ""), start=1):
        save_answer(attempt, 1, ["a"], number, at=NOON, device=device)
    assert attempt.device == ""
