"""Naming a person, and writing a plan a line a task."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mentoring.rotation.models import PlannedTask
from mentoring.rotation.offers import Step
from trainingsite.core.display import listed
from trainingsite.core.given import whole
from trainingsite.people.models import User

MOST_NAMED = 5
MOST_TASKS = 60
MOST_DAYS = 400


class PersonField(forms.CharField):
    """Somebody's employee number, or the name when only one person has it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.employee_number or value.username if isinstance(value, User) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        people = User.objects.people().filter(is_active=True)
        if exact := people.filter(employee_number=text).first():
            return exact
        found = list(people.called(text).by_name()[: MOST_NAMED + 1])
        named = [person for person in found if person.name == text] or found
        if not named:
            raise ValidationError(_("Nobody of that name or number works here."), code="unknown")
        if len(named) > 1:
            names = listed(f"{person} · {person.employee_number or person.username}" for person in named[:MOST_NAMED])
            raise ValidationError(
                _("Several people fit; give the number: %(names)s") % {"names": names}, code="several"
            )
        return named[0]


class PlanField(forms.CharField):
    """Tasks, one a line: the day they are due on, a |, and what is to be done; without a day the first one."""

    widget = forms.Textarea(attrs={"rows": 8})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{task.after_days + 1} | {task.text}" for task in value if isinstance(task, PlannedTask))

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).replace("｜", "|").splitlines()]
        steps = [_step(number, line) for number, line in enumerate(lines, start=1) if line.strip("|")]
        if len(steps) > MOST_TASKS:
            raise ValidationError(_("At most %(n)s tasks.") % {"n": MOST_TASKS}, code="too_many")
        return steps


def _step(number: int, line: str) -> Step:
    day, bar, text = (part.strip() for part in line.partition("|"))
    if not bar:
        day, text = "1", day
    on = whole(day, MOST_DAYS, least=1)
    if on is None or not 1 <= len(text) <= 200:  # noqa: PLR2004 - field
        words = {"line": number}
        raise ValidationError(
            _("Line %(line)s: write the day, a | and the task, as in “3 | Listen to five calls”.") % words
        )
    return Step(text, on - 1)
