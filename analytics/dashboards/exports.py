"""Tables as CSV files that a spreadsheet opens as they are."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, headings: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download; cells that a spreadsheet would run as a formula are kept as text."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([_safe(cell) for cell in headings])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _safe(cell: object) -> object:
    """Numbers stay numbers, also negative ones."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
