"""Making a quiz: its questions and draws, their sections, their order and points."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.questions.models import Question, Status
from assessments.quizzes.models import MOST_POINTS, Quiz, QuizQuestion, Section
from assessments.quizzes.order import SECTION, Mark, marks_of
from assessments.quizzes.pools import tidy
from assessments.quizzes.settings import usual, values_of
from courses.curriculum.drafts import require_editable
from courses.models import Unit
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

QUIZ = "quiz"
MOST_DRAWN = 100
MOST_SECTIONS = 50


def quiz_of(unit: Unit) -> Quiz:
    """The quiz of a unit of that kind; made with the usual settings when the unit is new."""
    return Quiz.objects.get_or_create(unit=unit, defaults=usual())[0]


@transaction.atomic
def add_questions(quiz: Quiz, questions: Iterable[Question], section: Section | None = None) -> int:
    """Put questions behind those it has; one that it asks already stays where it is. Returns how many are new."""
    _editable(quiz)
    wanted = list(questions)
    refuse_unready(wanted)
    asked = set(quiz.items.values_list("question_id", flat=True))
    fresh = [question for question in wanted if question.pk not in asked]
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, section=section, question=question, position=position)
        for position, question in enumerate(fresh, start=_next(quiz))
    )
    return len(fresh)


def refuse_unready(questions: Iterable[Question]) -> None:
    """Refuse drafts and retired questions, by name."""
    unready = [question.code for question in questions if question.status != Status.READY]
    if unready:
        message = _("Not ready to be asked: %(codes)s.") % {"codes": listed(unready)}
        raise Refused(message, field="question", code="not_ready")


@transaction.atomic
def save_draw(
    quiz: Quiz,
    slot: QuizQuestion | None,
    *,
    pool: Mapping[str, Any],
    draw: int,
    points: int,
    section: Section | None = None,
) -> QuizQuestion:
    """Draw questions from a pool for each attempt, or change such a draw; a new one goes behind what there is."""
    _editable(quiz)
    check_draw(draw)
    check_points(points)
    wanted = tidy(pool)
    found = quiz.items.get(pk=slot.pk) if slot else QuizQuestion(quiz=quiz, section=section, position=_next(quiz))
    found.pool, found.draw, found.points = wanted, draw, points
    found.save()
    return found


@transaction.atomic
def remove_slot(quiz: Quiz, slot_id: int) -> None:
    """Take a question or a draw out; attempts that asked it keep it."""
    _editable(quiz)
    quiz.items.filter(pk=slot_id).delete()


@transaction.atomic
def arrange(quiz: Quiz, order: Sequence[Mark]) -> None:
    """Bring sections and questions into this order; a question belongs to the section before it.

    What is not named stays behind, in the order it has.
    """
    _editable(quiz)
    sections = {section.pk: section for section in quiz.sections.all()}
    slots = {slot.pk: slot for slot in quiz.items.all()}
    present = marks_of(sections.values(), slots.values())
    known = [mark for mark in dict.fromkeys(order) if mark in set(present)]
    current: Section | None = None
    for place, mark in enumerate([*known, *(mark for mark in present if mark not in set(known))]):
        if mark.kind == SECTION:
            current = sections[mark.pk]
            current.position = place
        else:
            slots[mark.pk].section, slots[mark.pk].position = current, place
    Section.objects.bulk_update(sections.values(), ["position"])
    QuizQuestion.objects.bulk_update(slots.values(), ["section", "position"])


@transaction.atomic
def set_points(quiz: Quiz, slot_id: int, points: int) -> None:
    """What the question is worth in this quiz, from now on; attempts keep the points they began with."""
    _editable(quiz)
    check_points(points)
    quiz.items.filter(pk=slot_id).update(points=points)


def check_points(points: int) -> None:
    if not 1 <= points <= MOST_POINTS:
        raise Refused(_("Points are a whole number from 1 to %(most)s.") % {"most": MOST_POINTS}, field="points")


def check_draw(draw: int) -> None:
    if not 1 <= draw <= MOST_DRAWN:
        raise Refused(_("Draw from 1 to %(most)s questions.") % {"most": MOST_DRAWN}, field="draw")


@transaction.atomic
def save_section(quiz: Quiz, section: Section | None, *, title: str, note: str, shuffle: bool) -> Section:
    """Make a section behind what there is, or change one."""
    _editable(quiz)
    if not title.strip():
        raise Refused(_("A section needs a title."), field="title", code="no_title")
    others = quiz.sections.exclude(pk=section.pk) if section else quiz.sections.all()
    if others.filter(title=title.strip()).exists():
        raise Refused(_("Another section has this title."), field="title", code="duplicate")
    if section is None and quiz.sections.count() >= MOST_SECTIONS:
        raise Refused(_("At most %(most)s sections.") % {"most": MOST_SECTIONS}, field="title", code="too_many")
    found = section or Section(quiz=quiz, position=_next(quiz))
    found.title, found.note, found.shuffle = title.strip(), note.strip(), shuffle
    found.save()
    return found


@transaction.atomic
def remove_section(quiz: Quiz, section_id: int) -> None:
    """Take the heading away; its questions go to the section before it, or stand before the first one."""
    _editable(quiz)
    present = marks_of(quiz.sections.all(), quiz.items.all())
    gone = Mark(SECTION, section_id)
    if gone in present:
        before = [mark for mark in present[: present.index(gone)] if mark.kind == SECTION]
        heir = before[-1].pk if before else None
        quiz.items.filter(section=section_id).update(section=heir)
        arrange(quiz, [mark for mark in present if mark != gone])
        quiz.sections.filter(pk=section_id).delete()


def copy_quiz(old: Unit, new: Unit) -> None:
    """Give the unit of a new version the quiz of the old one: settings, sections, questions and draws."""
    quiz = quiz_of(old)
    copy = Quiz.objects.create(unit=new, **values_of(quiz))
    sections = list(quiz.sections.all())
    copies = Section.objects.bulk_create(
        Section(quiz=copy, title=one.title, note=one.note, position=one.position, shuffle=one.shuffle)
        for one in sections
    )
    new_of = {one.pk: made for one, made in zip(sections, copies, strict=True)}
    QuizQuestion.objects.bulk_create(
        QuizQuestion(
            quiz=copy,
            section=new_of.get(slot.section_id or 0),
            question_id=question,
            pool=slot.pool,
            draw=slot.draw,
            position=slot.position,
            points=slot.points,
        )
        for slot, question in _with_twins(quiz)
    )


def _with_twins(quiz: Quiz) -> Iterator[tuple[QuizQuestion, int | None]]:
    """The places of the quiz, each with its question, or with the one that was kept when two were found to be alike."""
    slots = list(quiz.items.select_related("question__replaced_by"))
    asked = {slot.question_id for slot in slots}
    for slot in slots:
        twin = slot.question.replaced_by if slot.question and slot.question.status == Status.RETIRED else None
        if twin is None or not twin.is_ready:
            yield slot, slot.question_id
        elif twin.pk not in asked:
            asked.add(twin.pk)
            yield slot, twin.pk


def lock(quiz: Quiz) -> None:
    """Two people who change one quiz do it one after the other."""
    Quiz.objects.select_for_update().get(pk=quiz.pk)


def _editable(quiz: Quiz) -> None:
    """Lock it; refused when learners have it: what they have stays."""
    lock(quiz)
    require_editable(quiz.unit)


def _next(quiz: Quiz) -> int:
    """The first free position behind all questions and sections."""
    taken = quiz.items.aggregate(last=Max("position"))["last"], quiz.sections.aggregate(last=Max("position"))["last"]
    return max((place + 1 for place in taken if place is not None), default=0)
