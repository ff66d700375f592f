"""The forms of categories and of changing many questions at once."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.acts import EDIT_QUESTIONS
from assessments.bank.bulk import Asked
from assessments.bank.categories import change_category, create_category
from assessments.questions.categories import places
from assessments.questions.choosing import CategoryField, TagsField
from assessments.questions.models import Category, Difficulty, Status
from courses.models import Competency, Topic
from courses.topics.fields import TopicField
from trainingsite.people.models import User

LEAVE, NONE = gettext_lazy("– as it is –"), "none"


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


class BulkForm(forms.Form):
    """What is to become of the chosen questions; what is left empty stays as it is."""

    place = forms.ChoiceField(label=gettext_lazy("Move to"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("status"), choices=[("", LEAVE), *Status.choices], required=False)
    add_tags = TagsField(label=gettext_lazy("Add tags"))
    remove_tags = TagsField(label=gettext_lazy("Take tags off"))
    difficulty = forms.TypedChoiceField(
        label=gettext_lazy("difficulty"),
        choices=[("", LEAVE), *Difficulty.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    competency = forms.ChoiceField(label=gettext_lazy("competency"), required=False)
    owner = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("owner"), required=False, empty_label=LEAVE)

    half_width = ("place", "status", "add_tags", "remove_tags", "difficulty", "competency", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["place"]).choices = [("", LEAVE), *places()]
        proved = [(str(row.pk), f"{row.group} · {row}") for row in Competency.objects.in_use().select_related("group")]
        competency = cast("forms.ChoiceField", self.fields["competency"])
        competency.choices = [("", LEAVE), (NONE, gettext_lazy("– no competency –")), *proved]
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = User.objects.who_may(EDIT_QUESTIONS).by_name()

    def asked(self) -> Asked:
        """What `bulk.change_many` is to do."""
        data = self.cleaned_data
        found: Asked = {}
        if data["place"]:
            found |= _place(data["place"])
        if data["competency"]:
            found["competency"] = None if data["competency"] == NONE else int(data["competency"])
        if data["owner"]:
            found["owner"] = data["owner"].pk
        for name in ("add_tags", "remove_tags", "difficulty", "status"):
            if data[name]:
                found[name] = data[name]
        return found


def _place(key: str) -> Asked:
    """A topic ("t5") or a category ("c12") of the offered ones."""
    if key.startswith("t"):
        return {"topic": int(key[1:]), "category": None}
    category = Category.objects.get(pk=int(key[1:]))
    return {"topic": category.topic_id, "category": category.pk}
