import pytest
from django.db import IntegrityError

from trainingsite.people.models import Department


def test_path_leads_from_the_root(company):
    disputes = company["disputes"]

    assert disputes.path == f"/{company['centre'].pk}/{company['care'].pk}/{disputes.pk}/"
    assert disputes.depth == 3


def test_moving_a_department_moves_all_below(company):
    care = company["care"]
    care.parent = company["sales"]
    care.save()

    assert list(Department.objects.below(company["sales"]).in_tree_order().values_list("name", "depth")) == [
        ("售前服务部", 2),
        ("售后服务部", 3),
        ("投诉专席", 4),
    ]


@pytest.mark.parametrize("parent", ["care", "disputes"])
def test_department_never_becomes_its_own_ancestor(company, parent):
    care = company["care"]
    care.parent = company[parent]

    with pytest.raises(IntegrityError, match="its own ancestor"):
        care.save()


def test_above_leads_to_the_root(company):
    assert list(Department.objects.above(company["disputes"])) == [
        company["centre"],
        company["care"],
        company["disputes"],
    ]
