"""Options for ECharts, and the tables behind the charts."""

import pytest
from django.utils import translation

from trainingsite.core import charts

MONTHS = ["1月", "2月"]
SERIES = {"售前": [82, 90], "售后": [70, None]}


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def test_lines_carry_target_and_marks_on_the_first_series_alone() -> None:
    option = charts.lines(MONTHS, SERIES, unit="%", target=90, marks=[("2月", "培训")])
    first, second = option["series"]
    assert first["markLine"]["data"] == [
        {"name": "target", "yAxis": 90, "label": {"formatter": "Target 90%"}},
        {"name": "培训", "xAxis": "2月", "label": {"formatter": "培训", "position": "end"}},
    ]
    assert second == {"type": "line", "name": "售后", "data": [70, None]}


def test_line_may_leave_zero_out_and_bar_may_not() -> None:
    assert charts.lines(MONTHS, SERIES)["yAxis"]["scale"] is True
    assert "scale" not in charts.bars(MONTHS, SERIES)["yAxis"]


def test_lying_bars_swap_the_axes_and_the_target() -> None:
    option = charts.bars(MONTHS, {"分": [1, 2]}, target=1.5, lying=True)
    assert (option["xAxis"]["type"], option["yAxis"]["type"], option["yAxis"]["inverse"]) == ("value", "category", True)
    assert option["series"][0]["markLine"]["data"][0]["xAxis"] == 1.5


def test_no_series_gives_an_empty_chart() -> None:
    assert charts.lines([], {}, target=3)["series"] == []
    assert charts.bars([], {}, target=3)["series"] == []


@pytest.mark.parametrize("option", [charts.lines(MONTHS, SERIES), charts.bars(MONTHS, SERIES, lying=True)])
def test_table_holds_the_numbers(option: charts.Option) -> None:
    assert charts.table_of(option) == {
        "headings": ["", "售前", "售后"],
        "rows": [["1月", 82, 70], ["2月", 90, None]],
    }


def test_table_of_a_radar_has_a_row_for_each_indicator() -> None:
    option = charts.radar({"沟通": 5, "工具": 4}, {"本人": [3, 4], "要求": [4, 4]})
    assert charts.table_of(option) == {"headings": ["", "本人", "要求"], "rows": [["沟通", 3, 4], ["工具", 4, 4]]}
    assert option["radar"]["indicator"][1] == {"name": "工具", "max": 4}


def test_table_of_a_heat_map_is_the_field() -> None:
    option = charts.heat_map(["周一", "周二"], ["上午", "下午"], [[1, 2], [3, None]])
    assert charts.table_of(option) == {"headings": ["", "周一", "周二"], "rows": [["上午", 1, 2], ["下午", 3, None]]}
    assert (option["visualMap"]["min"], option["visualMap"]["max"]) == (1, 3)


def test_empty_heat_map_has_a_scale() -> None:
    assert charts.heat_map([], [], [])["visualMap"] == {"show": False, "min": 0, "max": 1}


def test_option_without_categories_has_no_table() -> None:
    assert charts.table_of({"series": [{"type": "pie", "data": []}]}) is None
