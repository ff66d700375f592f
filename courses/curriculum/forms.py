"""The browser's door to the acts on courses and units."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from courses.curriculum.actions import add_unit, change_course, change_unit, create_course
from courses.curriculum.articles import ARTICLE
from courses.curriculum.models import Course, Unit
from courses.media.markdown import check as check_markdown
from courses.topics.models import Topic
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

OBJECTIVES = ("knowledge", "skill", "attitude")
LANGUAGES = {"zh_hant": "zh-hant", "en": "en"}
TEXTS = ("title", "summary")
MAX_MINUTES = 600
MAX_TEXT = 50_000


def _lines(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )


class CourseForm(forms.ModelForm[Course]):
    """A course; what is seldom needed is folded away."""

    half_width = ("topic", "level", "code", "owner", "title_zh_hant", "title_en", "summary_zh_hant", "summary_en")
    more_fields = (
        *("knowledge", "skill", "attitude", "code", "owner"),
        *("title_zh_hant", "title_en", "summary_zh_hant", "summary_en"),
    )

    knowledge = _lines(_("What learners will know"))
    skill = _lines(_("What they will be able to do"))
    attitude = _lines(_("What they will hold to"))
    title_zh_hant = forms.CharField(label=_("Title in Traditional Chinese"), required=False, max_length=100)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=100)
    summary_zh_hant = forms.CharField(label=_("Summary in Traditional Chinese"), required=False, max_length=300)
    summary_en = forms.CharField(label=_("Summary in English"), required=False, max_length=300)

    class Meta:
        model = Course
        fields = ["title", "topic", "level", "summary", "code", "owner"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "summary": _("One sentence: what somebody can do after this course."),
            "code": _("Stands in reports and imports. Left empty, it is made from the title."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = cast("forms.ModelChoiceField[Topic]", self.fields["topic"])
        topics.queryset = Topic.objects.filter(Q(retired_at=None) | Q(pk=self.instance.topic_id))
        owners = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        makers = User.objects.filter(grants__role__in=[Role.HR, Role.INSTRUCTOR]).values("pk")
        owners.queryset = User.objects.filter(pk__in=makers).by_name()
        self.fields["code"].required = False
        self.initial.update(self._kept(), code=self.instance.code)

    def _kept(self) -> dict[str, str]:
        """What the course's JSON holds, as texts of the fields."""
        kept = {name: "\n".join(self.instance.objectives.get(name, [])) for name in OBJECTIVES}
        for suffix, language in LANGUAGES.items():
            texts = self.instance.translations.get(language, {})
            kept.update({f"{name}_{suffix}": texts.get(name, "") for name in TEXTS})
        return kept

    def save_by(self, user: User) -> Course:
        """Create or change the course; Refused is for the caller to show."""
        fields = {name: self.cleaned_data[name] for name in self._meta.fields or []}
        fields["objectives"] = {name: self._list(name) for name in OBJECTIVES if self._list(name)}
        fields["translations"] = {**self.instance.translations, **self._translations()}
        if not self.initial["code"]:
            fields["owner"] = fields["owner"] or user
            return create_course(by=user, **fields)
        fields["code"] = fields["code"] or self.initial["code"]
        return change_course(self.instance, **fields)

    def _list(self, name: str) -> list[str]:
        return [line.strip(" -•\t") for line in self.cleaned_data[name].splitlines() if line.strip(" -•\t")]

    def _translations(self) -> dict[str, dict[str, str]]:
        texts = {
            language: {name: self.cleaned_data[f"{name}_{suffix}"] for name in TEXTS}
            for suffix, language in LANGUAGES.items()
        }
        return {language: {k: v for k, v in named.items() if v} for language, named in texts.items()}


class UnitForm(forms.Form):
    """What every unit has, whatever its kind."""

    title = forms.CharField(label=_("Title"), max_length=100)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MAX_MINUTES, initial=10)

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        self.unit = unit
        if unit is not None:
            kwargs["initial"] = {name: getattr(unit, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def save(self, course: Course, kind: str) -> Unit:
        """Add the unit to the course, or change the one the form was made for."""
        if self.unit is None:
            return add_unit(course, kind=kind, **self.cleaned_data)
        return change_unit(self.unit, **self.cleaned_data)


class ArticleForm(UnitForm):
    """A text in Markdown, with a preview beside it that follows the typing."""

    half_width = ("title", "minutes")

    body = forms.CharField(
        label=_("Text"),
        max_length=MAX_TEXT,
        required=False,
        strip=False,
        validators=[check_markdown],
        widget=forms.Textarea(
            attrs={
                "rows": 22,
                "class": "k-editor",
                "data-pictures": "",
                "spellcheck": "false",
                "hx-post": reverse_lazy("markdown-preview"),
                "hx-trigger": "load, input changed delay:400ms",
                "hx-target": "#preview",
                "hx-sync": "this:replace",
            }
        ),
    )


def unit_form(kind: str) -> type[UnitForm]:
    """The form for a unit of this kind; other kinds have pages of their own for the rest."""
    return ArticleForm if kind == ARTICLE else UnitForm
