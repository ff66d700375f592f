"""Where each role finds mentors, the rules and the own profile."""

import pytest

from trainingsite.people.access.roles import Role

PLACES = {"/mentoring/mentors/", "/mentoring/rules/", "/mentoring/mentors/me/"}


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.HR, {"/mentoring/mentors/", "/mentoring/rules/"}),
        (Role.SUPERVISOR, {"/mentoring/mentors/"}),
        (Role.AUDITOR, {"/mentoring/mentors/"}),
        (Role.MENTOR, {"/mentoring/mentors/me/"}),
        (Role.TRAINEE, set()),
    ],
)
def test_navigation_leads_where_the_role_may_go(hire, as_, role, places):
    sections = as_(hire(role)).get("/").context["navigation"]

    assert {item.url for section in sections for item in section.items} & PLACES == places


@pytest.mark.parametrize(("role", "seen"), [(Role.HR, True), (Role.SUPERVISOR, False)])
def test_only_hr_is_led_from_the_list_to_those_kept_apart(hire, as_, role, seen):
    page = as_(hire(role)).get("/mentoring/mentors/").content.decode()

    assert ("/mentoring/apart/" in page) is seen


def test_supervisor_reads_the_list_without_buttons_that_change(hire, as_):
    page = as_(hire(Role.SUPERVISOR)).get("/mentoring/mentors/").content.decode()

    assert "/mentoring/mentors/new/" not in page
