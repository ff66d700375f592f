"""Conditions on what the company knows of a person: place, job, time in the company, tags, roles."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from courses.audiences.conditions import CONDITIONS, Condition, boxes, ids, number, texts
from courses.audiences.names import names_of
from trainingsite.core.display import listed
from trainingsite.core.forms import DayInput
from trainingsite.people.access.roles import HUMAN, Role
from trainingsite.people.models import Department, Position, RoleGrant, Status, User

MOST_DAYS = 3650
LABELS = {
    "department": gettext_lazy("Departments"),
    "position": gettext_lazy("Positions"),
    "grade": pgettext_lazy("job", "Grades"),
    "hired_since": gettext_lazy("Hired since"),
    "hired_within": gettext_lazy("Hired within the last … days"),
    "status": gettext_lazy("Employment status"),
    "tag": gettext_lazy("Tags"),
    "role": gettext_lazy("Roles"),
    "manager": gettext_lazy("Reports to"),
}


class ManagerField(forms.CharField):
    """A manager's employee number; the manager's id is stored."""

    def prepare_value(self, value: Any) -> Any:
        found = User.objects.filter(pk=value).first() if isinstance(value, int) else None
        return found.employee_number if found else value

    def clean(self, value: Any) -> int | None:
        number = super().clean(value)
        if not number:
            return None
        found: User | None = User.objects.people().filter(employee_number=number).first()
        if found is None:
            raise ValidationError(_("There is no person with this employee number."), code="unknown")
        return found.pk


def _departments() -> forms.Field:
    tree = [(d.pk, "　" * (d.depth - 1) + str(d)) for d in Department.objects.in_tree_order()]
    return boxes(LABELS["department"], tree, gettext_lazy("Everyone in the departments below is included."))


def _in_departments(value: Any, _day: date) -> Q:
    below = Q(pk__in=[])
    for pk in ids(value):
        below |= Q(path__contains=f"/{pk}/")
    return Q(department__in=Department.objects.filter(below))


def _positions() -> forms.Field:
    return boxes(LABELS["position"], [(p.pk, str(p)) for p in Position.objects.order_by("name", "pk")])


def _used(field: str) -> list[tuple[str, str]]:
    """The values of a text column that people have."""
    found = User.objects.people().exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()
    return [(text, text) for text in found]


def _days() -> forms.Field:
    label = LABELS["hired_within"]
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


def _hired_within(value: Any, day: date) -> Q:
    return Q(hired_on__gt=day - timedelta(days=number(value, MOST_DAYS)))


def _hired_words(_value: Any, person: User, day: date) -> str:
    """The day on which the person came, and how long ago that is."""
    assert person.hired_on is not None  # noqa: S101 - asked only for whom the condition holds
    words = {"day": date_format(person.hired_on, "SHORT_DATE_FORMAT"), "n": (day - person.hired_on).days}
    return _("hired on %(day)s, %(n)s days ago") % words


def _within_words(value: Any) -> str:
    days = number(value, MOST_DAYS)
    return ngettext("hired within the last %(n)s day", "hired within the last %(n)s days", days) % {"n": days}


def _named(choices: Any, value: Any) -> str:
    """The labels of stored choices; raises KeyError when one of them is gone."""
    labels = dict(choices)
    return listed(labels[key] for key in texts(value))


STATUSES = [choice for choice in Status.choices if choice[0] != Status.LEFT]
ROLES = [(role.value, role.label) for role in Role if role in HUMAN]

CONDITIONS.register(
    "department",
    Condition(
        LABELS["department"],
        _departments,
        _in_departments,
        lambda value: _("%(names)s and everyone below") % {"names": listed(names_of(Department, ids(value)))},
        why=lambda _value, person, _day: str(person.department),
    ),
)
CONDITIONS.register(
    "position",
    Condition(
        LABELS["position"],
        _positions,
        lambda value, _day: Q(position__in=ids(value)),
        lambda value: listed(names_of(Position, ids(value))),
        why=lambda _value, person, _day: str(person.position),
    ),
)
CONDITIONS.register(
    "grade",
    Condition(
        LABELS["grade"],
        lambda: boxes(LABELS["grade"], _used("grade"), coerce=str),
        lambda value, _day: Q(grade__in=texts(value)),
        lambda value: _("grade %(names)s") % {"names": listed(texts(value))},
        why=lambda _value, person, _day: _("grade %(names)s") % {"names": person.grade},
    ),
)
CONDITIONS.register(
    "hired_since",
    Condition(
        LABELS["hired_since"],
        lambda: forms.DateField(label=LABELS["hired_since"], required=False, widget=DayInput()),
        lambda value, _day: Q(hired_on__gte=date.fromisoformat(value)),
        lambda value: _("hired since %(day)s") % {"day": date_format(date.fromisoformat(value), "DATE_FORMAT")},
        why=_hired_words,
    ),
)
CONDITIONS.register(
    "hired_within", Condition(LABELS["hired_within"], _days, _hired_within, _within_words, why=_hired_words)
)
CONDITIONS.register(
    "status",
    Condition(
        LABELS["status"],
        lambda: boxes(LABELS["status"], STATUSES, coerce=str),
        lambda value, _day: Q(status__in=texts(value)),
        lambda value: _named(STATUSES, value),
        why=lambda _value, person, _day: person.get_status_display(),
    ),
)
CONDITIONS.register(
    "tag",
    Condition(
        LABELS["tag"],
        lambda: boxes(LABELS["tag"], [(tag, tag) for tag in User.objects.people().tags()], coerce=str),
        lambda value, _day: Q(tags__overlap=texts(value)),
        lambda value: _("tagged %(names)s") % {"names": listed(texts(value))},
        why=lambda value, person, _day: _("tagged %(names)s") % {"names": listed(set(value) & set(person.tags))},
    ),
)
CONDITIONS.register(
    "role",
    Condition(
        LABELS["role"],
        lambda: boxes(LABELS["role"], ROLES, coerce=str),
        lambda value, _day: Q(pk__in=RoleGrant.objects.filter(role__in=texts(value)).values("user")),
        lambda value: _("role: %(names)s") % {"names": _named(ROLES, value)},
    ),
)
CONDITIONS.register(
    "manager",
    Condition(
        LABELS["manager"],
        lambda: ManagerField(
            label=LABELS["manager"], required=False, max_length=32, help_text=_("The manager's employee number.")
        ),
        lambda value, _day: Q(manager=number(value)),
        lambda value: _("reports to %(name)s") % {"name": names_of(User, [number(value)])[0]},
    ),
)
