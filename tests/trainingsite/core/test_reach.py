from datetime import date

import pytest
from django import forms
from rest_framework import serializers

from courses.sessions.fields import MomentField

OUT = ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]


class DayForm(forms.Form):
    day = forms.DateField(required=False)
    moment = MomentField(required=False)


class DaySerializer(serializers.Serializer):
    day = serializers.DateField(required=False)
    moment = serializers.DateTimeField(required=False)


@pytest.mark.parametrize("day", OUT)
def test_a_day_that_nobody_means_is_refused_at_its_field(day):
    form = DayForm({"day": day, "moment": f"{day}T00:00"})

    assert {name: errors[0].code for name, errors in form.errors.as_data().items()} == dict.fromkeys(
        ("day", "moment"), "out_of_reach"
    )


@pytest.mark.parametrize("day", OUT)
def test_rest_refuses_it_as_well(day):
    serializer = DaySerializer(data={"day": day, "moment": f"{day}T12:00:00Z"})

    assert not serializer.is_valid()
    assert {name: errors[0].code for name, errors in serializer.errors.items()} == dict.fromkeys(
        ("day", "moment"), "out_of_reach"
    )


@pytest.mark.parametrize("day", ["1900-01-01", "2026-03-31", "2199-12-31"])
def test_other_days_are_taken(day):
    form, serializer = DayForm({"day": day}), DaySerializer(data={"day": day})

    assert (form.is_valid(), serializer.is_valid()) == (True, True)
    assert form.cleaned_data["day"] == serializer.validated_data["day"] == date.fromisoformat(day)
