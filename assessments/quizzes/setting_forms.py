"""The settings of a quiz as a form in groups that fold, each of which says what is not as usual."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.quizzes.fields import BandsField, ReviewField
from assessments.quizzes.models import Behaviour, Quiz, TimeEnds
from assessments.quizzes.settings import HOURS, SETTINGS, save_settings, usual
from courses.sessions.fields import MomentField
from trainingsite.core.errors import Refused, show_refusal

if TYPE_CHECKING:
    QuizModelForm = forms.ModelForm[Quiz]
else:
    QuizModelForm = forms.ModelForm  # generic for the type checker alone

SWITCHES = ("shuffle", "shuffle_options", "practice", "one_device", "anonymous", "second_marker")
GROUPS: tuple[tuple[Promise, str, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Passing and attempts"),
        "target",
        ("pass_mark", "max_attempts", "counts", "cooldown_minutes", "practice"),
    ),
    (
        pgettext_lazy("settings of a quiz", "Time"),
        "clock",
        ("time_limit_minutes", "opens_at", "closes_at", "when_time_ends", "grace_minutes"),
    ),
    (
        gettext_lazy("How it is answered"),
        "pencil",
        ("behaviour", "tries", "penalty", "shuffle", "shuffle_options", "one_device"),
    ),
    (gettext_lazy("What is shown when"), "eye", ("review", "bands")),
    (
        gettext_lazy("Marking and appeals"),
        "checkbox",
        ("anonymous", "second_marker", "gap_percent", "appeal_days", "answer_days"),
    ),
)
HALF = {
    *("pass_mark", "max_attempts", "counts", "cooldown_minutes", "opens_at", "closes_at", "tries", "penalty"),
    *("time_limit_minutes", "grace_minutes", "gap_percent", "appeal_days", "answer_days"),
}
HELP = {
    "pass_mark": gettext_lazy("Who reaches it has passed."),
    "max_attempts": gettext_lazy("Left empty: as often as wanted."),
    "counts": gettext_lazy("Which attempt decides about passing and stands in the gradebook."),
    "cooldown_minutes": gettext_lazy("How long to wait after an attempt before the next. 0: not at all."),
    "practice": gettext_lazy("Nothing counts: no pass, no gradebook, no statistics; it can always be stopped."),
    "time_limit_minutes": gettext_lazy("Left empty: as long as it takes."),
    "opens_at": gettext_lazy("Left empty: at once. May be changed at any time."),
    "closes_at": gettext_lazy("Left empty: never. Open attempts end then at the latest. May be changed at any time."),
    "grace_minutes": gettext_lazy("Nothing can be answered any more, only handed in."),
    "tries": gettext_lazy("How often a question may be checked."),
    "penalty": gettext_lazy("Taken off the question’s points for each wrong try."),
    "shuffle": gettext_lazy("Each person gets an order of the own."),
    "shuffle_options": gettext_lazy("Each person gets the options in an order of the own."),
    "one_device": gettext_lazy("Whoever goes on at another device answers there only."),
    "bands": gettext_lazy("What somebody reads who reached at least this score."),
    "review": gettext_lazy("Nothing that is not ticked here is shown by page or API."),
    "anonymous": gettext_lazy("Who marks does not see whose answer it is."),
    "second_marker": gettext_lazy("Answers that people mark get two marks, independently of each other."),
    "gap_percent": gettext_lazy("Two marks further apart than this go to a third person; else their mean counts."),
    "appeal_days": gettext_lazy("How long after the result somebody may appeal. 0: never."),
}
# Which settings matter only with certain others; the page hides them else.
ONLY_WITH = {
    "tries": ("behaviour", (Behaviour.INTERACTIVE,)),
    "penalty": ("behaviour", (Behaviour.INTERACTIVE, Behaviour.ADAPTIVE)),
    "grace_minutes": ("when_time_ends", (TimeEnds.GRACE,)),
}


@dataclass(frozen=True)
class Setting:
    """One setting on the page; `usual` says what it would be if nobody had changed it, "" when it is that."""

    field: BoundField
    half: bool
    usual: str = ""
    only_with: str = ""


@dataclass(frozen=True)
class Group:
    """Settings that belong together; `changed` says in words what is not as usual."""

    title: Promise
    icon: str
    settings: list[Setting]
    changed: list[str]
    open: bool


class SettingsForm(QuizModelForm):
    """Every setting; of a quiz that learners have only the hours can be changed (`held`)."""

    opens_at = MomentField(label=gettext_lazy("opens"), required=False)
    closes_at = MomentField(label=gettext_lazy("closes"), required=False)
    review = ReviewField(label=gettext_lazy("what is shown when"), required=False)
    bands = BandsField(label=gettext_lazy("feedback by score"), required=False)

    class Meta:
        model = Quiz
        fields = SETTINGS
        help_texts = HELP
        widgets = {
            "behaviour": forms.RadioSelect,
            "when_time_ends": forms.RadioSelect,
            **{name: forms.CheckboxInput(attrs={"role": "switch"}) for name in SWITCHES},
        }

    def __init__(self, *args: Any, held: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.help_text = field.help_text or HELP.get(name, "")
            field.disabled = held and name not in HOURS
        for name in ("behaviour", "when_time_ends"):
            self.fields[name].help_text = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        return given

    def save_at(self, quiz: Quiz, at: datetime) -> Quiz | None:
        """The quiz with its settings; None when the rules refuse one, and the form then says why at the field."""
        try:
            return save_settings(quiz, {name: self.cleaned_data[name] for name in SETTINGS}, at=at)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None

    def groups(self) -> list[Group]:
        """The groups; open are the first, those with a mistake, and none besides."""
        return [self._group(number, *group) for number, group in enumerate(GROUPS)]

    def _group(self, number: int, title: Promise, icon: str, names: Iterable[str]) -> Group:
        as_usual = usual()
        differing = {name: value for name in names if (value := self._value(name)) != as_usual[name]}
        often = {name: in_words(name, as_usual[name]) for name in differing}
        shown = [Setting(self[name], name in HALF, often.get(name, ""), only_with(name)) for name in names]
        changed = [f"{self.fields[name].label}: {in_words(name, value)}" for name, value in differing.items()]
        return Group(title, icon, shown, changed, open=number == 0 or bool(self.errors.keys() & set(names)))

    def _value(self, name: str) -> Any:
        """What stands in the form: as sent if it can be read, else as it began."""
        if self.is_bound and name in getattr(self, "cleaned_data", {}):
            return self.cleaned_data[name]
        return self.initial.get(name)


def only_with(name: str) -> str:
    """For the page: "behaviour:interactive adaptive"."""
    other, values = ONLY_WITH.get(name, ("", ()))
    return f"{other}:{' '.join(values)}" if other else ""


def in_words(name: str, value: Any) -> str:
    """A value of a setting as people say it."""
    field: Any = Quiz._meta.get_field(name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None:
        return _("no limit") if name in {"max_attempts", "time_limit_minutes"} else "–"
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    if name == "review":
        return _("as ticked below") if value != usual()["review"] else _("the right answers in the end")
    if name == "bands":
        return str(len(value))
    return str(dict(field.flatchoices).get(value, value))


def preset_values(values: Mapping[str, Any], quiz: Quiz) -> dict[str, Any]:
    """What the form begins with when a preset was chosen."""
    return {name: values.get(name, getattr(quiz, name)) for name in SETTINGS}
