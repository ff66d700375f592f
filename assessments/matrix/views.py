"""The matrix of competencies, on the page and as a file."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.acts import VIEW_MATRIX
from assessments.matrix import files
from assessments.matrix.book import MOST_PEOPLE, Book, book_for
from assessments.matrix.columns import bands
from assessments.matrix.shown import FootCell, lines
from trainingsite.core import clock
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed, me

SIZES = (50, 100, 200)


@require_GET
@allowed(VIEW_MATRIX)
def competency_matrix(request: HttpRequest) -> HttpResponse:
    """People × competencies."""
    book = _book(request)
    per = _size(request)
    page: Page[Any] = Paginator(book.rows, per).get_page(request.GET.get("page"))
    context = {
        "book": book,
        "filterset": book.filterset,
        "bands": bands(book.shown),
        "page": page,
        "lines": lines(page.object_list, book.shown, book.departments, book.past),  # type: ignore[arg-type]  # a list
        "feet": [FootCell(column, foot) for column, foot in zip(book.shown, book.feet, strict=True)],
        "sizes": SIZES,
        "per": per,
        "most": MOST_PEOPLE,
        "sort": "name",
        "target": "#matrix",
    }
    status = 422 if book.filterset.problems else 200
    return render_page(request, "assessments/matrix/matrix.html", context, partial="rows", status=status)


@require_GET
@allowed(VIEW_MATRIX)
def competency_matrix_csv(request: HttpRequest) -> HttpResponseBase:
    return files.as_csv(_showable(request))


@require_GET
@allowed(VIEW_MATRIX)
def competency_matrix_excel(request: HttpRequest) -> HttpResponseBase:
    return files.as_excel(_showable(request))


def _showable(request: HttpRequest) -> Book:
    """A file of a day that cannot be shown does not exist."""
    book = _book(request)
    if book.filterset.problems:
        raise Http404
    return book


def _book(request: HttpRequest) -> Book:
    """By the web host's clock: only shown, nothing is judged by it."""
    at = timezone.now()
    with clock.seen_at(at):
        return book_for(me(request), request.GET, at=at)


def _size(request: HttpRequest) -> int:
    """People a page: one of the offered numbers."""
    given = request.GET.get("per", "")
    return int(given) if given in {str(size) for size in SIZES} else SIZES[0]
