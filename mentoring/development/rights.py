"""Who may do what with a plan."""

from mentoring.acts import PLAN_DEVELOPMENT
from mentoring.development.models import DevelopmentPlan
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User


def leads(user: User, person: User) -> bool:
    """Whether the user is HR or supervises the person; nobody leads oneself."""
    if user.pk == person.pk or not user.may(PLAN_DEVELOPMENT):
        return False
    path = person.department.path if person.department else ""
    return Role.HR in user.roles or any(path.startswith(above) for above in user.supervised_paths)


def may_change(user: User, plan: DevelopmentPlan) -> bool:
    """The person, the partner, and who leads the person; a closed plan stays as it is."""
    mine = user.pk in (plan.person_id, plan.partner_id)
    return plan.closed_at is None and user.may(PLAN_DEVELOPMENT) and (mine or leads(user, plan.person))


def may_review(user: User, plan: DevelopmentPlan) -> bool:
    """The partner, and who leads the person; not the person alone."""
    return may_change(user, plan) and user.pk != plan.person_id
