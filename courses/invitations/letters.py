"""Letters to instructors from outside: written with the change that they tell of, sent by the worker of all e-mails."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone, translation

from courses.instructors.models import Instructor
from courses.invitations.mails import Invited, attachments
from courses.invitations.meetings import Meeting, one_line
from courses.invitations.models import Letter, Method
from courses.sessions.models import Session
from courses.sessions.published import published
from trainingsite.notices.actions import is_silent
from trainingsite.notices.kinds import words
from trainingsite.notices.outboxes import attach, host

UNTOLD = ("sequence", "changed_at")  # what changes with every change, also with those that a calendar does not show


def write_letters(session: Session, _kind: str = "") -> int:
    """Bring every instructor from outside up to date, each once for what was published; returns how many letters.

    Whoever gives the session is invited or hears what has changed; who gives it no longer hears that.
    """
    if is_silent():
        return 0
    facts = published(session)
    giving = {} if session.cancelled_at else _giving(session)
    last = {letter.instructor_id: letter for letter in session.letters.order_by("number").select_related("instructor")}
    rows = [_request(session, each, last.get(each.pk), facts) for each in giving.values()]
    gone = [letter for pk, letter in last.items() if pk not in giving and letter.method == Method.REQUEST]
    rows += [_next(session, letter.instructor, letter, Method.CANCEL, facts) for letter in gone]
    return len(Letter.objects.bulk_create([row for row in rows if row is not None]))


def _giving(session: Session) -> dict[int, Instructor]:
    outside = Instructor.objects.filter(teachings__session=session, person=None).exclude(email="")
    return {each.pk: each for each in outside}


def _request(session: Session, each: Instructor, last: Letter | None, facts: dict[str, Any]) -> Letter | None:
    """An invitation or what is new in it; None for whoever knows it all."""
    if last and last.method == Method.REQUEST and _told(last.facts) == _told(facts):
        return None
    return _next(session, each, last, Method.REQUEST, facts)


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in UNTOLD}


def _next(session: Session, each: Instructor, last: Letter | None, method: Method, facts: dict[str, Any]) -> Letter:
    number = last.number + 1 if last else 1
    return Letter(session=session, instructor=each, number=number, method=method, facts=facts)


def message(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives | None:
    """The e-mail, in the house's language and time; the same whenever it is sent again."""
    instructor, method = letter.instructor, Method(letter.method)
    if not instructor.email:
        return None
    with translation.override(settings.LANGUAGE_CODE), timezone.override(ZoneInfo(settings.TIME_ZONE)):
        meeting = Meeting(letter.facts)
        facts = letter.facts | {"online": bool(letter.facts["join_url"]), "gives": True}
        subject = one_line(words(_kind(letter), facts)[0])
        context = {"letter": letter, "subject": subject, "text": meeting.description(inside=False)}
        plain = render_to_string("courses/invitations/letter.txt", context)
        page = render_to_string("courses/invitations/letter.html", context)
        invited = Invited(instructor.email, instructor.name, settings.TIME_ZONE, chair=True, inside=False)
        files = attachments(meeting, invited, method, stamp=letter.created_at)
    headers = {"Message-ID": f"<letter-{letter.pk}@{host()}>"}
    mail = EmailMultiAlternatives(subject, plain, to=[instructor.email], connection=connection, headers=headers)
    mail.attach_alternative(page, "text/html")
    attach(mail, files)
    return mail


def _kind(letter: Letter) -> str:
    """The kind of notice whose words say it."""
    if letter.method == Method.CANCEL:
        return "session_cancelled" if letter.facts["cancelled"] else "session_left"
    return "session_planned" if letter.number == 1 else "session_moved"
