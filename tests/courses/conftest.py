from collections.abc import Iterator

import pytest

from courses.curriculum.kinds import UNIT_KINDS, UnitKind
from courses.enrolment.hooks import COMPLETED
from courses.models import Course
from tests.factories.courses import CourseFactory, UnitFactory


@pytest.fixture
def exam() -> Iterator[str]:
    """The name of a kind of unit that assesses; it leads nowhere."""
    kind = UnitKind("考试", "pencil", lambda *_a, **_k: "/", lambda *_a, **_k: "/", lambda *_a, **_k: [], assesses=True)
    UNIT_KINDS.register("exam", kind)
    yield "exam"
    del UNIT_KINDS._things["exam"]


@pytest.fixture
def course(db: None, exam: str) -> Course:
    """A published course: two articles of 10 minutes and an exam of 20, and a unit that an earlier version had."""
    course = CourseFactory(title="七天无理由退货")
    UnitFactory(course=course, title="规则")
    UnitFactory(course=course, title="例外")
    UnitFactory(course=course, title="测验", kind=exam, minutes=20)
    UnitFactory(course=course, title="旧规则", introduced_in=0, removed_in=1)
    return course


@pytest.fixture
def heard() -> Iterator[list[tuple[list[int], object]]]:
    """What the completion hook was told: pairs of enrolment ids and a moment."""
    told: list[tuple[list[int], object]] = []
    COMPLETED.register("test", lambda ids, at: told.append((list(ids), at)))
    yield told
    del COMPLETED._things["test"]
