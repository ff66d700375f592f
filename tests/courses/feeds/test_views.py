import re
from hashlib import sha256

import pytest
import vobject

from courses.feeds import views
from courses.feeds.actions import make_feed, revoke_feed
from courses.feeds.limits import too_often
from courses.models import Feed
from tests.factories.planning import NINE, SessionFactory, SessionPlaceFactory
from trainingsite.core import clock
from trainingsite.core.request_log import RequestLog
from trainingsite.people.access.roles import Role

UNKNOWN = "/feeds/nobody-made-this.ics"


def made_in(answer):
    (secret,) = re.findall(r">http://127\.0\.0\.1:8000/feeds/([\w-]+)\.ics</textarea>", answer.content.decode())
    return secret


def test_address_is_shown_once_and_kept_as_a_digest(as_, agent):
    browser = as_(agent)
    answer = browser.post("/profile/calendar/make/", follow=True)
    secret = made_in(answer)

    assert len(secret) >= 43  # 256 bits
    assert Feed.objects.get().digest == sha256(secret.encode()).hexdigest()
    assert f"webcal://127.0.0.1:8000/feeds/{secret}.ics" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert secret not in browser.get("/profile/calendar/").content.decode()


def test_reload_after_making_leaves_the_new_address_alone(as_, agent):
    browser = as_(agent)
    answer = browser.post("/profile/calendar/make/")
    assert (answer.status_code, answer["Location"]) == (302, "/profile/calendar/")

    secret = made_in(browser.get(answer["Location"]))
    assert "</textarea>" not in browser.get(answer["Location"]).content.decode()

    assert Feed.objects.get(revoked_at=None).digest == sha256(secret.encode()).hexdigest()


@pytest.mark.parametrize("act", ["make", "revoke"])
def test_link_to_an_act_leads_to_the_page_and_changes_nothing(as_, agent, address, act):
    answer = as_(agent).get(f"/profile/calendar/{act}/")

    assert (answer.status_code, answer["Location"]) == (302, "/profile/calendar/")
    assert Feed.objects.get().revoked_at is None


def test_address_that_was_taken_back_unseen_is_not_shown(as_, agent):
    browser = as_(agent)
    browser.post("/profile/calendar/make/")
    page = browser.post("/profile/calendar/revoke/", follow=True)
    assert (page.context["address"], page.context["feed"]) == ("", None)


def test_page_without_an_address_speaks_of_no_button_above(as_, agent):
    page = as_(agent).get("/profile/calendar/").content.decode()
    assert "点击上方" not in page


def test_new_address_ends_the_old_one(as_, client, agent):
    browser = as_(agent)
    first, second = (made_in(browser.post("/profile/calendar/make/", follow=True)) for _time in range(2))
    client.logout()

    assert [client.get(f"/feeds/{secret}.ics").status_code for secret in (first, second)] == [404, 200]
    assert Feed.objects.filter(revoked_at=None).count() == 1


def test_address_taken_back_unknown_and_of_who_left_answer_alike(as_, client, agent, hire, address):
    gone = hire()
    _feed, secret = make_feed(gone, at=clock.now())
    gone.is_active = False
    gone.save()
    as_(agent).post("/profile/calendar/revoke/")
    client.logout()

    answers = {(a.status_code, a.content) for a in map(client.get, (address, UNKNOWN, f"/feeds/{secret}.ics"))}

    assert answers == {(404, "这里没有日历。".encode())}


def test_taking_back_twice_is_taking_back_once(agent, address):
    assert [revoke_feed(agent, at=clock.now()) for _time in range(2)] == [True, False]


def test_page_says_when_and_how_often_it_was_fetched(as_, client, agent, address):
    client.get(address)

    page = as_(agent).get("/profile/calendar/").content.decode()

    assert "1 次" in page
    assert "尚未读取" not in page


def test_others_do_not_see_that_there_is_one(as_, hire, address):
    assert as_(hire()).get("/profile/calendar/").context["feed"] is None


def test_too_many_fetches_are_put_off(client, address, monkeypatch):
    monkeypatch.setattr(views, "FETCHES_AN_HOUR", 2)

    answers = [client.get(address) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "3600"


def test_too_many_guesses_are_put_off(client, db, monkeypatch):
    monkeypatch.setattr(views, "TRIES_A_MINUTE", 2)

    assert [client.get(UNKNOWN).status_code for _time in range(3)] == [404, 404, 429]


def test_count_begins_anew_for_another_key():
    assert [too_often("a", most=1, seconds=60) for _time in range(2)] == [False, True]
    assert too_often("b", most=1, seconds=60) is False


def test_only_reading_is_possible_there(client, address):
    assert [client.post(address).status_code, client.head(address).status_code] == [405, 200]


def test_secret_stays_out_of_the_log(rf, address):
    assert RequestLog.format_request(rf.get(address)) == "GET /feeds/….ics"
    assert RequestLog.format_request(rf.get("/sessions/1/?page=2")) == "GET /sessions/1/?page=2"


def test_one_session_comes_as_a_file(as_, agent):
    session = SessionPlaceFactory(session=SessionFactory(title="退货, 换货"), person=agent).session

    answer = as_(agent).get(f"/sessions/{session.pk}/calendar.ics")

    calendar = vobject.readOne(answer.content.decode())
    assert answer["Content-Disposition"] == f'attachment; filename="session-{session.pk}.ics"'
    assert (calendar.method.value, calendar.vevent.summary.value) == ("PUBLISH", "退货, 换货")
    assert calendar.vevent.dtstart.value == NINE


LINK = "https://meet.example.com/1"


@pytest.mark.parametrize(
    ("who", "shown"), [("stranger", False), ("waiting", False), ("seated", True), ("teacher", True), ("hr", True)]
)
def test_link_to_join_is_for_those_who_come_and_who_view_sessions(as_, hire, teacher, now, who, shown):
    session = SessionFactory(title="话术共创会", entry="sign_up", room=None, join_url=LINK, instructors=[teacher])
    people = {"stranger": hire(), "waiting": hire(), "seated": hire(), "teacher": teacher, "hr": hire(Role.HR)}
    SessionPlaceFactory(session=session, person=people["waiting"], waiting_since=now)
    SessionPlaceFactory(session=session, person=people["seated"])
    browser = as_(people[who])

    with clock.frozen(now):
        page = browser.get(f"/sessions/{session.pk}/").content.decode()
        file = vobject.readOne(browser.get(f"/sessions/{session.pk}/calendar.ics").content.decode())

    assert (LINK in page, LINK in file.vevent.description.value) == (shown, shown)
    assert ("线上" in page, file.vevent.location.value) == (True, "线上")


@pytest.mark.parametrize("made", [False, True])
def test_page_takes_few_queries(as_, agent, made, django_assert_max_num_queries):
    if made:
        make_feed(agent, at=clock.now())
    browser = as_(agent)
    browser.get("/profile/calendar/")
    with django_assert_max_num_queries(3):
        browser.get("/profile/calendar/")
