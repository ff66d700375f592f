"""Lists in pages, and pages that htmx asks for in part."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PER_PAGE = 25


def paginate(request: HttpRequest, queryset: QuerySet[Any] | Sequence[Any], per_page: int = PER_PAGE) -> Page[Any]:
    """The page that `?page=` asks for; a number out of range gives the nearest page."""
    return Paginator(queryset, per_page).get_page(request.GET.get("page"))


def sorted_by(request: HttpRequest, queryset: QuerySet[Any], columns: dict[str, str], default: str) -> QuerySet[Any]:
    """`queryset` in the order of `?sort=name` or `?sort=-name`, where `columns` maps a public name to a lookup."""
    asked = request.GET.get("sort", default)
    lookup = columns.get(asked.removeprefix("-"))
    if lookup is None:
        asked, lookup = default, columns[default.removeprefix("-")]
    return queryset.order_by(("-" if asked.startswith("-") else "") + lookup, "pk")


def asks_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page, not for the page."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, or only its named partial when htmx asks for a part."""
    if partial and asks_part(request):
        template = f"{template}#{partial}"
    return render(request, template, context, status=status)
