from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from assessments.exchange.known import FORMATS
from assessments.exchange.parsed import MAX_BYTES
from assessments.questions.models import Category
from courses.topics.fields import TopicField

CHOICES = [(name, known.label) for name, known in FORMATS.items()]


class UploadForm(forms.Form):
    """The file, whose size is known before it is read, and where its questions go."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("YAML, Excel, Moodle XML, GIFT, Aiken or QTI, at most 20 MB. Nothing is changed before you agree."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx,.xml,.gift,.txt,.zip"}),
        max_length=200,
        allow_empty_file=True,
    )
    topic = TopicField(label=_("topic"), help_text=_("For questions that name no topic of ours themselves."))
    category = forms.ModelChoiceField(
        Category.objects.select_related("topic"),
        label=_("category"),
        required=False,
        empty_label=_("– as in the file –"),
        help_text=_("Categories of the file come within it."),
    )
    file_format = forms.ChoiceField(
        label=_("Format"), choices=[("", _("– by what is in the file –")), *CHOICES], required=False
    )

    half_width = ("topic", "category")
    more_fields = ("file_format",)

    def clean_file(self) -> File[Any]:
        file: File[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(_("The file is larger than %(mb)s MB."), params={"mb": MAX_BYTES // 2**20})
        return file
