"""Who may do what with a pairing; doors show by it what acts refuse by it."""

from mentoring.acts import GUIDE, PAIR
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User


def side_of(pairing: Pairing, user: User) -> Side | None:
    """Which of the two the user is."""
    if user.pk == pairing.mentee_id:
        return Side.MENTEE
    return Side.MENTOR if user.pk == pairing.mentor_id else None


def leads(user: User, pairing: Pairing) -> bool:
    """Whether the user is HR or supervises the mentee; nobody leads oneself."""
    if user.pk == pairing.mentee_id or not user.may(PAIR):
        return False
    return Role.HR in user.roles or is_below(pairing.mentee, user)


def is_below(person: User, user: User) -> bool:
    """Whether the person works in a department that the user supervises."""
    path = person.department.path if person.department else ""
    return any(path.startswith(above) for above in user.supervised_paths)


def may_write(user: User, pairing: Pairing) -> bool:
    """Whether the user may change goals and dates: the two, and who leads the mentee."""
    return pairing.is_open and (side_of(pairing, user) is not None or leads(user, pairing))


def may_graduate(user: User, pairing: Pairing) -> bool:
    """The mentor, and who leads the mentee."""
    mine = user.pk == pairing.mentor_id and user.may(GUIDE)
    return pairing.is_open and (mine or leads(user, pairing))
