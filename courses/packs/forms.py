"""The browser's door to content packs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from courses.packs.files import MAX_UPLOAD


class PackForm(forms.Form):
    """The zip, whose size is known before it is read."""

    file = forms.FileField(
        label=_("Zip file of the pack"),
        help_text=_("A zip with pack.yaml, up to 5 MB. Nothing is changed before you have seen what would happen."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> File[Any]:
        file: File[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_UPLOAD:
            raise ValidationError(_("The file is larger than %(mb)s MB."), params={"mb": MAX_UPLOAD // 2**20})
        return file
