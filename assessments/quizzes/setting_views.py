"""The settings of a quiz, with presets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.acts import GIVE_OVERRIDES
from assessments.quizzes.found import quiz_or_404
from assessments.quizzes.presets import PRESETS
from assessments.quizzes.setting_forms import SettingsForm, preset_values
from courses.acts import EDIT_COURSES
from courses.curriculum.drafts import held
from trainingsite.core import clock
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def quiz_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """The settings in groups; a preset fills them in, and nothing is kept before it is saved."""
    quiz = quiz_or_404(request, pk)
    refusal = held(quiz.unit)
    preset = None if refusal else PRESETS.get(request.GET.get("preset", ""))
    initial = preset_values(preset.values, quiz) if preset else None
    form = SettingsForm(posted(request), instance=quiz, initial=initial, held=bool(refusal))
    if form.is_bound and form.is_valid() and form.save_at(quiz, clock.now()):
        messages.success(request, _("The settings were saved."))
        return redirect("quiz-settings", pk)
    context = {
        "quiz": quiz,
        "unit": quiz.unit,
        "course": quiz.unit.course,
        "form": form,
        "groups": form.groups(),
        "held": refusal,
        "presets": list(PRESETS.items()),
        "preset": preset,
        "tab": "settings",
        "may_give": me(request).may(GIVE_OVERRIDES),
    }
    return render(request, "assessments/quizzes/settings.html", context, status=422 if form.errors else 200)
