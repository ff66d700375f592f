from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import Unit
from courses.discussions.actions import Words, discussion_of
from courses.discussions.models import MOST_CHARS, Discussion, Post
from trainingsite.people.models import User


class DiscussionForm(forms.ModelForm[Discussion]):
    """The author's form: what is discussed, and how much of it completes the unit."""

    class Meta:
        model = Discussion
        fields = ["prompt", "posts_needed"]
        widgets = {"prompt": forms.Textarea(attrs={"rows": 8, "class": "k-editor"})}
        help_texts = {
            "prompt": _("Markdown: ## heading, **bold**, - list, > quote."),
            "posts_needed": _("Whoever has written as many, replies counted, has completed the unit."),
        }

    def __init__(self, data: Any = None, *, unit: Unit) -> None:
        super().__init__(data, instance=discussion_of(unit))

    def save_to(self, unit: Unit, *, by: User) -> None:  # noqa: ARG002 - the interface of authors' forms
        """Keep it for the unit that may be changed."""
        found = discussion_of(unit)
        found.prompt, found.posts_needed = self.cleaned_data["prompt"].strip(), self.cleaned_data["posts_needed"]
        found.save(update_fields=["prompt", "posts_needed"])


class PostForm(forms.Form):
    """A post or a reply; the token makes a second press of the button harmless."""

    body = forms.CharField(
        label=_("Your post"),
        max_length=MOST_CHARS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("@ names somebody of the course, who is told. Markdown works."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, label: Any = None, hint: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("token", uuid4())
        super().__init__(*args, **kwargs)
        if label:
            self.fields["body"].label = label
        if not hint:
            self.fields["body"].help_text = ""

    def words(self, *, answers: Post | None = None, about: Unit | None = None) -> Words:
        return Words(self.cleaned_data["body"], answers, about, self.cleaned_data["token"])
