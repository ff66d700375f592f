from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.topics.actions import change_topic, create_topic
from courses.topics.fields import TopicField
from courses.topics.models import MOST_LEVELS, Topic

ICONS = (
    *("book", "gavel", "package", "messages", "alert-triangle", "tools", "headset", "mood-smile", "shield-lock"),
    *("heart-handshake", "chart-histogram", "stairs", "users-group", "compass", "world"),
    *("truck-return", "receipt", "bulb"),
)
LANGUAGES = {"zh_hant": "zh-hant", "en": "en"}
TEXTS = ("title", "summary")


class TopicForm(forms.Form):
    """A topic; its texts in other languages are folded away."""

    title = forms.CharField(label=_("Title"), max_length=100)
    parent = TopicField(label=pgettext_lazy("topic", "Below"), required=False, empty_label=_("– at the top –"))
    summary = forms.CharField(
        label=_("Summary"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    icon = forms.ChoiceField(label=_("Icon"), choices=[(name, name) for name in ICONS], required=False, initial="book")
    title_zh_hant = forms.CharField(label=_("Title in Traditional Chinese"), required=False, max_length=100)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=100)
    summary_zh_hant = forms.CharField(label=_("Summary in Traditional Chinese"), required=False, max_length=300)
    summary_en = forms.CharField(label=_("Summary in English"), required=False, max_length=300)

    half_width = ("title_zh_hant", "title_en", "summary_zh_hant", "summary_en")
    more_fields = ("icon", "title_zh_hant", "title_en", "summary_zh_hant", "summary_en")

    def __init__(self, *args: Any, topic: Topic | None = None, **kwargs: Any) -> None:
        self.topic = topic
        if topic:
            kwargs["initial"] = _shown(topic)
        super().__init__(*args, **kwargs)
        parents = Q(retired_at=None, depth__lt=MOST_LEVELS)
        if topic:
            parents = parents & ~Q(path__startswith=topic.path) | Q(pk=topic.parent_id or 0)
        field: TopicField = self.fields["parent"]  # type: ignore[assignment]  # it is one
        field.queryset = Topic.objects.filter(parents)
        if topic and topic.icon not in ICONS:
            self.fields["icon"].choices = [(topic.icon, topic.icon), *self.fields["icon"].choices]  # type: ignore[attr-defined]  # a ChoiceField

    def save(self) -> Topic:
        """Create the topic, or change and move the one that the form was made for."""
        fields = {name: self.cleaned_data[name] for name in ("title", "parent", "summary")}
        fields["icon"] = self.cleaned_data["icon"] or "book"
        fields["translations"] = self._translations()
        return change_topic(self.topic, **fields) if self.topic else create_topic(**fields)

    def _translations(self) -> dict[str, dict[str, str]]:
        texts = {
            language: {name: self.cleaned_data[f"{name}_{suffix}"] for name in TEXTS}
            for suffix, language in LANGUAGES.items()
        }
        filled = {language: {k: v for k, v in named.items() if v} for language, named in texts.items()}
        return {language: named for language, named in filled.items() if named}


def _shown(topic: Topic) -> dict[str, Any]:
    initial = {name: getattr(topic, name) for name in (*TEXTS, "icon")}
    initial["parent"] = topic.parent_id
    for suffix, language in LANGUAGES.items():
        texts = topic.translations.get(language, {})
        initial |= {f"{name}_{suffix}": texts.get(name, "") for name in TEXTS}
    return initial
