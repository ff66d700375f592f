"""Plans as they are typed."""

import pytest
from django.core.exceptions import ValidationError

from mentoring.rotation.fields import PlanField
from mentoring.rotation.offers import Step


def test_a_line_without_a_day_is_for_the_first():
    assert PlanField().clean("旁听\n3 | 独立接待") == [Step("旁听", 0), Step("独立接待", 2)]


@pytest.mark.parametrize(
    "day", ["0", "401", "x", "00001" + "0" * 1_000, "9" * 5_000], ids=["nought", "late", "none", "noughts", "digits"]
)
def test_a_day_that_nobody_means_is_refused(day):
    with pytest.raises(ValidationError):
        PlanField().clean(f"{day} | 旁听")
