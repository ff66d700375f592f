"""Why enrolments end by themselves, in the language of the house: the words are kept in the record."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


def left_reason() -> str:
    """Of people who no longer belong to the audience."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Left the audience")


def enough_reason() -> str:
    """Of optional items that are not needed any more."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("The programme is completed without it")


def exempted_reason(words: str) -> str:
    """Of people whom HR exempted."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Exempted: %(reason)s") % {"reason": words}
