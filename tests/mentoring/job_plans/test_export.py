"""The list of plans as a file."""

from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook


def test_export_has_what_the_list_shows(as_, hr, plan, tasks):
    content = b"".join(as_(hr).get(reverse("job-plans-export"), {"q": "王小明"}).streaming_content).decode()

    assert len(content.splitlines()) == 2
    assert "王小明" in content
    assert ",3,0," in content


def test_export_is_an_excel_workbook_where_asked_for(as_, hr, plan, tasks):
    response = as_(hr).get(reverse("job-plans-export"), {"q": "王小明", "form": "xlsx"})
    sheet = load_workbook(BytesIO(response.content)).active

    assert [[row[1].value, row[7].value] for row in sheet.iter_rows(min_row=2)] == [["王小明", 3]]
