"""The browser's door to the acts on courses and units."""

from typing import Any, cast

from django import forms
from django.db import transaction
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from courses.competencies.actions import set_teaches
from courses.competencies.fields import TeachesField
from courses.curriculum.actions import add_unit, change_course, change_unit, create_course
from courses.curriculum.articles import ARTICLE
from courses.curriculum.models import Course, CourseStatus, Method, Unit
from courses.media.markdown import check as check_markdown
from courses.prerequisites.actions import set_prerequisites
from courses.topics.fields import TopicField
from courses.topics.models import Topic
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

OBJECTIVES = ("knowledge", "skill", "attitude")
LANGUAGES = {"zh_hant": "zh-hant", "en": "en"}
TEXTS = ("title", "summary")
MAX_MINUTES = 600
MAX_ESTIMATE = 6000
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

    half_width = (
        *("topic", "level", "language", "own_minutes", "code", "owner"),
        *("title_zh_hant", "title_en", "summary_zh_hant", "summary_en"),
    )
    more_fields = (
        *("methods", "teaches", "prerequisites", "knowledge", "skill", "attitude"),
        *("language", "own_minutes", "owner", "code"),
        *("title_zh_hant", "title_en", "summary_zh_hant", "summary_en"),
    )

    topic = TopicField(label=_("Topic"))
    methods = forms.MultipleChoiceField(
        label=_("Methods"), choices=Method.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    teaches = TeachesField(
        label=_("Competencies taught"),
        required=False,
        help_text=_("Each with the level that somebody has reached who completes the course."),
    )
    prerequisites = forms.ModelMultipleChoiceField(
        Course.objects.none(),
        label=_("Has to be completed first"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-search": _("Search the courses")}),
    )
    own_minutes = forms.IntegerField(
        label=_("Estimated minutes"),
        required=False,
        min_value=1,
        max_value=MAX_ESTIMATE,
        help_text=_("Shown while the course has no units; then their minutes count."),
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
        fields = ["title", "topic", "level", "summary", "methods", "language", "own_minutes", "owner", "code"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "owner": forms.Select(attrs={"data-search": _("Search the people")}),
        }
        help_texts = {
            "summary": _("One sentence: what somebody can do after this course."),
            "code": _("Stands in reports and imports. Left empty, it is made from the title."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = cast("forms.ModelChoiceField[Topic]", self.fields["topic"])
        topics.queryset = Topic.objects.filter(Q(retired_at=None) | Q(pk=self.instance.topic_id))
        self.fields["language"].required = False
        self._offer_prerequisites()
        owners = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        makers = User.objects.filter(grants__role__in=[Role.HR, Role.INSTRUCTOR]).values("pk")
        owners.queryset = User.objects.filter(pk__in=makers).by_name()
        self.fields["code"].required = False
        self.initial.update(self._kept(), code=self.instance.code)

    def _offer_prerequisites(self) -> None:
        """Every course that is not retired; one that would close a loop is refused with the loop by name."""
        needs = cast("forms.ModelMultipleChoiceField[Course]", self.fields["prerequisites"])
        chosen = list(self.instance.prerequisites.values_list("pk", flat=True)) if self.instance.pk else []
        offered = Course.objects.exclude(Q(status=CourseStatus.RETIRED) & ~Q(pk__in=chosen))
        needs.queryset = offered.exclude(pk=self.instance.pk).order_by("title")
        self.initial["prerequisites"] = chosen
        if self.instance.pk:
            self.initial["teaches"] = [f"{row.competency_id}:{row.level}" for row in self.instance.teaches.all()]

    def _kept(self) -> dict[str, str]:
        """What the course's JSON holds, as texts of the fields."""
        kept = {name: "\n".join(self.instance.objectives.get(name, [])) for name in OBJECTIVES}
        for suffix, language in LANGUAGES.items():
            texts = self.instance.translations.get(language, {})
            kept.update({f"{name}_{suffix}": texts.get(name, "") for name in TEXTS})
        return kept

    @transaction.atomic
    def save_by(self, user: User) -> Course:
        """Create or change the course with what it needs and teaches; Refused is for the caller to show."""
        course = self._save_facts(user)
        set_prerequisites(course, self.cleaned_data["prerequisites"])
        set_teaches(course, self.cleaned_data["teaches"])
        return course

    def _save_facts(self, user: User) -> Course:
        fields = {name: self.cleaned_data[name] for name in self._meta.fields or []}
        fields["objectives"] = {name: self._list(name) for name in OBJECTIVES if self._list(name)}
        fields["language"] = fields["language"] or self.instance.language
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
