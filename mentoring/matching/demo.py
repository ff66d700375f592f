"""The demo company's rounds of matching: one that was confirmed, one that waits for HR."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from mentoring.matching.confirming import confirm_round
from mentoring.matching.models import MatchingRound
from mentoring.matching.rounds import Draft, open_round
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.models import Pairing
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
PLACES = 2  # that each mentor offers a round at most


def past_round(story: Story, mentors: Sequence[User], people: Sequence[User], *, on: date) -> list[Pairing]:
    """The pairings of a cohort, made in one round on the day."""
    if not people:
        return []
    matching = _open(story, "past_title", mentors, people, on)
    hr = User.objects.get(username="hr")
    confirm_round(matching, by=hr, on=on, at=moment(on, 11), tell=False)
    found = Pairing.objects.filter(pk__in=matching.matches.values("pairing")).order_by("pk")
    return list(found.select_related("mentor", "mentee", "plan"))


def tell(story: Story, waiting: Sequence[User]) -> None:
    """The proposal for those who wait, for HR to look at."""
    ready = MentorProfile.objects.ready(story.today).with_room().select_related("person").order_by("pk")
    _open(story, "title", [profile.person for profile in ready], waiting, story.today)


def _open(story: Story, title: str, mentors: Sequence[User], people: Sequence[User], on: date) -> MatchingRound:
    texts = read("mentoring_pairs")["round"]
    draft = Draft(
        title=texts[title],
        starts_on=on,
        pool=_pool(mentors),
        template=story.kept["templates"]["newcomer"],
        goal=texts["goal"],
    )
    return open_round(draft, people, by=User.objects.get(username="hr"), on=on)


def _pool(mentors: Sequence[User]) -> dict[int, int]:
    rows: Any = MentorProfile.objects.filter(person__in=mentors).with_room()
    return {profile.person_id: min(profile.capacity - profile.load, PLACES) for profile in rows}
