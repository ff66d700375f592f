from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.audiences.forms import AudienceForm
from courses.curriculum.kinds import assessing_kinds
from courses.curriculum.models import Course, Unit
from courses.refreshers.actions import MOST_DAYS, save_refresher
from courses.refreshers.models import Refresher
from courses.refreshers.recurrence import Frequency, frequency_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User


class RefresherForm(forms.Form):
    """The quiz of a course, every month or quarter; for whom is asked by an AudienceForm beside it."""

    course = forms.ModelChoiceField(Course.objects.none(), label=gettext_lazy("Quiz of the course"))
    frequency = forms.ChoiceField(label=gettext_lazy("How often"), choices=Frequency.choices)
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DayInput(),
        help_text=gettext_lazy("It comes again on this day of the month; in shorter months on their last day."),
    )
    days_to_complete = forms.IntegerField(
        label=gettext_lazy("Days to complete"), min_value=1, max_value=MOST_DAYS, initial=14
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Optional; else the course's title."),
    )

    half_width = ("course", "frequency", "starts_on", "days_to_complete")

    def __init__(self, *args: Any, refresher: Refresher | None = None, **kwargs: Any) -> None:
        self.refresher = refresher
        if refresher:
            kwargs["initial"] = {
                "course": refresher.course_id,
                "frequency": frequency_of(refresher.rrule),
                "starts_on": refresher.starts_on,
                "days_to_complete": refresher.days_to_complete,
                "title": refresher.title,
            }
        super().__init__(*args, **kwargs)
        tests = Unit.objects.in_use().filter(course=OuterRef("pk"), kind__in=assessing_kinds())
        offered = Q(pk__in=Course.objects.published().filter(Exists(tests)))
        chosen: forms.ModelChoiceField[Course] = self.fields["course"]  # type: ignore[assignment]  # it is one
        chosen.queryset = Course.objects.filter(offered | Q(pk=refresher.course_id if refresher else None)).order_by(
            "title"
        )
        chosen.empty_label = _("Choose a course with a quiz")

    def save(self, who: AudienceForm, *, by: User) -> Refresher | None:
        """The saved refresher, or None when a rule said no; the refusal then stands at its field."""
        try:
            audience = who.audience(by)
            return save_refresher(self.refresher, audience=audience, by=by, on=clock.today(), **self.cleaned_data)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None
