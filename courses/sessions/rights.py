"""Who may do what with a session."""

from django.db.models import QuerySet

from courses.acts import PLAN, RUN_SESSIONS, VIEW_SESSIONS
from courses.sessions.models import Session
from trainingsite.people.models import User


def run_by(user: User) -> QuerySet[Session]:
    """The sessions whose roster the person keeps: the own ones, a planner's are all."""
    if user.may(PLAN):
        return Session.objects.all()
    return Session.objects.given_by(user) if user.may(RUN_SESSIONS) else Session.objects.none()


def runs(session: Session, user: User) -> bool:
    """Whether the person plans or gives it; reads `teachings` with their instructors."""
    return user.may(PLAN) or (user.may(RUN_SESSIONS) and gives(session, user))


def gives(session: Session, user: User) -> bool:
    return any(teaching.instructor.person_id == user.pk for teaching in session.teachings.all())


def may_join(session: Session, user: User) -> bool:
    """Whether the person is shown the link to join: who comes, and who views the sessions of others."""
    return user.may(VIEW_SESSIONS) or Session.objects.joined_by(user).filter(pk=session.pk).exists()
