"""Which changes make a month's figures stale: statement-level triggers that mark it, one insert for a whole batch.

Triggers and not calls from the acts, because everything counts: failed attempts, extended and withdrawn enrolments,
people who move, bulk statements and corrections by hand.
"""

from collections.abc import Iterator

import pgtrigger
from django.conf import settings

from analytics.readings.models import Reading
from assessments.models import Attempt
from courses.models import Course, Enrolment
from trainingsite.people.models import User

MARK = "INSERT INTO analytics_dirtymonth (kind, month) {}; RETURN NULL;"
SAME_TEST = """(SELECT DISTINCT t.id, t.submitted_at FROM {source} JOIN assessments_attempt AS t
USING (enrolment_id, quiz_id) UNION SELECT id, submitted_at FROM {source}) AS tests"""
LOCAL_MONTH = f"date_trunc('month', {{}} AT TIME ZONE '{settings.TIME_ZONE}')::date"


def _months(kind: str, *expressions: str, source: str) -> str:
    """SELECT of every month that one of the expressions has in a row of the source."""
    listed = ", ".join(f"({expression})" for expression in expressions)
    values = f"{source} CROSS JOIN LATERAL (VALUES {listed}) AS m(month)"
    return f"SELECT DISTINCT '{kind}', m.month FROM {values} WHERE m.month IS NOT NULL"  # noqa: S608 - ours


def _watch(kind: str, *expressions: str, widened: str = "{source}") -> Iterator[pgtrigger.Trigger]:
    """Three triggers, since a trigger with transition tables belongs to one kind of statement."""
    both = "(SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows) AS changed"
    sources = {
        pgtrigger.Insert: ("new_rows", pgtrigger.Referencing(new="new_rows")),
        pgtrigger.Update: (both, pgtrigger.Referencing(old="old_rows", new="new_rows")),
        pgtrigger.Delete: ("old_rows", pgtrigger.Referencing(old="old_rows")),
    }
    for operation, (source, referencing) in sources.items():
        yield pgtrigger.Trigger(
            name=f"mark_{str(operation).lower()}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=MARK.format(_months(kind, *expressions, source=widened.format(source=source))),
        )


class ReadingWatch(Reading):
    class Meta:
        proxy = True
        triggers = list(_watch("readings", "date_trunc('month', day)::date"))


class EnrolmentWatch(Enrolment):
    class Meta:
        proxy = True
        triggers = list(
            _watch("learning", "date_trunc('month', due_on)::date", LOCAL_MONTH.format("completed_at")),
        )


class AttemptWatch(Attempt):
    """A test counts in the month of its last attempt, so that a new attempt changes the months of the earlier ones."""

    class Meta:
        proxy = True
        triggers = list(_watch("learning", LOCAL_MONTH.format("submitted_at"), widened=SAME_TEST))


def _marks_all(column: str) -> pgtrigger.Trigger:
    """A change of the column makes every month stale."""
    return pgtrigger.Trigger(
        name=f"mark_{column}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
        func=MARK.format(
            "SELECT 'learning', NULL::date WHERE EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n USING (id) "  # noqa: S608 - no input
            f"WHERE o.{column} IS DISTINCT FROM n.{column})"
        ),
    )


class PersonWatch(User):
    """Who moves takes the own learning along to the new department."""

    class Meta:
        proxy = True
        triggers = [_marks_all("department_id"), _marks_all("left_on")]


class CourseWatch(Course):
    """A course that moves to another topic takes its figures along."""

    class Meta:
        proxy = True
        triggers = [_marks_all("topic_id")]
