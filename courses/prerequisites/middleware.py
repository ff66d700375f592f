"""A closed unit leads to the page of its course, which says what is missing, whatever the kind of the unit."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from courses.prerequisites.actions import PrerequisiteMissing


class ClosedUnits:
    """Answers PrerequisiteMissing wherever a page did not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PrerequisiteMissing):
            return None
        messages.warning(request, str(exception.message))
        return redirect("learn", exception.enrolment_id)
