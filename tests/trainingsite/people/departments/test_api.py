from trainingsite.people.models import Department

URL = "/api/v1/departments/"


def test_bulk_makes_a_tree_and_shows_it(rest):
    rest(
        "post",
        f"{URL}bulk/",
        [{"external_id": "B", "name": "客服", "parent": "A"}, {"external_id": "A", "name": "总部"}],
    )

    rows = rest("get", URL).json()["results"]
    top = Department.objects.get(external_id="A")
    assert {(row["external_id"], row["parent"], row["parent_id"], row["depth"]) for row in rows} == {
        ("A", None, None, 1),
        ("B", "A", top.pk, 2),
    }


def test_circle_is_refused_at_the_row(rest):
    answer = rest("post", f"{URL}bulk/", [{"external_id": "A", "name": "总部", "parent": "A"}])

    assert [(error["attr"], error["code"]) for error in answer.json()["errors"]] == [("0.parent", "own_ancestor")]


def test_used_department_is_not_deleted(rest, company):
    answer = rest("delete", f"{URL}{company['care'].pk}/")

    assert (answer.status_code, [error["code"] for error in answer.json()["errors"]]) == (400, ["in_use"])
    assert Department.objects.count() == 4
