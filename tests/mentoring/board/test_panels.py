from datetime import date

import pytest
from django.urls import reverse

from courses.planning.lanes import LANES, Count, Filters, Window
from mentoring.board.panels import mentoring_of
from tests.mentoring.board.conftest import DAY, MONDAY, TODAY
from trainingsite.core import clock, days
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
JUNE = (date(2026, 6, 1), date(2026, 6, 30))


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(days, "today", lambda: TODAY)


def counted(user, **filters):
    return list(LANES["pairings"].counts(Window(*JUNE, TODAY, user, Filters(**filters))))


def test_the_lane_counts_pairings_by_the_day_they_end(couple, hire, hr):
    couple(mentee=hire(), planned_end=date(2026, 6, 26))
    couple(mentee=hire(), planned_end=date(2026, 6, 26))
    couple(mentee=hire())  # its plan ends on 28 June
    couple(mentee=hire(), planned_end=date(2026, 7, 1))
    couple(mentee=hire(), planned_end=date(2026, 6, 20), ended_on=TODAY, end_reason="reached")
    found = sorted(counted(hr), key=lambda count: count.on)
    assert found == [Count(date(2026, 6, 26), 2), Count(date(2026, 6, 28), 1)]


def test_the_lane_is_narrowed_as_the_board_is(couple, hire, hr, company):
    couple(mentee=hire(department="sales"))
    assert len(counted(hr, department_path=company["sales"].path)) == 1
    assert counted(hr, department_path=company["care"].path) == []
    assert counted(hr, topic=1) == []
    assert counted(hr, programme=1) == []


def test_a_number_of_the_lane_leads_to_its_rows(as_, couple, hire, hr, company):
    couple(mentee=hire(department="disputes", name="王小明"))
    couple(mentee=hire(name="周红"), planned_end=date(2026, 7, 31))
    url = LANES["pairings"].link(*JUNE, Filters(department_path=company["care"].path))
    lines = as_(hr).get(url).context["lines"]
    assert [line.row.mentee.name for line in lines] == ["王小明"]


def test_a_persons_page_says_who_guides_and_how_it_goes(as_, couple, hire, hr):
    newcomer = hire(name="王小明")
    pairing = couple(mentee=newcomer, due=TODAY - 9 * DAY)
    page = as_(hr).get(reverse("person", args=[newcomer.pk])).content.decode()
    assert "check-in 9 days overdue" in page
    assert reverse("pairing", args=[pairing.pk]) in page


def test_after_the_end_the_last_pairing_is_named(couple, hire, hr):
    newcomer = hire(name="王小明")
    pairing = couple(mentee=newcomer, ended_on=TODAY, end_reason="reached")
    found = mentoring_of(hr, newcomer, TODAY)
    assert (found["line"], found["past"]) == (None, pairing)


def test_of_a_mentor_it_says_how_many_mentees_there_are(couple, hire, hr):
    guide = hire(Role.MENTOR)
    couple(mentor=guide, mentee=hire())
    assert mentoring_of(hr, guide, TODAY)["guides"] == 1


def test_what_one_may_not_see_is_not_there(couple, hire, supervisor):
    newcomer = hire(department="sales")
    couple(mentee=newcomer, started_on=MONDAY)
    assert mentoring_of(supervisor, newcomer, TODAY) == {}
    assert mentoring_of(supervisor, hire(), TODAY) == {}
