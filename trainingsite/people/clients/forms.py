from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import Application

from trainingsite.people.clients.actions import create_client
from trainingsite.people.models import User

NAME = RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Small Latin letters, digits and hyphens only."))


class ClientForm(forms.Form):
    client_id = forms.CharField(
        label=_("Name of the client"), min_length=3, max_length=64, validators=[NAME], help_text=_("Such as hr-sync.")
    )

    def save(self, *, by: User) -> tuple[Application, str]:
        return create_client(self.cleaned_data["client_id"], by=by)
