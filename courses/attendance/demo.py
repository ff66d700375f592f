"""Who came to the demo company's sessions: most by the code, some late, some noted on the roster, some excused."""

from datetime import timedelta

from courses.attendance.actions import CLOSES_AFTER, note
from courses.attendance.checking_in import check_in
from courses.attendance.codes import code_at
from courses.attendance.states import Fact, Presence
from courses.sessions.models import Session, SessionPlace
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment
from trainingsite.people.models import User

MINUTE = timedelta(minutes=1)
BY_CODE, LATE, THERE = 0.72, 0.12, 0.9
EXCUSED = ("病假", "事假", "大客户投诉需跟进")
FORGOTTEN = "当天签到表漏记，讲师与主管确认到场"


def tell(story: Story) -> None:
    instructor = User.objects.get(username="instructor")
    past = list(Session.objects.standing().filter(ends_at__lt=moment(story.today, 0)).order_by("starts_at", "pk"))
    for session in past:
        _held(story, session, instructor)
    if past:
        _corrected(past[0])


def _held(story: Story, session: Session, instructor: User) -> None:
    """People come in, by the code or late; then the instructor goes through the roster."""
    facts = []
    for place in session.places.filter(seat__isnull=False, noted_by="").select_related("person").order_by("pk"):
        if story.rng.random() < BY_CODE:
            _by_code(story, session, place)
        else:
            facts.append(_on_roster(story, place))
    note(session, facts, by=instructor, at=session.ends_at + 10 * MINUTE)


def _by_code(story: Story, session: Session, place: SessionPlace) -> None:
    minutes = story.rng.randint(2, 12) if story.rng.random() < LATE else -story.rng.randint(0, 12)
    at = session.starts_at + minutes * MINUTE
    check_in(place.person, code_at(session.secret, at), at=at, session=session)


def _on_roster(story: Story, place: SessionPlace) -> Fact:
    chance = story.rng.random()
    if chance < 0.4:  # noqa: PLR2004 - the shares of those who do not come by the code
        left = story.rng.choice((0, 0, 10, 20))
        return Fact(place.person_id, Presence.PRESENT, late=story.rng.choice((0, 0, 5, 8)), left=left)
    if chance < THERE:
        return Fact(place.person_id, Presence.EXCUSED, reason=story.rng.choice(EXCUSED))
    return Fact(place.person_id, Presence.ABSENT)


def _corrected(session: Session) -> None:
    """Weeks later HR finds that one of those who are noted as away was there."""
    away = session.places.filter(seat__isnull=False, attended_at=None).order_by("pk").first()
    if away:
        at = session.ends_at + CLOSES_AFTER + timedelta(days=2)
        hr = User.objects.get(username="hr")
        note(session, [Fact(away.person_id, Presence.PRESENT)], by=hr, at=at, reason=FORGOTTEN)
