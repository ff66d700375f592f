import pytest

from trainingsite.core.errors import Refused
from trainingsite.core.models import Tombstone
from trainingsite.core.outcome import Outcome, RowsRefused
from trainingsite.people.departments import actions
from trainingsite.people.models import Department

pytestmark = pytest.mark.django_db


def tree():
    return list(Department.objects.in_tree_order().values_list("external_id", "depth"))


def row(key, parent=None, **fields):
    return {"external_id": key, "name": f"部门{key}", "parent": parent} | fields


def problems(*rows):
    with pytest.raises(RowsRefused) as caught:
        actions.upsert_departments(rows)
    return [(problem.row, problem.field, problem.code) for problem in caught.value.problems]


def test_children_may_come_before_their_parents():
    assert actions.upsert_departments([row("C", "B"), row("B", "A"), row("A")]) == Outcome(created=3)
    assert tree() == [("A", 1), ("B", 2), ("C", 3)]


def test_repeat_changes_nothing():
    rows = [row("A"), row("B", "A")]
    actions.upsert_departments(rows)
    before = list(Department.objects.values_list("modified_at", flat=True))

    assert actions.upsert_departments(rows) == Outcome(unchanged=2)
    assert list(Department.objects.values_list("modified_at", flat=True)) == before


def test_tree_can_be_turned_upside_down():
    actions.upsert_departments([row("A"), row("B", "A"), row("C", "B")])

    assert actions.upsert_departments([row("A", "B"), row("B", "C"), row("C")]) == Outcome(changed=3)
    assert tree() == [("C", 1), ("B", 2), ("A", 3)]


def test_what_is_not_in_the_batch_moves_along():
    actions.upsert_departments([row("A"), row("B", "A"), row("C", "B"), row("Z")])
    actions.upsert_departments([{"external_id": "B", "parent": "Z"}])

    assert set(tree()) == {("A", 1), ("Z", 1), ("B", 2), ("C", 3)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("A", "C")], [(1, "parent", "own_ancestor")]),
        ([row("A", "A")], [(1, "parent", "own_ancestor")]),
        ([row("X", "Y"), row("Y", "X")], [(1, "parent", "own_ancestor"), (2, "parent", "own_ancestor")]),
        ([row("X", "nothing")], [(1, "parent", "unknown")]),
        ([row("X"), row("X")], [(2, "external_id", "duplicate")]),
        ([{"external_id": "X"}], [(1, "name", "required")]),
        ([{"name": "无编号"}], [(1, "external_id", "required")]),
    ],
)
def test_faulty_row_is_named_and_nothing_is_kept(rows, expected):
    actions.upsert_departments([row("A"), row("B", "A"), row("C", "B")])
    before = tree()

    assert problems(*rows) == expected
    assert tree() == before


def test_partial_leaves_out_what_hangs_on_a_faulty_row():
    outcome = actions.upsert_departments([row("X", "nothing"), row("Y", "X"), row("Z")], partial=True)

    assert (outcome.created, [(p.row, p.code) for p in outcome.problems]) == (
        1,
        [(1, "unknown"), (2, "broken_reference")],
    )
    assert tree() == [("Z", 1)]


def test_move_below_itself_is_refused_at_the_field(company):
    with pytest.raises(Refused) as caught:
        actions.change_department(company["care"], name="售后", parent=company["disputes"])

    company["care"].refresh_from_db()
    assert (caught.value.field, company["care"].name) == ("parent", "售后服务部")


def test_unused_department_leaves_a_tombstone(company):
    pk = company["disputes"].pk
    actions.delete_department(company["disputes"])

    assert list(Tombstone.objects.values_list("table", "object_id")) == [("people_department", pk)]


def test_used_department_stays(company, hire):
    hire(department="disputes")

    for name in ("disputes", "care"):
        with pytest.raises(Refused, match=company[name].name):
            actions.delete_department(company[name])
    assert Department.objects.count() == 4
