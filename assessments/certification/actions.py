"""Award, revoke, archive; rules are saved by their form."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.certification.evidence import Evidence, Missing, Record, Rule, evidence_of, records_of, rules_of
from assessments.certification.hooks import issued
from assessments.certification.models import Certificate, Certification
from assessments.certification.notices import tell_awarded
from courses.models import Enrolment
from courses.names import free_slug, slug_of
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is mistaken for another on paper
CODE_LENGTH = 16
BATCH = 1000


class RequirementsOpen(Refused):
    """The certificate is not earned yet; `missing` says what is open."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        courses = listed(str(one.course) for one in missing)
        super().__init__(_("Still open: %(courses)s.") % {"courses": courses}, code="requirements_open")


@transaction.atomic
def certify(person: User, certification: Certification, *, on: date) -> Certificate:
    """Award the certificate that `person` has earned on `on`; a repeat returns the one that is valid.

    Raises RequirementsOpen, which names what is still missing.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    rules = rules_of([certification])
    if not rules:
        raise Refused(_("This certification asks for no course."), code="no_course")
    record = records_of([person.pk], rules)[person.pk, certification.pk]
    for evidence in evidence_of([person.pk], rules).get(person.pk, []):
        if evidence.day <= on:
            record.note(evidence)
    if not record.is_earned(on):
        if record.last and not record.counts(on):
            return record.last
        raise RequirementsOpen(record.progress.missing())
    return _write([_award(person, record, on)])[0]


@transaction.atomic
def certify_due(enrolment_ids: Sequence[int], at: datetime) -> None:  # noqa: ARG001 - each has its own moment
    """Award what the completion of these enrolments earns, each as of the day on which its last part was shown."""
    done = Enrolment.objects.filter(pk__in=enrolment_ids)
    people = sorted(set(done.values_list("person_id", flat=True)))
    rules = rules_of(Certification.objects.in_use().filter(courses__enrolments__in=enrolment_ids).distinct())
    if not rules:
        return
    for start in range(0, len(people), BATCH):
        _certify_all(people[start : start + BATCH], rules)


def _certify_all(people: Sequence[int], rules: Sequence[Rule]) -> None:
    named = (
        User.objects.select_for_update(no_key=True).order_by("pk").in_bulk(people)
    )  # one after the other, so none twice
    records, shown = records_of(people, rules), evidence_of(people, rules)
    new = [
        certificate
        for (person, _certification), record in records.items()
        for certificate in _earned(named[person], record, shown.get(person, []))
    ]
    if new:
        _write(new)


def _earned(person: User, record: Record, shown: Iterable[Evidence]) -> Iterable[Certificate]:
    """Go through what was shown in the order of time; each time all is there, a certificate is earned."""
    for evidence in shown:
        record.note(evidence)
        if record.is_earned(evidence.day):
            certificate = _award(person, record, evidence.day)
            record.award(certificate)
            yield certificate


def _award(person: User, record: Record, day: date) -> Certificate:
    certification = record.progress.rule.certification
    return Certificate(
        person=person,
        certification=certification,
        period=record.last.period + 1 if record.last else 1,
        code="".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH)),
        title=certification.title,
        person_name=person.name,
        score=record.progress.score,
        issued_on=day,
        expires_on=certification.expiry(day),
    )


def _write(certificates: list[Certificate]) -> list[Certificate]:
    Certificate.objects.bulk_create(certificates, batch_size=BATCH)
    tell_awarded(certificates)
    issued(certificates)
    return certificates


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, at: datetime) -> Certificate:
    """Declare the certificate void, for a reason that stays on record; a repeat changes nothing."""
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    found = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if found.revoked_at is None:
        found.revoked_at, found.revoked_reason = at, reason.strip()
        found.save(update_fields=["revoked_at", "revoked_reason"])
    return found


def free_code(title: str) -> str:
    """A code for a new certification, made from its title."""
    slug = slug_of(title, otherwise="certification")
    alike = Certification.objects.filter(code__startswith=slug[:60])
    return free_slug(slug, set(alike.values_list("code", flat=True)))


def archive(certification: Certification, *, at: datetime) -> None:
    """Award it no more; certificates that are held stay valid. A repeat changes nothing."""
    Certification.objects.in_use().filter(pk=certification.pk).update(archived_at=at)


def restore(certification: Certification) -> None:
    Certification.objects.filter(pk=certification.pk).update(archived_at=None)
