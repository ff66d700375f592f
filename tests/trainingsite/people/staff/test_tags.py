"""Tags of people: however they come, they are kept once each, in order."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from trainingsite.core.outcome import RowsRefused
from trainingsite.people.access.roles import Role
from trainingsite.people.imports import files
from trainingsite.people.models import User
from trainingsite.people.staff.actions import upsert_people
from trainingsite.people.staff.fields import TagsField

AT = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("夜班，内训种子、夜班", ["内训种子", "夜班"]),
        (" a , b;c；d\n", ["a", "b", "c", "d"]),
        (["夜 班", "  "], ["夜 班"]),
        ("", []),
        (None, []),
    ],
)
def test_tags_are_read_from_texts_and_lists(typed, kept):
    assert TagsField(required=False).clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [("长" * 31, "max_length"), ([f"{n}" for n in range(21)], "too_many"), ([1], "invalid"), (["\x00"], "invalid")],
)
def test_bad_tags_are_refused(typed, code):
    with pytest.raises(ValidationError) as refusal:
        TagsField().clean(typed)

    assert refusal.value.code == code


def row(**more):
    return {"employee_number": "E77", "name": "王芳", **more}


def test_sync_sets_keeps_and_takes_away_tags(company):
    place = company["care"].external_id
    first = upsert_people([row(department=place, tags=["夜班", "夜班"])], at=AT)
    again = upsert_people([row(tags="夜班"), row(employee_number="E78", department=place, tags=[])], at=AT)
    kept = upsert_people([row(grade="P2")], at=AT)

    assert (first.created, again.unchanged, kept.changed) == (1, 1, 1)
    assert User.objects.get(employee_number="E77").tags == ["夜班"]

    upsert_people([row(tags=[])], at=AT)
    assert User.objects.get(employee_number="E77").tags == []


def test_sync_names_the_row_with_a_bad_tag(company):
    with pytest.raises(RowsRefused) as refusal:
        upsert_people([row(department=company["care"].external_id, tags=["长" * 31])], at=AT)

    assert [(problem.row, problem.field, problem.code) for problem in refusal.value.problems] == [
        (1, "tags", "max_length")
    ]


def test_file_has_a_column_of_tags():
    sheet = files.read("工号,姓名,部门,标签\nE1,张伟,售后,夜班、种子\n".encode())

    assert sheet.rows == [{"employee_number": "E1", "name": "张伟", "department": "售后", "tags": "夜班、种子"}]


def test_people_are_found_by_tag_and_the_form_keeps_tags(as_, hire):
    tagged, _other = hire(name="甲", tags=["夜班"]), hire(name="乙")
    client = as_(hire(Role.HR))

    found = client.get("/people/", {"tag": "夜班"})
    form = client.get(f"/people/{tagged.pk}/edit/").context["form"]

    assert [person.name for person in found.context["page"]] == ["甲"]
    assert form["tags"].value() == "夜班"


def test_clients_find_people_by_tag(rest, hire):
    hire(name="甲", tags=["夜班"])
    hire(name="乙")

    assert [(p["name"], p["tags"]) for p in rest("get", "/api/v1/people/?tag=夜班").json()["results"]] == [
        ("甲", ["夜班"])
    ]
