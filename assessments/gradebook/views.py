"""The pages of the gradebook: which books there are, one book, its files, and groups compared."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessments.acts import SEE_ANALYSIS, VIEW_RESULTS
from assessments.gradebook import files, graphs
from assessments.gradebook.books import COURSE, Book, book_of_course, book_of_programme
from assessments.gradebook.filters import PeopleFilter
from assessments.gradebook.groups import DEPARTMENT, KINDS, compare
from assessments.gradebook.matrix import Asked, Cell, Row, matrix
from assessments.quizzes.models import Quiz
from courses.models import Course, Programme
from trainingsite.core import clock
from trainingsite.core.paging import PER_PAGE, paginate, render_page
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import Department, User

TABLE = "assessments/gradebook/book.html"


@require_GET
@allowed(VIEW_RESULTS)
def gradebooks(request: HttpRequest) -> HttpResponse:
    """The programmes, and the courses that have a quiz."""
    words = request.GET.get("q", "").strip()
    quizzes = Quiz.objects.filter(unit__course=OuterRef("pk"), practice=False)
    courses = Course.objects.published().filter(Exists(quizzes), title__icontains=words)
    shown = courses.select_related("topic").order_by("topic__path", "title", "pk")
    context = {
        "q": words,
        "programmes": _programmes().filter(title__icontains=words).order_by("title", "pk"),
        "page": paginate(request, shown),
        "target": "#courses",
    }
    return render_page(request, "assessments/gradebook/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_RESULTS)
def gradebook(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """People × quizzes."""
    book = _book(kind, pk)
    filterset, asked = _asked(request, book)
    page = _page(request, book, filterset.qs, asked)
    context = _shown(request, book) | {
        "filterset": filterset,
        "page": page,
        "rows": _with_departments(page, [column.title for column in book.columns]),
        "sort": "name",
        "target": "#book",
        "may_analyse": me(request).may(SEE_ANALYSIS),
    }
    return render_page(request, TABLE, context, partial="rows")


@require_GET
@allowed(VIEW_RESULTS)
def gradebook_csv(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    book = _book(kind, pk)
    return files.as_csv(book, _everybody(request, book), _departments())


@require_GET
@allowed(VIEW_RESULTS)
def gradebook_excel(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    book = _book(kind, pk)
    return files.as_excel(book, _everybody(request, book), _departments())


@require_GET
@allowed(VIEW_RESULTS)
def gradebook_groups(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Groups of people side by side, and against the target."""
    book = _book(kind, pk)
    by = request.GET.get("by", DEPARTMENT)
    by = by if by in KINDS else DEPARTMENT
    found = compare(book.columns, _people(request, book), by)
    context = _shown(request, book) | {
        "kinds": KINDS.items(),
        "by": by,
        "label": KINDS[by],
        "found": found,
        "target_rate": settings.PASS_RATE_TARGET,
        "chart": graphs.comparison(found.groups),
    }
    return render(request, "assessments/gradebook/groups.html", context)


def _programmes() -> QuerySet[Programme]:
    taking = Q(assignments__participations__left_at=None)
    return Programme.objects.published().annotate(
        people=Count("assignments__participations__person", filter=taking, distinct=True)
    )


def _book(kind: str, pk: int) -> Book:
    """A course that is offered or was, or a programme; a draft has no results."""
    if kind == COURSE:
        book = book_of_course(get_object_or_404(Course.objects.exclude(status="draft"), pk=pk))
    else:
        book = book_of_programme(get_object_or_404(Programme.objects.exclude(status="draft"), pk=pk))
    if not book.columns:
        raise Http404
    return book


def _people(request: HttpRequest, book: Book) -> QuerySet[User]:
    """Those of the book whose results I may see."""
    seen = records_seen_by(me(request), person="")
    others = book.members(on=clock.today()).exclude(pk=me(request).pk)  # the own stand with each quiz
    return others.filter(pk__in=User.objects.filter(seen).order_by().values("pk"))


def _asked(request: HttpRequest, book: Book) -> tuple[PeopleFilter, Asked]:
    filterset = PeopleFilter(request.GET, _people(request, book), request=request)
    return filterset, Asked(state=filterset.of_state, sort=request.GET.get("sort", "name"), limit=PER_PAGE)


def _everybody(request: HttpRequest, book: Book) -> list[Row]:
    filterset, asked = _asked(request, book)
    return matrix(book.columns, filterset.qs, replace(asked, limit=None))[0]


def _page(request: HttpRequest, book: Book, people: QuerySet[User], asked: Asked) -> Page[Any]:
    """The page that was asked for; a number out of range gives the first."""
    number = request.GET.get("page", "1")
    wanted = int(number) if number.isdecimal() and len(number) < 6 else 1  # noqa: PLR2004 - as long as a number gets
    offset = max(wanted - 1, 0) * PER_PAGE
    rows, total = matrix(book.columns, people, replace(asked, offset=offset))
    if offset and not rows:
        wanted = 1
        rows, total = matrix(book.columns, people, asked)
    page: Page[Any] = Paginator(range(total), PER_PAGE).get_page(wanted)
    page.object_list = rows
    return page


def _with_departments(page: Page[Any], titles: Sequence[str]) -> list[tuple[Row, str, list[tuple[str, Cell | None]]]]:
    """Each row with its department, and its cells with the name of the quiz, which a phone shows beside each."""
    rows: list[Row] = list(page.object_list)
    places = Department.objects.in_bulk({row.department_id for row in rows if row.department_id})
    names = {pk: str(place) for pk, place in places.items()}
    return [(row, names.get(row.department_id or 0, ""), list(zip(titles, row.cells, strict=True))) for row in rows]


def _departments() -> dict[int, str]:
    return {place.pk: str(place) for place in Department.objects.all()}


def _shown(request: HttpRequest, book: Book) -> dict[str, Any]:
    return {"book": book, "subject": book.subject, "columns": book.columns, "query": request.GET.urlencode()}
