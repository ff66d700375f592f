"""The forms of categories and of changing many questions at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.categories import change_category, create_category
from assessments.questions.choosing import CategoryField
from assessments.questions.models import Category
from courses.models import Topic
from courses.topics.fields import TopicField


class CategoryForm(forms.Form):
    topic = TopicField(label=gettext_lazy("topic"), queryset=Topic.objects.in_use())
    parent = CategoryField(label=gettext_lazy("within"), empty_label=gettext_lazy("– at the top of the topic –"))
    title = forms.CharField(label=gettext_lazy("title"), max_length=100)

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        self.category = category
        if category:
            shown = {"topic": category.topic_id, "parent": category.parent_id, "title": category.title}
            kwargs["initial"] = {**shown, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if category:
            words = _("In another topic, its questions go with it.")
            self.fields["topic"].help_text = words

    def save(self) -> Category:
        """The saved category; raises Refused."""
        if self.category:
            return change_category(self.category, **self.cleaned_data)
        return create_category(**self.cleaned_data)
