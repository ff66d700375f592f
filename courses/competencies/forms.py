from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.competencies.actions import LevelText, save_competency, save_group
from courses.competencies.models import (
    FEWEST_LEVELS,
    MOST_LEVELS,
    Competency,
    CompetencyGroup,
    CompetencyLevel,
    FrameworkVersion,
)
from courses.competencies.versions import publish_framework
from trainingsite.core import clock
from trainingsite.people.models import User

LANGUAGES = {"zh_hant": "zh-hant", "en": "en"}
NUMBERS = range(1, MOST_LEVELS + 1)


class GroupForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=100)
    title_zh_hant = forms.CharField(label=_("Title in Traditional Chinese"), required=False, max_length=100)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=100)

    half_width = ("title_zh_hant", "title_en")

    def __init__(self, *args: Any, group: CompetencyGroup | None = None, **kwargs: Any) -> None:
        self.group = group
        if group:
            kwargs["initial"] = {"title": group.title, **_other_languages(group.translations, ("title",))}
        super().__init__(*args, **kwargs)

    def save(self) -> CompetencyGroup:
        translations = _translations(self.cleaned_data, ("title",))
        return save_group(self.group, title=self.cleaned_data["title"], translations=translations)


class CompetencyForm(forms.Form):
    """A competency with up to five levels, lowest first; those left empty at the end are not made."""

    group = forms.ModelChoiceField(CompetencyGroup.objects.all(), label=_("Group"), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=100)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence: what it is good for."),
    )
    title_zh_hant = forms.CharField(label=_("Title in Traditional Chinese"), required=False, max_length=100)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=100)
    summary_zh_hant = forms.CharField(label=_("Summary in Traditional Chinese"), required=False, max_length=300)
    summary_en = forms.CharField(label=_("Summary in English"), required=False, max_length=300)

    half_width = ("group", "title", "title_zh_hant", "title_en", "summary_zh_hant", "summary_en")
    more_fields = ("title_zh_hant", "title_en", "summary_zh_hant", "summary_en")

    def __init__(self, *args: Any, competency: Competency | None = None, **kwargs: Any) -> None:
        self.competency = competency
        self.levels = {level.number: level for level in competency.levels.all()} if competency else {}
        if competency:
            kwargs["initial"] = self._shown(competency)
        super().__init__(*args, **kwargs)
        for number in NUMBERS:
            self.fields[f"level_{number}"] = forms.CharField(
                label=_("Level %(n)s: name") % {"n": number}, max_length=40, required=number <= FEWEST_LEVELS
            )
            self.fields[f"behaviours_{number}"] = forms.CharField(
                label=_("What somebody on level %(n)s is seen to do") % {"n": number},
                max_length=2000,
                required=number <= FEWEST_LEVELS,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("One a line, each after “- ”; what can be seen, heard or counted.") if number == 1 else "",
            )
        self.order_fields(["group", "title", "summary", *self._level_names()])

    def clean(self) -> dict[str, Any]:
        """A level has a name and behaviours, and none is left out between two others."""
        data = super().clean() or self.cleaned_data
        last = max((n for n in NUMBERS if data.get(f"level_{n}") or data.get(f"behaviours_{n}")), default=0)
        for name in self._level_names():
            if int(name[-1]) <= last and not data.get(name) and name not in self.errors:
                self.add_error(name, gettext("This level is not complete."))
        return data

    def save(self) -> Competency:
        """Make the competency, or change the one that the form was made for."""
        fields = {name: self.cleaned_data[name] for name in ("group", "title", "summary")}
        fields["translations"] = _translations(self.cleaned_data, ("title", "summary"))
        return save_competency(self.competency, levels=list(self._typed()), **fields)

    def _typed(self) -> Iterator[LevelText]:
        for number in NUMBERS:
            title, behaviours = self.cleaned_data[f"level_{number}"], self.cleaned_data[f"behaviours_{number}"]
            if title:
                behaviours = behaviours.replace("\r\n", "\n").strip()
                kept = _still_right(self.levels.get(number), title, behaviours)
                yield {"title": title, "behaviours": behaviours, "translations": kept}

    def _shown(self, competency: Competency) -> dict[str, Any]:
        initial = {"group": competency.group_id, "title": competency.title, "summary": competency.summary}
        initial |= _other_languages(competency.translations, ("title", "summary"))
        for number, level in self.levels.items():
            initial |= {f"level_{number}": level.title, f"behaviours_{number}": level.behaviours}
        return initial

    @staticmethod
    def _level_names() -> list[str]:
        return [f"{name}_{number}" for number in NUMBERS for name in ("level", "behaviours")]


class PublishForm(forms.Form):
    notes = forms.CharField(
        label=_("What is new"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the version, for those who compare later."),
    )

    def save(self, *, by: User) -> FrameworkVersion:
        return publish_framework(self.cleaned_data["notes"], by=by, at=clock.now())


def _still_right(level: CompetencyLevel | None, title: str, behaviours: str) -> dict[str, dict[str, str]]:
    """The translations of the level's texts that were not changed; the others would say what is no longer meant."""
    if level is None:
        return {}
    same = {name for name, new in (("title", title), ("behaviours", behaviours)) if getattr(level, name) == new}
    kept = {
        language: {name: text for name, text in texts.items() if name in same}
        for language, texts in level.translations.items()
    }
    return {language: texts for language, texts in kept.items() if texts}


def _other_languages(translations: dict[str, dict[str, str]], names: tuple[str, ...]) -> dict[str, str]:
    return {
        f"{name}_{suffix}": translations.get(language, {}).get(name, "")
        for suffix, language in LANGUAGES.items()
        for name in names
    }


def _translations(data: dict[str, Any], names: tuple[str, ...]) -> dict[str, dict[str, str]]:
    texts = {
        language: {name: data[f"{name}_{suffix}"] for name in names if data[f"{name}_{suffix}"]}
        for suffix, language in LANGUAGES.items()
    }
    return {language: named for language, named in texts.items() if named}
