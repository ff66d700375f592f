"""The main job from end to end, clicked as each role at the desk and on a phone: plan, learn, be tested, be certified,
be mentored, and see it all on the dashboard."""

from datetime import timedelta

import pytest

from analytics.rollups.actions import refresh
from mentoring.models import CheckIn
from tests.factories.analytics import row
from tests.walk import guiding, learning, planning
from trainingsite.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def test_main_job_is_walked_from_the_empty_course_to_the_dashboard(enter, cast, rest):
    hr = plan(enter(cast.hr))
    trainee = learn(enter(cast.trainee), enter)
    oversee(enter, cast)
    accompany(enter, cast, hr)
    ask(hr, trainee)
    measure(enter, cast, rest)


def plan(hr):
    planning.write_course(hr)
    planning.write_quiz(hr)
    planning.make_certification(hr)
    planning.make_programme(hr)
    planning.assign(hr, due_on=clock.today())
    return hr


def learn(trainee, enter):
    learning.begin(trainee)
    learning.read(trainee)
    learning.take_quiz(trainee)
    learning.see_result(trainee)
    learning.verify(enter(None, learning.hold_certificate(trainee)))
    return trainee


def oversee(enter, cast):
    """What is due today counts from tomorrow on."""
    refresh(at=clock.now() + DAY)
    supervisor = enter(cast.supervisor, this_month())
    guiding.see_completion(supervisor)
    guiding.reach_person(supervisor)


def accompany(enter, cast, hr):
    """HR pairs, the mentor talks and is reminded of the next time, the course's quiz comes again each month."""
    planning.pair(hr)
    guiding.note_checkin(enter(cast.mentor))
    assert (CheckIn.objects.held().get().held_on, CheckIn.objects.planned().count()) == (clock.today(), 1)
    planning.make_refresher(hr, starts_on=clock.today() + 10 * DAY)


def ask(hr, trainee):
    planning.send_survey(hr)
    trainee.goto("/")
    learning.answer_survey(trainee)
    planning.see_replies(hr)


def measure(enter, cast, rest):
    """The readings of another system come in, and what they say stands on the supervisor's page."""
    reading = row(cast.trainee, day=clock.today().isoformat(), numerator="46", denominator="50")
    answer = rest("post", "/api/v1/readings/bulk/", {"source": "crm", "readings": [reading]})
    assert answer.json() == {"created": 1, "corrected": 0, "unchanged": 0, "problems": []}
    refresh(at=clock.now() + DAY)
    guiding.see_satisfaction(enter(cast.supervisor, this_month()))


def this_month():
    """The address of the dashboard; in the first week of a month it would show the month before."""
    return f"/dashboard/?until={clock.today():%Y-%m}"
