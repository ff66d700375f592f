from typing import Any

from django.urls import URLPattern, path

from assessments.gradebook import views
from assessments.gradebook.books import COURSE, PROGRAMME


def _book(kind: str) -> list[URLPattern]:
    root, given = f"gradebook/{kind}s/<int:pk>/", {"kind": kind}
    doors: list[tuple[str, Any, str]] = [
        ("", views.gradebook, "gradebook"),
        ("export/", views.gradebook_csv, "gradebook-csv"),
        ("excel/", views.gradebook_excel, "gradebook-excel"),
        ("groups/", views.gradebook_groups, "gradebook-groups"),
    ]
    return [path(f"{root}{end}", view, given, name=f"{kind}-{name}") for end, view, name in doors]


urlpatterns = [path("gradebook/", views.gradebooks, name="gradebooks"), *_book(COURSE), *_book(PROGRAMME)]
