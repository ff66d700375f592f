"""The axes of the charts hold whatever is drawn."""

import pytest

from analytics.dashboards.graphs import framed


@pytest.mark.parametrize(
    ("values", "target", "highest", "axis"),
    [
        ([0.7, None, 1.4, 0.9], 2.0, 100, {"min": 0.5, "max": 2.5, "interval": 0.5}),
        ([1.6, 1.8, 1.7], 2.0, 100, {"min": 1.4, "max": 2.2, "interval": 0.2}),
        ([31.0, 44.2, 38.5], 30.0, None, {"min": 25, "max": 50, "interval": 5}),
        ([92.0, 100.0], 95.0, 100, {"min": 90, "max": 100, "interval": 5}),
        ([100.0], 100.0, 100, {"min": 99, "max": 100, "interval": 0.5}),
        ([0.0], None, 100, {"min": 0, "max": 1, "interval": 0.5}),
        ([1240.0, 1980.0], None, None, {"min": 1000, "max": 2500, "interval": 500}),
        ([96.0, 104.0], 95.0, 100, {"min": 90, "max": 110, "interval": 5}),
        ([None], None, 100, {}),
    ],
)
def test_axis_holds_every_value_and_the_target_between_round_labels(values, target, highest, axis):
    assert framed({"yAxis": {}}, [values], target, highest=highest)["yAxis"] == axis
