"""Where an entry for something learnt leads the one who learnt it: to that course."""

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast

from assessments.points.happened import CHECKLIST, COURSE, QUIZ
from courses.models import Enrolment

# By the event: what of the course its key is the id of.
_KEYS = {COURSE: "course", QUIZ: "course__units__quiz", CHECKLIST: "course__units"}


def enrolment_of_entry() -> Case:
    """The id of the person's enrolment in the course that an entry is about; a completed one before an open one."""
    return Case(*[When(event=event, then=Subquery(_named_by(path))) for event, path in _KEYS.items()], default=None)


def _named_by(path: str) -> QuerySet[Enrolment, int]:
    own = Enrolment.objects.filter(person=OuterRef("person"), withdrawn_at=None)
    named = own.annotate(named=Cast(path, CharField())).filter(named=OuterRef("key"))
    return named.order_by(F("completed_at").desc(nulls_last=True), "-pk").values("pk")[:1]  # type: ignore[return-value]
