"""The ready profiles, and the demo company's history of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.models import ProfileVersion, RoleProfile
from assessments.profiles import demo
from assessments.profiles.ready import load_ready_profiles, read
from courses.competencies.ready import load_ready_framework
from tests.factories.people import PersonFactory, PositionFactory
from trainingsite.core.demo import Story
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Position

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def load():
    return load_ready_profiles(by=None, on=TODAY)


def test_a_beginning_company_gets_profiles_and_the_positions_that_it_lacks():
    load_ready_framework()
    agent = PositionFactory(name="客服专员")
    assert load() == RoleProfile.objects.count() == len(read()["profiles"]) == 13
    assert set(RoleProfile.objects.filter(position__name="客服专员").values_list("position", "grade")) == {
        (agent.pk, "P1"),
        (agent.pk, "P2"),
    }
    assert Position.objects.count() == 10
    assert {sum(need.weight for need in row.needs.all()) for row in ProfileVersion.objects.all()} == {Decimal(100)}


def test_a_repeat_adds_nothing_and_own_profiles_stay():
    load_ready_framework()
    load()
    assert load() == 0


def test_without_the_framework_nothing_is_made():
    with pytest.raises(Refused) as refused:
        load()
    assert refused.value.code == "framework_missing"
    assert (RoleProfile.objects.count(), Position.objects.count()) == (0, 0)


def test_hr_takes_them_on_the_page(as_, hire):
    browse = as_(hire(Role.HR, locale="en"))
    way = reverse("role-profiles-ready")
    said = [str(message) for message in browse.post(way, follow=True).context["messages"]]
    assert said == ["The competency framework lacks what the ready profiles ask for. Take the ready framework first."]
    load_ready_framework()
    page = browse.post(way, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["13 role profiles were added. Look them over."]
    assert len(page.context["lines"]) == 13


def test_the_demo_tells_of_weights_raised_by_half_and_of_what_is_planned():
    load_ready_framework()
    hr = PersonFactory(username="hr")
    story = Story(TODAY)
    demo.tell(story)
    profile = RoleProfile.objects.get(position__name="客服专员", grade="P2")
    rows = list(profile.versions.order_by("number").values_list("number", "valid_from", "by"))
    days = [story.first_day, TODAY - timedelta(days=120), TODAY + timedelta(days=38)]
    assert rows == [(number, day, hr.pk) for number, day in enumerate(days, start=1)]
    weights = [profile.versions.get(number=n).needs.get(competency__code="product-expertise").weight for n in (1, 2)]
    assert weights[1] == weights[0] * Decimal("1.5")
    assert "50%" in profile.versions.get(number=2).reason
