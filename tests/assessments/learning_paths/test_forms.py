"""Keys as they come with a form."""

import pytest

from assessments.learning_paths.forms import NumbersField
from trainingsite.core.given import LARGEST_KEY


@pytest.mark.parametrize(
    "text",
    ["", "-1", "1.5", "x", str(LARGEST_KEY + 1), "0" * 20 + "9" * 20, "9" * 5_000],
    ids=["none", "negative", "broken", "no number", "too large", "noughts", "thousands of digits"],
)
def test_what_is_no_key_is_left_out(text):
    assert NumbersField().clean(["7", text, str(LARGEST_KEY)]) == [7, LARGEST_KEY]
