"""How a figure compares with the one before."""

import pytest

from analytics.dashboards.values import Value
from analytics.metrics.models import Metric

SATISFACTION = Metric(name="满意度", unit="percent", direction="higher", aggregation="ratio")
COMPLAINTS = Metric(name="投诉率", unit="percent", direction="lower", aggregation="ratio")


@pytest.mark.parametrize(
    ("metric", "now", "before", "trend", "text"),
    [
        (SATISFACTION, 92.34, 92.31, "flat", "与上月持平（92.3%）"),
        (SATISFACTION, 92.36, 92.34, "up", "好于上月（92.3%）"),
        (SATISFACTION, 92.2, 92.5, "down", "差于上月（92.5%）"),
        (COMPLAINTS, 2.1, 2.0, "up", "差于上月（2.0%）"),
        (COMPLAINTS, 1.9, 2.0, "down", "好于上月（2.0%）"),
        (COMPLAINTS, None, 2.0, "", ""),
        (COMPLAINTS, 2.0, None, "", ""),
    ],
)
def test_figures_are_the_same_when_they_are_shown_as_the_same(metric, now, before, trend, text):
    value, earlier = Value(metric, now), Value(metric, before)
    assert (value.trend_since(earlier), value.trend_text(earlier, "上月")) == (trend, text)
