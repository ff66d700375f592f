"""Conditions of audiences on certificates."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.certification.models import Certificate, Certification
from courses.audiences.conditions import CONDITIONS, Condition, boxes, ids, number
from courses.audiences.names import names_of
from courses.audiences.parts import PartsField
from trainingsite.core.display import listed

CERTIFICATES = gettext_lazy("Certificates")
MISSING = gettext_lazy("Lacks one of these certificates")
EXPIRING = gettext_lazy("Certificate expires soon")
MOST_DAYS = 730


def _offered() -> list[tuple[int, str]]:
    return [(each.pk, str(each)) for each in Certification.objects.in_use().order_by("title", "pk")]


def _missing(value: Any, day: date) -> Q:
    found = Q(pk__in=[])
    for pk in ids(value):
        found |= ~Q(pk__in=Certificate.objects.valid(day).filter(certification=pk).values("person"))
    return found


def _expiring_field() -> forms.Field:
    return PartsField(
        EXPIRING,
        {
            "certification": forms.TypedChoiceField(
                label=gettext_lazy("Certification"), choices=_offered(), coerce=int
            ),
            "days": forms.IntegerField(label=gettext_lazy("within days"), min_value=1, max_value=MOST_DAYS, initial=30),
        },
    )


def _expiring(value: Any, day: date) -> Q:
    """Holds one that is valid, but none that is valid for longer."""
    within = timedelta(days=number(value["days"], MOST_DAYS))
    held = Certificate.objects.valid(day).filter(certification=number(value["certification"]))
    longer = held.filter(Q(expires_on__isnull=True) | Q(expires_on__gt=day + within))
    return Q(pk__in=held.values("person")) & ~Q(pk__in=longer.values("person"))


def _expiring_words(value: Any) -> str:
    title = names_of(Certification, [number(value["certification"])])[0]
    return _("certificate “%(title)s” expires within %(n)s days") % {"title": title, "n": number(value["days"])}


def _missing_words(value: Any) -> str:
    return _("no valid certificate: %(titles)s") % {"titles": listed(names_of(Certification, ids(value)))}


CONDITIONS.register(
    "certificate_missing",
    Condition(
        MISSING,
        lambda: boxes(MISSING, _offered()),
        _missing,
        _missing_words,
        heading=CERTIFICATES,
        learning=True,
    ),
)
CONDITIONS.register(
    "certificate_expiring",
    Condition(EXPIRING, _expiring_field, _expiring, _expiring_words, heading=CERTIFICATES, learning=True),
)
