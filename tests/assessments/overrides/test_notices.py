"""Whoever has other terms at a quiz hears of it, once, and of their end."""

from datetime import timedelta

import pytest
from django.utils.translation import override as language

from assessments.overrides.actions import end, give
from assessments.overrides.terms import Grant
from tests.assessments.conftest import NOON
from trainingsite.notices.models import Notice

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def told(person):
    rows = Notice.objects.filter(person=person, kind__startswith="quiz_terms").order_by("pk")
    with language("en"):
        return [(notice.kind, notice.body, notice.url) for notice in rows]


def give_more(quiz, whom, by, at=NOON, **grant):
    return give(quiz, whom, Grant(**grant), reason="手受伤", by=by, at=at)


def test_the_person_hears_what_holds_but_not_why(offered, trainee, enrolment, hr):
    give_more(offered, trainee, hr, extra_minutes=15, max_attempts=5)
    ((kind, body, url),) = told(trainee)
    assert (kind, url) == ("quiz_terms_given", f"/learn/{enrolment.pk}/quiz/{offered.unit_id}/")
    assert ("15" in body, "5 attempts" in body, "手受伤" in body) == (True, True, False)


def test_the_same_again_is_no_news_and_a_change_is(offered, trainee, enrolment, hr):
    for at, minutes in ((NOON, 15), (NOON, 15), (LATER, 15), (LATER, 30)):
        give_more(offered, trainee, hr, at, extra_minutes=minutes)
    assert [body for _kind, body, _url in told(trainee)] == ["15 minutes more", "30 minutes more"]


def test_hours_are_said_in_words(offered, trainee, enrolment, hr):
    give_more(offered, trainee, hr, closes_at=NOON + timedelta(days=3))
    assert "closes" in told(trainee)[0][1]


def test_the_end_is_told_once(offered, trainee, enrolment, hr):
    given = give_more(offered, trainee, hr, extra_minutes=15)
    for _again in range(2):
        end(given, by=hr, at=LATER)
    assert [kind for kind, _body, _url in told(trainee)] == ["quiz_terms_given", "quiz_terms_ended"]


def test_who_does_not_learn_the_course_hears_nothing(offered, trainee, hr):
    give_more(offered, trainee, hr, extra_minutes=15)
    assert told(trainee) == []
