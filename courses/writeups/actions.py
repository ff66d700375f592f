"""Write, hand in, grade. What was handed in is never changed: a revision is a write-up with the next number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from courses.curriculum.models import Unit
from courses.enrolment.actions import complete_unit, open_unit
from courses.enrolment.models import Enrolment
from courses.rubrics.grading import Mark, marks_of, percent_of
from courses.writeups.files import check_file
from courses.writeups.models import CaseBrief, Grade, State, WriteUp
from courses.writeups.notices import tell_decided, tell_handed_in
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

WRITE_UP = "write_up"


@dataclass(frozen=True)
class Written:
    """What is in the editor: `revision` is that of the draft it was opened with."""

    text: str
    revision: int = 0
    file: "UploadedFile[Any] | None" = None
    drop_file: bool = False


@dataclass(frozen=True)
class Verdict:
    """What a grader chose: points and comments by criterion id, and whether the write-up passes."""

    passes: bool
    points: Mapping[int, int]
    comments: Mapping[int, str] = field(default_factory=dict)
    comment: str = ""


def brief_of(unit: Unit) -> CaseBrief:
    """The task of a unit of this kind; made with the usual settings when the unit is new."""
    return CaseBrief.objects.get_or_create(unit=unit)[0]


@transaction.atomic
def save_brief(case: CaseBrief, /, *, graders: list[User], **fields: Any) -> CaseBrief:
    """Change what is asked; whoever has handed in keeps the grades."""
    if fields["min_chars"] > fields["max_chars"]:
        raise Refused(_("The least is more than the most."), field="min_chars", code="min_above_max")
    for name, value in fields.items():
        setattr(case, name, value)
    case.save()
    case.graders.set(graders)
    return case


def count_chars(text: str) -> int:
    """How long a text is: spaces and line breaks are no work."""
    return len("".join(text.split()))


@transaction.atomic
def save_draft(enrolment: Enrolment, unit: Unit, written: Written, *, at: datetime) -> WriteUp:
    """Keep what was typed. Refused when another window has saved since, or it lies with the grader."""
    open_unit(enrolment, unit, at=at)  # locks the enrolment: two windows come one after the other
    draft = _draft(enrolment, unit)
    if draft.revision != written.revision:
        text = _("This text was changed in another window. Copy what you typed here, then load the page again.")
        raise Refused(text, code="changed_elsewhere")
    draft.text = written.text
    if written.drop_file:
        draft.file, draft.file_name = "", ""
    if written.file is not None:
        check_file(written.file)
        draft.file, draft.file_name = written.file, (written.file.name or "")[-200:]
    draft.revision += 1
    draft.save()
    return draft


def _draft(enrolment: Enrolment, unit: Unit) -> WriteUp:
    """The draft to go on with, or a new one behind what was returned."""
    if not Enrolment.objects.open().filter(pk=enrolment.pk).exists():
        raise Refused(_("This course is completed; the write-up stays as it is."), code="enrolment_not_open")
    last = WriteUp.objects.filter(enrolment=enrolment, unit=unit).order_by("-number").first()
    if last is None or last.state == State.RETURNED:
        return WriteUp(enrolment=enrolment, unit=unit, number=last.number + 1 if last else 1)
    if last.state == State.GRADED:
        raise Refused(_("Your write-up has passed already."), code="passed_already")
    if last.state == State.HANDED_IN:
        raise Refused(_("You have handed it in; it is being graded."), code="handed_in_already")
    return last


@transaction.atomic
def hand_in(enrolment: Enrolment, unit: Unit, written: Written, *, at: datetime) -> WriteUp:
    """Save the text and give it to the graders; handing in the same text twice is one."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    waiting = WriteUp.objects.filter(enrolment=enrolment, unit=unit).waiting().first()
    if waiting is not None and waiting.text == written.text:
        return waiting
    draft = save_draft(enrolment, unit, written, at=at)
    _check_length(brief_of(unit), draft.text)
    draft.state, draft.handed_in_at = State.HANDED_IN, at
    draft.save(update_fields=["state", "handed_in_at"])
    tell_handed_in(draft)
    return draft


def _check_length(brief: CaseBrief, text: str) -> None:
    length = count_chars(text)
    if length < max(brief.min_chars, 1):
        words = _("At least %(least)s characters; there are %(n)s.") % {"least": max(brief.min_chars, 1), "n": length}
        raise Refused(words, field="text", code="too_short")
    if length > brief.max_chars:
        words = _("At most %(most)s characters; there are %(n)s.") % {"most": brief.max_chars, "n": length}
        raise Refused(words, field="text", code="too_long")


@transaction.atomic
def grade(write_up: WriteUp, verdict: Verdict, *, by: User, at: datetime) -> WriteUp:
    """Pass the write-up or return it, with a grade a criterion; the second of two graders is refused.

    Passing needs the task's percentage and completes the unit; returning needs a comment.
    """
    found = WriteUp.objects.select_for_update(of=("self",)).select_related("enrolment", "unit").get(pk=write_up.pk)
    _check_grader(found, by)
    brief = brief_of(found.unit)
    if brief.rubric is None:
        raise Refused(_("This task has no rubric."), code="no_rubric")
    marks = marks_of(brief.rubric, verdict.points, verdict.comments)
    percent = percent_of(marks)
    if verdict.passes and percent < brief.pass_percent:
        words = _("%(percent)s %% is below the %(needed)s %% that it needs to pass; return it, or weigh it again.")
        raise Refused(words % {"percent": percent, "needed": brief.pass_percent}, code="below_pass")
    if not verdict.passes and not verdict.comment.strip():
        raise Refused(_("Say what should be done better."), field="comment", code="comment_missing")
    found.percent, found.comment = percent, verdict.comment.strip()
    _decide(found, State.GRADED if verdict.passes else State.RETURNED, marks, by, at)
    if verdict.passes:
        complete_unit(found.enrolment, found.unit, at=at)
    tell_decided(found)
    return found


def _check_grader(write_up: WriteUp, by: User) -> None:
    if write_up.enrolment.person_id == by.pk:
        raise Refused(_("Nobody grades the own work."), code="own_work")
    if not WriteUp.objects.gradable_by(by).filter(pk=write_up.pk).exists():
        raise Refused(_("This write-up is not yours to grade."), code="not_yours")
    if write_up.state != State.HANDED_IN:
        words = _("%(name)s has graded it meanwhile; nothing of yours was saved.") % {"name": write_up.decided_by}
        raise Refused(words, code="graded_already")


def _decide(write_up: WriteUp, state: State, marks: list[Mark], by: User, at: datetime) -> None:
    write_up.state, write_up.decided_by, write_up.decided_at = state, by, at
    write_up.save(update_fields=["state", "decided_by", "decided_at", "percent", "comment"])
    Grade.objects.bulk_create(
        Grade(
            write_up=write_up,
            criterion=mark.criterion,
            points=mark.points,
            out_of=mark.out_of,
            weight=mark.criterion.weight,
            band=mark.band,
            comment=mark.comment,
            grader=by,
            at=at,
        )
        for mark in marks
    )
