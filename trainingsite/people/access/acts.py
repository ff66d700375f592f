"""Named permissions: which roles may do which act. Each feature declares its own in `AppConfig.ready` or on import."""

from dataclasses import dataclass

from trainingsite.people.access.roles import HUMAN, Role


@dataclass(frozen=True)
class Act:
    name: str
    roles: frozenset[Role]


ACTS: dict[str, Act] = {}


def declare(name: str, *roles: Role) -> str:
    """Declare the act and who may do it, and return its name; raises ValueError when declared twice otherwise."""
    act = Act(name, frozenset(roles))
    if ACTS.setdefault(name, act) != act:
        raise ValueError(f"act {name!r} is declared twice")
    return name


EVERYBODY = declare("everybody", *HUMAN)
VIEW_PEOPLE = declare("people.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN, Role.MENTOR)
EDIT_PEOPLE = declare("people.edit", Role.HR)
SYNC_PEOPLE = declare("people.sync", Role.API_CLIENT, Role.HR)
READ_PEOPLE = declare("people.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
MANAGE_ACCESS = declare("access.manage", Role.ADMIN)
VIEW_HISTORY = declare("history.view", Role.HR, Role.AUDITOR)
SET_PASSWORDS = declare("people.password", Role.HR, Role.ADMIN)
