"""The page on which an entry is taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.assessments.points.conftest import NOW
from tests.factories.points import entry_of, rule_of


@pytest.mark.parametrize(("days", "left"), [(0, 20.0), (180, 10.0)], ids=["just given", "after a half-life"])
def test_it_says_what_the_entry_is_worth_now(as_, hr, person, days, left):
    rule_of("quiz", 20, 180)
    entry = entry_of(person, at=NOW - timedelta(days=days), event="quiz")
    assert as_(hr).get(reverse("points-void", args=[entry.pk])).context["line"].left == left
