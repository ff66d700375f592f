"""The browser's door to the papers of a session."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.media.actions import store
from courses.media.forms import file_field
from courses.media.models import Media, MediaKind
from courses.session_papers.actions import Paper, ToDo, add_material, save_minutes
from courses.session_papers.models import SessionMaterial, SessionMinutes, When
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User

MAX_TEXT = 50_000
WEB = URLValidator(schemes=["https", "http"])


class KeptFileForm(forms.Form):
    """A form with a file that is sent along, or was kept already and is named by `kept`, its digest."""

    kinds: tuple[MediaKind, ...] = ()

    kept = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_kept(self) -> Media | None:
        key = self.cleaned_data["kept"]
        media = Media.objects.filter(sha256=key, kind__in=self.kinds).first() if key else None
        if key and media is None:
            raise forms.ValidationError(_("The file is not in the library any more; choose it anew."))
        return media

    def file_by(self, user: User) -> Media | None:
        """What the form brings."""
        if upload := self.cleaned_data.get("file"):
            return store(upload, by=user, kinds=self.kinds)
        kept: Media | None = self.cleaned_data.get("kept")
        return kept


class MaterialForm(KeptFileForm):
    kinds = (MediaKind.DOCUMENT, MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO)

    when = forms.ChoiceField(
        label=pgettext_lazy("material", "For when"), choices=When.choices, initial=When.BEFORE, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Empty: the name of the file."),
    )
    file = file_field(*kinds, label=gettext_lazy("File"), required=False)
    url = forms.CharField(
        label=gettext_lazy("or a link"),
        max_length=500,
        required=False,
        validators=[WEB],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    half_width = ("when", "title")

    def save(self, session: Session, *, by: User) -> SessionMaterial | None:
        """The material; None when it was refused, and the form says why."""
        given = self.cleaned_data
        try:
            media = self.file_by(by)
            return add_material(session, title=given["title"], when=given["when"], media=media, url=given["url"], by=by)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


class MinutesForm(KeptFileForm):
    kinds = (MediaKind.VIDEO, MediaKind.AUDIO)

    text = forms.CharField(
        label=pgettext_lazy("session", "Minutes"),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("# makes a heading, - a list, **two stars** bold (Markdown)."),
    )
    decisions = forms.CharField(
        label=gettext_lazy("Decisions"),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One decision a line, each begun with -, reads best."),
    )
    file = file_field(*kinds, label=gettext_lazy("Recording"), required=False)
    recording_url = forms.CharField(
        label=gettext_lazy("or a link to the recording"),
        max_length=500,
        required=False,
        validators=[WEB],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    without = forms.BooleanField(label=gettext_lazy("Take the present recording away"), required=False)
    half_width = ("file", "recording_url")

    def __init__(self, *args: Any, minutes: SessionMinutes | None, **kwargs: Any) -> None:
        names = ("text", "decisions", "recording_url")
        kwargs["initial"] = {name: getattr(minutes, name) for name in names} if minutes else {}
        super().__init__(*args, **kwargs)
        self.present = minutes.recording if minutes else None
        if self.present is None:
            del self.fields["without"]

    def save(self, session: Session, todos: list[ToDo], *, by: User) -> SessionMinutes | None:
        """The minutes; None when they were refused, and the form says why."""
        given = self.cleaned_data
        try:
            recording = self.file_by(by) or (None if self._goes() else self.present)
            paper = Paper(given["text"], given["decisions"], recording, given["recording_url"], todos)
            return save_minutes(session, paper, by=by, at=clock.now())
        except Refused as refusal:
            show_refusal(self, refusal)
            return None

    def _goes(self) -> bool:
        """A link takes the place of the present file."""
        return bool(self.cleaned_data.get("without") or self.cleaned_data["recording_url"])


class ToDoForm(forms.Form):
    """One thing to do; an empty text leaves it out."""

    text = forms.CharField(label=pgettext_lazy("session", "To do"), max_length=200, required=False)
    person = forms.ModelChoiceField(User.objects.none(), label=pgettext_lazy("session", "Who"), required=False)
    due_on = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=DayInput)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text") and (given.get("person") or given.get("due_on")):
            self.add_error("text", _("Say what is to be done."))
        if given.get("text") and not self.errors and not (given.get("person") or given.get("due_on")):
            self.add_error("person", _("Fill in who does it or by when, at least one of the two."))
        return given


ToDoFormSet = forms.formset_factory(ToDoForm, extra=3, max_num=40, validate_max=True)


def todo_forms(session: Session, data: Any = None) -> Any:
    """The to-dos of a session with some empty lines; for those who take part in it or give it."""
    mine = Q(session_places__session=session, session_places__seat__isnull=False)
    people = User.objects.filter(mine | Q(instructor__teachings__session=session)).distinct().order_by("sort_key")
    initial = list(session.todos.values("text", "person", "due_on"))
    return ToDoFormSet(data, initial=initial, prefix="todo", form_kwargs={"people": people})


def todos_of(formset: Any) -> list[ToDo]:
    """What the lines say, those that are empty left out."""
    rows = (form.cleaned_data for form in formset)
    return [
        ToDo(row["text"], row["person"].pk if row["person"] else None, row["due_on"]) for row in rows if row.get("text")
    ]
