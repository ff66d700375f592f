"""The pages of whoever runs a session for its papers; ticking what was to be done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from courses.acts import RUN_SESSIONS, VIEW_COURSES
from courses.attendance.running import mine_to_run
from courses.media.forms import limits_in_words
from courses.session_papers.actions import remove_material, tell_who_was_there, tick, who_was_there
from courses.session_papers.forms import MaterialForm, MinutesForm, todo_forms, todos_of
from courses.session_papers.models import SessionMaterial, SessionMinutes, SessionToDo
from courses.session_papers.shown import address
from courses.sessions.rights import run_by
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(RUN_SESSIONS)
def materials(request: HttpRequest, pk: int) -> HttpResponse:
    """The materials, and a form for another one."""
    found = mine_to_run(request, pk)
    form = MaterialForm(posted(request), request.FILES or None)
    if form.is_valid() and (added := form.save(found, by=me(request))):
        messages.success(request, _("“%(title)s” added.") % {"title": added})
        return redirect("session-materials", pk)
    rows = [(each, address(each.media, each.url)) for each in found.materials.for_guests()]
    context = {"session": found, "form": form, "rows": rows, "limits": limits_in_words(MaterialForm.kinds)}
    status = 422 if form.errors else 200
    return render(request, "courses/session_papers/materials.html", context, status=status)


@require_POST
@allowed(RUN_SESSIONS)
def material_remove(request: HttpRequest, pk: int) -> HttpResponse:
    material = get_object_or_404(SessionMaterial.objects.filter(session__in=run_by(me(request))), pk=pk)
    remove_material(material, by=me(request))
    messages.success(request, _("“%(title)s” taken away.") % {"title": material})
    return redirect("session-materials", material.session_id)


@require_http_methods(["GET", "POST"])
@allowed(RUN_SESSIONS)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes, with what was decided and who is to do what; add the recording."""
    found = mine_to_run(request, pk)
    known = SessionMinutes.objects.filter(session=found).select_related("recording").first()
    form = MinutesForm(posted(request), request.FILES or None, minutes=known)
    todos = todo_forms(found, posted(request))
    good = request.method == "POST" and all([form.is_valid(), todos.is_valid()])
    if good and form.save(found, todos_of(todos), by=me(request)):
        messages.success(request, _("The minutes are saved."))
        return redirect("session", pk)
    told = known.told_at if known else None
    context = {"session": found, "form": form, "todos": todos, "told": told, "present": form.present}
    context["limits"] = limits_in_words(MinutesForm.kinds)
    status = 200 if request.method == "GET" else 422
    return render(request, "courses/session_papers/minutes.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allowed(RUN_SESSIONS)
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom it reaches, then tell those who were there, once."""
    found = mine_to_run(request, pk)
    if request.method == "GET":
        context = {"session": found, "people": len(who_was_there(found))}
        return render(request, "courses/session_papers/tell.html", context)
    try:
        number = tell_who_was_there(found, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        text = ngettext("%(n)s person was told.", "%(n)s people were told.", number)
        messages.success(request, text % {"n": number})
    return redirect("session", pk)


@require_POST
@allowed(VIEW_COURSES)
def todo_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """The person whose task it is, or whoever runs the session, notes that it is done."""
    todo = get_object_or_404(SessionToDo.objects.visible_to(me(request)), pk=pk)
    tick(todo, done="undo" not in request.POST, at=clock.now())
    return redirect("session", todo.session_id)
