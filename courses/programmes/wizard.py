"""Give a programme to people, step by step: who, by when, check. The draft is kept in the session, under a token."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.acts import PLAN
from courses.audiences.actions import describe, people_matching, save_audience
from courses.audiences.forms import AudienceForm
from courses.audiences.models import Audience
from courses.audiences.views import reach_shown
from courses.enrolment.models import Enrolment
from courses.programmes.assigning import Preview, Terms, assign, outlook, preview
from courses.programmes.checks import problems
from courses.programmes.due import Due, Start
from courses.programmes.forms import TermsForm
from courses.programmes.models import Assignment, DueRule, Programme, ProgrammeStatus, Starts
from courses.programmes.versions import publish
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

KEPT, TOKENS = "assign", "assign_tokens"
MOST_DRAFTS = 5
Draft = dict[str, Any]


def _draft(request: HttpRequest, token: UUID) -> Draft:
    found: Draft = request.session.get(KEPT, {}).get(str(token), {})
    return found


def _keep(request: HttpRequest, token: UUID, **part: Any) -> None:
    drafts = request.session.get(KEPT, {})
    drafts[str(token)] = {**drafts.pop(str(token), {}), **part}
    request.session[KEPT] = dict(list(drafts.items())[-MOST_DRAFTS:])


def wizard_steps(request: HttpRequest, programme: Programme | None = None) -> list[tuple[str, str]]:
    """The way of a new programme; every step that can be reached has its address."""
    made = programme is not None
    args = [programme.pk, _token_of(request, programme)] if programme else []
    stages = reverse("programme-stages", args=[programme.pk]) if programme else ""
    return [
        (pgettext("step", "Template"), "" if made else reverse("programme-new")),
        (_("Stages"), stages),
        (_("Who"), reverse("assign-audience", args=args) if made else ""),
        (_("When"), reverse("assign-due", args=args) if made else ""),
        (_("Check and publish"), reverse("assign-check", args=args) if made else ""),
    ]


def _token_of(request: HttpRequest, programme: Programme) -> UUID:
    """The token under which a programme that is being written is given: the same on all its pages."""
    kept = request.session.get(TOKENS, {})
    if str(programme.pk) not in kept:
        kept[str(programme.pk)] = str(uuid4())
        request.session[TOKENS] = dict(list(kept.items())[-MOST_DRAFTS:])
    return UUID(kept[str(programme.pk)])


def _steps(request: HttpRequest, programme: Programme, token: UUID) -> dict[str, Any]:
    """The steps of the page, and by how many the way is longer when the programme is new."""
    if programme.status == ProgrammeStatus.DRAFT:
        return {"steps": wizard_steps(request, programme), "ahead": 1}
    args = [programme.pk, token]
    steps = [
        (_("Programme"), reverse("programme", args=[programme.pk])),
        (_("Who"), reverse("assign-audience", args=args)),
        (_("When"), reverse("assign-due", args=args)),
        (_("Check and assign"), ""),
    ]
    return {"steps": steps, "ahead": 0}


def _found(pk: int) -> Programme:
    return get_object_or_404(Programme.objects.active().filter(template=False), pk=pk)


@require_GET
@allowed(PLAN)
def assign_start(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh token: whatever is sent twice under it is done once. A programme that is being written keeps its own."""
    programme = _found(pk)
    token = _token_of(request, programme) if programme.status == ProgrammeStatus.DRAFT else uuid4()
    return redirect("assign-audience", pk, token)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def assign_audience(request: HttpRequest, pk: int, token: UUID) -> HttpResponse:
    programme = _found(pk)
    draft = _draft(request, token)
    initial = {"source": draft["source"], "saved": draft["saved"], "name": draft["name"]} if "source" in draft else None
    form = AudienceForm(posted(request), initial=initial, conditions=draft.get("conditions"))
    if form.is_valid():
        if people_matching(form.conditions, on=clock.today()).exists():
            saved = form.cleaned_data["saved"].pk if form.uses_saved else None
            source = form.cleaned_data["source"] or "rule"
            name = form.cleaned_data["name"]
            _keep(request, token, conditions=form.conditions, source=source, saved=saved, name=name)
            return redirect("assign-due", pk, token)
        form.add_error(None, _("Nobody matches this audience."))
    context = {"programme": programme, "form": form, **_steps(request, programme, token)}
    context["reach"] = reach_shown(form, draft.get("conditions", []))
    return render(request, "courses/programmes/assign_audience.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def assign_due(request: HttpRequest, pk: int, token: UUID) -> HttpResponse:
    programme = _found(pk)
    draft = _draft(request, token)
    if "conditions" not in draft:
        return redirect("assign-audience", pk, token)
    form = TermsForm(posted(request), initial=draft.get("due"))
    if form.is_valid():
        _keep(request, token, due=_kept(form.terms))
        return redirect("assign-check", pk, token)
    context = {"programme": programme, "form": form, **_steps(request, programme, token)}
    return render(request, "courses/programmes/assign_due.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def assign_check(request: HttpRequest, pk: int, token: UUID) -> HttpResponse:
    """Say in one sentence what will happen, show to whom, and do it."""
    if known := Assignment.objects.filter(token=token).first():
        return _to_work(known)
    programme = _found(pk)
    draft = _draft(request, token)
    if "due" not in draft:
        return redirect("assign-due", pk, token)
    terms = _terms(draft)
    if request.method == "POST":
        try:
            return _to_work(_assign(request, programme, draft, terms, token))
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return _back_to(refusal, pk, token)
    context = {"programme": programme, **_steps(request, programme, token)}
    context |= _outlook(request, programme, draft, terms)
    context["problems"] = problems(programme, programme.version) if context["ahead"] else []
    return render_page(request, "courses/programmes/assign_check.html", context, partial="people")


def _back_to(refusal: Refused, pk: int, token: UUID) -> HttpResponse:
    """The step at which the refusal can be put right."""
    if refusal.code in {"programme_incomplete", "programme_empty"}:
        return redirect("programme-stages", pk)
    at_due = (refusal.field or "").startswith(("due", "starts"))
    return redirect("assign-due" if at_due else "assign-audience", pk, token)


@transaction.atomic
def _assign(request: HttpRequest, programme: Programme, draft: Draft, terms: Terms, token: UUID) -> Assignment:
    if programme.status == ProgrammeStatus.DRAFT:
        programme = publish(programme, by=me(request), at=clock.now())
    if draft["saved"]:
        audience = get_object_or_404(Audience, pk=draft["saved"])
    else:
        audience = save_audience(draft["name"], draft["conditions"], owner=me(request))
    return assign(programme, audience, by=me(request), on=clock.today(), terms=terms, token=token)


def _to_work(assignment: Assignment) -> HttpResponse:
    return redirect("job", assignment.job_id) if assignment.job_id else redirect("assignment", assignment.pk)


def _kept(terms: Terms) -> Draft:
    """The terms as the form asks for them, for the session."""
    due, start = terms.due, terms.start
    return {
        "rule": due.rule,
        "due_on": due.on and due.on.isoformat(),
        "due_days": due.days,
        "starts": start.rule,
        "starts_on": start.on and start.on.isoformat(),
        "standing": terms.standing,
    }


def _terms(draft: Draft) -> Terms:
    kept = draft["due"]
    due = Due(kept["rule"], _day(kept["due_on"]), kept["due_days"])
    return Terms(due, Start(kept["starts"], _day(kept["starts_on"])), kept["standing"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _outlook(request: HttpRequest, programme: Programme, draft: Draft, terms: Terms) -> dict[str, Any]:
    today = clock.today()
    conditions = draft["conditions"]
    plan = preview(programme, conditions, terms, on=today)
    people = people_matching(conditions, on=today).select_related("department").order_by("sort_key", "pk")
    page = paginate(request, people)
    return {
        "plan": plan,
        "sentence": sentence(plan, terms, publishes=programme.status == ProgrammeStatus.DRAFT),
        "who": describe(conditions),
        "page": page,
        "rows": _rows(list(page), programme, plan, terms, today),
    }


def _rows(
    people: list[User], programme: Programme, plan: Preview, terms: Terms, today: date
) -> list[tuple[User, date | None, str]]:
    """Each person with the day, and whether it is an exception, new in all courses or not in all."""
    hired = [(person.pk, person.hired_on) for person in people]
    found = outlook(programme, programme.version, terms, hired, on=today)
    courses = [reach.course for reach in plan.courses]
    learning = set(
        Enrolment.objects.open().filter(person__in=people, course__in=courses).values_list("person_id", flat=True)
    )
    rows: list[tuple[User, date | None, str]] = []
    for person in people:
        if person.pk in found.failed:
            rows.append((person, found.failed[person.pk].day, "exception"))
        else:
            rows.append((person, found.days[person.pk], "learning" if person.pk in learning else "new"))
    return rows


def sentence(plan: Preview, terms: Terms, *, publishes: bool = False) -> str:
    """What the confirmed plan will do: how many people, who learns part of it, what is new, from and by when."""
    values: dict[str, Any] = {"people": plan.people, "learning": plan.learning, "exceptions": plan.exceptions}
    values |= {"new": plan.new, "same": plan.same, "courses": len(plan.courses)}
    parts = [_("The programme is published")] if publishes else []
    parts.append(_("%(people)s people") % values)
    if plan.learning:
        parts.append(_("%(learning)s of them are learning part of it already and keep their date") % values)
    if plan.exceptions:
        parts.append(
            _("%(exceptions)s of them have a date that can't be met and are listed for you to decide") % values
        )
    made = _("new: %(same)s people × %(courses)s courses") if plan.same is not None else _("new: %(new)s enrolments")
    parts.append(made % values)
    parts += [start_words(terms.start), due_words(terms.due)]
    if terms.standing:
        parts.append(_("whoever joins later gets it too"))
    return pgettext("clauses", ", ").join(parts) + pgettext("clauses", ".")


def start_words(start: Start) -> str:
    if start.rule == Starts.FIXED and start.on:
        return _("starting on %(day)s") % {"day": date_format(start.on, "DATE_FORMAT")}
    return _("starting on the hire date") if start.rule == Starts.HIRE_DATE else _("starting today")


def due_words(due: Due) -> str:
    if due.rule == DueRule.FIXED and due.on:
        return _("due on %(day)s") % {"day": date_format(due.on, "DATE_FORMAT")}
    texts = {
        DueRule.STAGES: _("each item due at the end of its stage"),
        DueRule.AFTER_HIRE: _("due %(days)s days after being hired"),
        DueRule.AFTER_ASSIGNMENT: _("due %(days)s days after today"),
        DueRule.AFTER_SESSION: _("due %(days)s days after the last class"),
        DueRule.BEFORE_EXPIRY: _("due %(days)s days before the certificate expires"),
    }
    return texts[DueRule(due.rule)] % {"days": due.days}
