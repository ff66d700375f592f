"""The browser's door to content packs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import Course
from courses.packs.files import MAX_UPLOAD


class PackForm(forms.Form):
    """The zip, whose size is known before it is read."""

    file = forms.FileField(
        label=_("Zip file of the pack"),
        help_text=_("A zip with pack.yaml, up to 30 MB. Nothing is changed before you have seen what would happen."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> File[Any]:
        file: File[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_UPLOAD:
            raise ValidationError(_("The file is larger than %(mb)s MB."), params={"mb": MAX_UPLOAD // 2**20})
        return file


class ExportForm(forms.Form):
    """Which courses go into the pack; topics, questions, files, competencies and whole programmes go along."""

    title = forms.CharField(label=_("Title of the pack"), max_length=200)
    courses = forms.ModelMultipleChoiceField(
        Course.objects.none(),
        label=_("Courses"),
        help_text=_("Programmes go along when all of their courses do."),
        widget=forms.CheckboxSelectMultiple(attrs={"data-tall": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        courses: forms.ModelMultipleChoiceField[Course] = self.fields["courses"]  # type: ignore[assignment]  # it is one
        courses.queryset = Course.objects.published().select_related("topic").order_by("topic__path", "title")
