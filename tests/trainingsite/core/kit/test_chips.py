"""The active filters of a list."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from trainingsite.core.chips import Chip, chips_of, shown, without


class CourseFilter(forms.Form):
    q = forms.CharField(label="搜索", required=False)
    topic = forms.ChoiceField(
        label="模块", required=False, choices=[("", "全部"), ("组", [("rules", "规则")]), ("talk", "沟通")]
    )
    levels = forms.MultipleChoiceField(label="级别", required=False, choices=[("1", "初级"), ("2", "中级")])
    overdue = forms.BooleanField(label="逾期", required=False)


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def chips(query: str) -> list[Chip]:
    return chips_of(CourseFilter(QueryDict(query)), QueryDict(query))


def test_nothing_set_gives_no_chip() -> None:
    assert chips("q=&topic=&page=3") == []


def test_chip_names_the_choice_and_the_address_without_it() -> None:
    assert chips("topic=rules&sort=-n&page=3") == [Chip("模块", "规则", "?sort=-n")]


def test_each_chip_leaves_the_others_alone() -> None:
    assert chips("q=退货&levels=1&levels=2&overdue=on") == [
        Chip("搜索", "退货", "?levels=1&levels=2&overdue=on"),
        Chip("级别", "初级, 中级", "?q=%E9%80%80%E8%B4%A7&overdue=on"),
        Chip("逾期", "yes", "?q=%E9%80%80%E8%B4%A7&levels=1&levels=2"),
    ]


def test_wrong_value_gives_no_chip() -> None:
    assert chips("topic=nonsense") == []


def test_unbound_form_gives_no_chip() -> None:
    assert chips_of(CourseFilter(), QueryDict("q=x")) == []


def test_parts_of_a_range_go_together() -> None:
    assert without(QueryDict("hired_min=2026-01-01&hired_max=2026-02-01&q=a"), ["hired"]) == "?q=a"


def test_range_and_date_are_shown_as_people_write_them() -> None:
    field = forms.DateField()
    assert shown(field, date(2026, 11, 22)) == "11/22/2026"
    assert shown(field, slice(3, None)) == "3 – …"
    assert shown(field, None) == ""
