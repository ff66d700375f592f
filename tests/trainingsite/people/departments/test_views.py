import pytest

from tests.factories.people import DepartmentFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Department


def test_tree_counts_who_works_there(as_, hire):
    hr = hire(Role.HR, department="centre")
    hire(department="care")
    hire(department="care", status="left")
    tree = as_(hr).get("/departments/").context["departments"]

    assert [(department.name, department.working) for department in tree] == [
        ("客户服务中心", 1),
        ("售前服务部", 0),
        ("售后服务部", 1),
        ("投诉专席", 0),
    ]


def test_department_is_added_below_the_proposed_one(as_, hire, company):
    client = as_(hire(Role.HR))
    proposed = client.get(f"/departments/new/?parent={company['care'].pk}").context["form"]["parent"].value()
    client.post("/departments/new/", {"name": "退款组", "parent": proposed})

    assert Department.objects.get(name="退款组").parent == company["care"]


def test_own_ancestor_is_refused_at_the_field(as_, hire, company):
    care = company["care"]
    answer = as_(hire(Role.HR)).post(
        f"/departments/{care.pk}/edit/", {"name": "售后", "parent": company["disputes"].pk}
    )

    care.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors), care.name) == (422, ["parent"], "售后服务部")


def test_taken_id_is_refused_at_the_field(as_, hire, company):
    answer = as_(hire(Role.HR)).post("/departments/new/", {"name": "新", "external_id": company["care"].external_id})

    assert (list(answer.context["form"].errors), Department.objects.count()) == (["external_id"], 4)


def test_delete_of_a_used_one_says_why_and_keeps_it(as_, hire, company):
    answer = as_(hire(Role.HR)).post(f"/departments/{company['care'].pk}/delete/", follow=True)

    assert "仍在使用" in str(next(iter(answer.context["messages"])))
    assert Department.objects.count() == 4


@pytest.mark.parametrize("rows", [1, 30])
def test_tree_takes_a_fixed_number_of_queries(as_, hire, company, rows, django_assert_num_queries):
    DepartmentFactory.create_batch(rows, parent=company["care"])
    client = as_(hire(Role.HR))
    client.get("/departments/")
    with django_assert_num_queries(2):
        client.get("/departments/")
