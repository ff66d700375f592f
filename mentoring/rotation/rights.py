"""Who may say yes or no to an application, and who may end a rotation; doors show by it what acts refuse by it."""

from mentoring.acts import DECIDE_ROTATIONS
from mentoring.rotation.models import Rotation, RotationState
from trainingsite.people.models import User


def may_decide(rotation: Rotation, user: User) -> bool:
    """Whether the user says yes or no to this application."""
    return rotation.state == RotationState.APPLIED and decides_on(rotation, user)


def may_stop(rotation: Rotation, user: User) -> bool:
    """The host, and whoever decides on rotations, but never the person."""
    leads = rotation.host_id == user.pk and rotation.person_id != user.pk
    return rotation.state == RotationState.APPROVED and (leads or decides_on(rotation, user))


def decides_on(rotation: Rotation, user: User) -> bool:
    """Whoever decides on rotations does so on those of others."""
    return user.may(DECIDE_ROTATIONS) and rotation.person_id != user.pk
