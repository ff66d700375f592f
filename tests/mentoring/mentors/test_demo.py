"""What the demo company tells of mentors: their profiles, when they are there, what they wish, and the rule."""

from datetime import timedelta

import pytest

from mentoring.availability import demo as availability
from mentoring.guidance import demo as guidance
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors import demo as mentors
from mentoring.mentors.states import state_of, with_standing
from mentoring.models import Availability, Away, KeepApart, MentorProfile, Wish
from mentoring.wishes import demo as wishes
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.courses import MONDAY, CompetencyFactory
from tests.factories.people import PersonFactory, PositionFactory
from trainingsite.core.demo import Story


@pytest.fixture
def story(db):
    """Six people at the desk who are to be mentors, five of them with the certificate."""
    jobs = {code: PositionFactory().external_id for code in availability.AT_THE_DESK}
    agent = PositionFactory()
    people = [PersonFactory(position=agent) for _ in range(6)]
    CompetencyFactory.create_batch(5)
    certification = CertificationFactory(code=guidance.CERTIFICATE, title="导师上岗认证")
    for person in people[1:]:
        CertificateFactory(person=person, certification=certification)
    kept = {"position": jobs | {"agent": agent.external_id}, "mentors": [person.pk for person in people]}
    return Story(MONDAY, kept=kept)


def states():
    rows = with_standing(MentorProfile.objects.select_related("person"), MONDAY, GuidanceRule.objects.current())
    return sorted(state_of(row, MONDAY).value for row in rows)


def test_mentors_are_told_with_the_rule_and_one_is_in_training(story, hire):
    chosen = mentors.tell(story)
    availability.tell(story)
    availability.tell_of_leave(story, chosen)
    guidance.tell(story)
    newcomers = [hire(hired_on=MONDAY - timedelta(days=3)) for _ in range(4)]
    wishes.tell(story, chosen, newcomers)

    assert [person.pk for person in chosen] == story.kept["mentors"]
    assert all(len(row.experience) > 10 for row in MentorProfile.objects.all())
    assert (Availability.objects.count(), Away.objects.count(), KeepApart.objects.count()) == (6, 3, 2)
    assert set(Wish.objects.values_list("side", flat=True)) == {"mentee", "mentor"}
    assert states() == ["away", "room", "room", "room", "room", "training"]
