from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.readings.files import MAX_BYTES
from analytics.readings.models import Upload
from analytics.readings.uploads import preview
from trainingsite.core import clock
from trainingsite.people.models import User


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Columns: metric, employee_number, day, numerator, denominator. Chinese headings work too."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        allow_empty_file=True,
    )

    def save(self, *, by: User) -> Upload:
        file: Any = self.cleaned_data["file"]
        return preview(file.name, file.read(MAX_BYTES + 1), by=by, at=clock.now())


class ApplyForm(forms.Form):
    good_rows_alone = forms.BooleanField(label=_("Record the good rows and leave the wrong ones out"), required=False)
