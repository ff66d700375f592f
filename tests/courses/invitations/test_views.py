import pytest

from courses.models import SessionPlace
from courses.sessions.actions import cancel
from courses.sessions.models import Answer
from tests.factories.planning import SessionPlaceFactory
from trainingsite.core import clock

pytestmark = pytest.mark.usefixtures("seat")


@pytest.fixture(autouse=True)
def at_that_time(now):
    """Sunday, 22 November 2026."""
    with clock.frozen(now):
        yield


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def kept():
    return SessionPlace.objects.values_list("answer", "answer_reason").get()


def test_person_answers_on_the_page(as_, agent, session):
    browser = as_(agent)

    browser.post(f"/sessions/{session.pk}/answer/", {"answer": "tentative"}, follow=True)
    assert kept() == ("tentative", "")
    answer = browser.post(f"/sessions/{session.pk}/answer/", {"answer": "declined", "reason": "请年假"}, follow=True)

    assert (kept(), said(answer)) == (("declined", "请年假"), ["Your answer is known."])


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"answer": "declined"}, "Say why you cannot come."),
        ({"answer": "declined", "reason": "  "}, "Say why you cannot come."),
        ({"answer": "maybe"}, "Select a valid choice. maybe is not one of the available choices."),
        ({}, "This field is required."),
        ({"answer": "declined", "reason": "长" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_bad_answer_is_told_and_changes_nothing(as_, agent, session, sent, words):
    answer = as_(agent).post(f"/sessions/{session.pk}/answer/", sent, follow=True)

    assert (said(answer)[0].startswith(words[:20]), kept()) == (True, ("", ""))


def test_who_gives_the_seat_up_is_led_to_the_own_sessions(as_, agent, session):
    SessionPlace.objects.update(signed_up=True)

    answer = as_(agent).post(f"/sessions/{session.pk}/answer/", {"answer": "declined", "reason": "要值班"})

    assert (answer["Location"], SessionPlace.objects.get().seat) == ("/sessions/mine/", None)


def test_answer_to_a_cancelled_session_is_refused(as_, agent, session, hr, now):
    cancel(session, reason="讲师出差", by=hr, at=now)

    answer = as_(agent).post(f"/sessions/{session.pk}/answer/", {"answer": "accepted"}, follow=True)

    assert (said(answer), kept()) == (["This session was cancelled."], ("", ""))


def test_page_offers_the_other_answers(as_, agent, session):
    SessionPlace.objects.update(answer=Answer.ACCEPTED)

    page = as_(agent).get(f"/sessions/{session.pk}/").content.decode()

    assert 'value="tentative"' in page
    assert 'value="accepted"' not in page
    assert f"/sessions/{session.pk}/calendar.ics" in page


@pytest.mark.parametrize("waiting", [False, True])
def test_waiting_list_is_spoken_of_when_there_is_one(as_, agent, session, hire, now, waiting):
    SessionPlace.objects.update(signed_up=True)
    if waiting:
        SessionPlaceFactory(session=session, person=hire(), waiting_since=now)

    page = as_(agent).get(f"/sessions/{session.pk}/").content.decode()

    assert ("Your seat goes at once to whoever is the next in the waiting list." in page) is waiting
    assert ("Your seat is free again for others." in page) is not waiting


def test_declining_has_one_set_of_words(as_, hire, session):
    SessionPlaceFactory(session=session, person=(person := hire(locale="zh-hans")))
    browser = as_(person)
    before = browser.get(f"/sessions/{session.pk}/").content.decode()
    SessionPlace.objects.filter(person=person).update(answer=Answer.DECLINED)
    after = browser.get(f"/sessions/{session.pk}/").content.decode()

    assert [words in before for words in ("无法参加", "确认不参加", "婉拒")] == [True, True, False]
    assert "你已表示无法参加" in after


def test_hr_sees_who_answered_what_and_why(as_, hr, session, hire):
    SessionPlace.objects.update(answer=Answer.DECLINED, answer_reason="请年假")
    SessionPlaceFactory(session=session, person=hire(name="王磊"), answer=Answer.ACCEPTED)
    SessionPlaceFactory(session=session, person=hire(name="张敏"))

    page = as_(hr).get(f"/sessions/{session.pk}/")

    (panel,) = [shown for shown in page.context["panels"] if shown.key == "answers"]
    assert [(answer.value, number) for answer, number in panel.data["numbers"]] == [
        *(("accepted", 1), ("declined", 1), ("tentative", 0)),
    ]
    assert ([row.person.name for row in panel.data["doubtful"]], panel.data["open"]) == (["李娜"], 1)
    assert "请年假" in page.content.decode()


def test_colleagues_do_not_see_the_answers_of_others(as_, session, hire):
    other = hire()
    SessionPlaceFactory(session=session, person=other)
    SessionPlace.objects.exclude(person=other).update(answer=Answer.DECLINED, answer_reason="请年假")

    assert "请年假" not in as_(other).get(f"/sessions/{session.pk}/").content.decode()
