"""The author's page of a kind of unit that is one form: in a published course it changes a copy in the open draft."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courses.curriculum.drafts import editable
from courses.curriculum.kinds import UNIT_KINDS
from courses.curriculum.models import Course, Unit
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import me
from trainingsite.people.models import User


def author_page(request: HttpRequest, pk: int, *, kind: str, form: type[Any], hint: str = "") -> HttpResponse:
    """Show and save the form of the unit `pk`; refusals stand at their field.

    The form is made with `unit=`, and its `save_to(unit, by=)` writes it for the unit that may be changed.
    """
    seen = Unit.objects.filter(course__in=Course.objects.visible_to(me(request)), kind=kind)
    unit = get_object_or_404(seen.select_related("course__topic"), pk=pk)
    filled: Any = form(posted(request), unit=unit)
    if request.method == "POST" and filled.is_valid() and _saved(filled, unit, me(request)):
        messages.success(request, _("“%(unit)s” is saved.") % {"unit": unit})
        return redirect("course", unit.course_id)
    context = {"form": filled, "unit": unit, "course": unit.course, "kind": UNIT_KINDS[kind], "hint": hint}
    context["rule"] = UNIT_KINDS[kind].rule(unit)
    status = 422 if filled.errors else 200
    return render(request, "courses/curriculum/kind_form.html", context, status=status)


def _saved(form: Any, unit: Unit, by: User) -> bool:
    try:
        with transaction.atomic():
            form.save_to(editable(unit, by=by), by=by)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True
