"""The demo company's answers to invitations: most will come, some do not know yet, a few cannot."""

from courses.invitations.actions import Said, answer
from courses.sessions.models import Answer, SessionPlace
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment

WILL_COME, MAY_COME, CANNOT = 0.6, 0.72, 0.84
REASONS = ("当天请年假", "排班在晚班，已与组长沟通", "要处理升级投诉，抽不开身")


def tell(story: Story) -> None:
    at = moment(story.today, 11)
    coming = SessionPlace.objects.held().filter(session__starts_at__gt=at).select_related("session", "person")
    with silence():
        for place in coming.order_by("pk"):
            _answered(story, place)


def _answered(story: Story, place: SessionPlace) -> None:
    """Nobody gives a seat up by it: who signed up comes or does not know yet."""
    at, luck = moment(story.today, 11), story.rng.random()
    if luck < WILL_COME:
        answer(place.session, place.person, Said(Answer.ACCEPTED, at), at=at)
    elif luck < MAY_COME:
        answer(place.session, place.person, Said(Answer.TENTATIVE, at), at=at)
    elif luck < CANNOT and not place.signed_up:
        reason = REASONS[story.rng.randrange(len(REASONS))]
        answer(place.session, place.person, Said(Answer.DECLINED, at, reason), at=at)
