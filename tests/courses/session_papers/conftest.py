import pytest

from courses.session_papers.feedback import FEEDBACK, Feedback, FeedbackResults
from tests.courses.attendance.conftest import give, hr, refused, seat, session, teacher
from tests.factories.planning import NINE

__all__ = ["give", "hr", "refused", "seat", "session", "teacher"]


@pytest.fixture
def there(seat):
    """`there(name="王小明")`: a person who was at the session."""
    return lambda **fields: seat(attended_at=NINE, noted_by="code", **fields).person


@pytest.fixture
def asked():
    """A way of asking that keeps whom it was to ask: (session, people, moment)."""
    kept = []

    def send(session, people, at):
        kept.append((session, list(people), at))
        return len(people)

    FEEDBACK.register("test", Feedback("Test", send, lambda _session: FeedbackResults(4, 3, 4.5)))
    yield kept
    del FEEDBACK._things["test"]
