"""The chart of a comparison."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from assessments.gradebook.groups import Group
from trainingsite.core import charts


def comparison(groups: Sequence[Group]) -> dict[str, Any]:
    """The pass rate of each group, with the target as a line."""
    rates = [round(100 * group.rate, 1) for group in groups]
    option = charts.bars(
        [group.name for group in groups],
        {_("Pass rate"): rates},
        unit="%",
        target=settings.PASS_RATE_TARGET,
        lying=True,
    )
    option["xAxis"]["max"] = 100
    return option
