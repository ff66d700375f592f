from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core import mail

from courses.models import Session
from tests.courses.planning.conftest import double_12, now, today
from tests.factories.planning import NINE, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory, let_teach
from trainingsite.notices.tasks import deliver_outbox
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

__all__ = ["double_12", "now", "today"]


@pytest.fixture
def hr(hire) -> User:
    return hire(Role.HR, department="centre", name="人力", email="hr@example.com")


@pytest.fixture
def agent(hire) -> User:
    return hire(name="李娜", email="lina@example.com", locale="en")


@pytest.fixture
def session(hr: User) -> Session:
    """投诉处理工作坊 at 9 on 1 December 2026 in 培训室 A, planned by HR."""
    return SessionFactory(title="投诉处理工作坊", room=RoomFactory(name="培训室 A"), planned_by=hr, starts_at=NINE)


@pytest.fixture
def seat(session: Session, agent: User) -> Iterator[object]:
    """The agent's assigned seat."""
    return SessionPlaceFactory(session=session, person=agent)


@pytest.fixture
def expert(session: Session) -> object:
    """An instructor from outside who gives the session."""
    found = OutsideInstructorFactory(name="王心怡", email="wang@example.org")
    let_teach(session, found)
    return found


@pytest.fixture
def sent(db: None) -> Callable[[], list[EmailMessage]]:
    """`sent()` delivers what waits and gives the new mails as another program parses them."""

    def deliver() -> list[EmailMessage]:
        mail.outbox.clear()
        deliver_outbox()
        return [message_from_bytes(each.message().as_bytes(), policy=policy.default) for each in mail.outbox]

    return deliver
