"""A learner's notebook: the notes and bookmarks of all courses, to find again."""

from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from courses.acts import LEARN
from courses.curriculum.models import Course
from courses.player.models import Bookmark, Note
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me


class NoteFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label=gettext_lazy("Words in the note"))
    course = django_filters.ModelChoiceFilter(
        field_name="enrolment__course", queryset=Course.objects.none(), label=gettext_lazy("Course")
    )

    class Meta:
        model = Note
        fields = ["q", "course"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        learnt = Course.objects.filter(enrolments__in=self.queryset.values("enrolment")).distinct()
        self.filters["course"].queryset = learnt.order_by("title")


@require_GET
@allowed(LEARN)
def notebook(request: HttpRequest) -> HttpResponse:
    """My notes, the newest first, and the units I marked."""
    shown = NoteFilter(request.GET, queryset=_notes(request))
    marked = Bookmark.objects.visible_to(me(request)).filter(is_set=True)
    context = {
        "filter": shown,
        "page": paginate(request, shown.qs),
        "bookmarks": list(marked.select_related("unit", "enrolment__course")[:100]),
    }
    return render_page(request, "courses/player/notebook.html", context, partial="rows")


@require_GET
@allowed(LEARN)
def notebook_export(request: HttpRequest) -> StreamingHttpResponse:
    """The notes that the list shows, to keep elsewhere."""
    notes = NoteFilter(request.GET, queryset=_notes(request)).qs
    heading = [_("course"), pgettext("course", "unit"), pgettext("learner", "note"), _("written on")]
    rows = ([str(n.enrolment.course), str(n.unit), n.text, n.written_at.date()] for n in notes.iterator())
    return csv_download("notes", heading, rows)


def _notes(request: HttpRequest) -> Any:
    return Note.objects.visible_to(me(request)).select_related("unit", "enrolment__course")
