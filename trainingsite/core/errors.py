"""How a business rule says no."""

from django.forms import BaseForm
from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - reads as the outcome of an act
    """An act was refused and changed nothing.

    `message` is for people, in their language; `field` names the input at fault; `code` is for machines;
    `rows` lists (row number, field, message) for imports.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        field: str | None = None,
        code: str = "refused",
        rows: list[tuple[int, str, str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code
        self.rows = rows or []


def show_refusal(form: BaseForm, refusal: Refused) -> None:
    """Put the refusal at its field of the form, or above the form when the field is not shown."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
