"""Runs of refreshers, and what the days are."""

from datetime import date

import pytest
from django.urls import reverse

from courses.models import Occurrence
from courses.workdays.regions import Region
from tests.courses.calendar.reading import on, titles, words
from tests.factories.courses import EnrolmentFactory, TopicFactory
from tests.factories.planning import SeasonFactory
from tests.factories.workdays import CompanyDayFactory
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.usefixtures("today")


def test_planner_sees_when_a_run_opens_and_is_due(look, run):
    context = look()

    shown = [on(context, day).entries[0] for day in ("2026-12-07", "2026-12-21")]
    assert [entry.source for entry in shown] == ["refreshers"] * 2
    assert shown[0].title == "月度复训"
    assert "月度复训" in shown[1].title
    assert {entry.url for entry in shown} == {reverse("refresher", args=[run.refresher_id])}


def test_person_sees_the_own_runs_alone(look, hire, run):
    person, stranger = hire(), hire()
    EnrolmentFactory(person=person, course=run.refresher.course, occurrence=run)

    assert [len(titles(look(each))) for each in (person, stranger)] == [2, 0]
    assert on(look(person), "2026-12-07").entries[0].url == reverse("my-courses")


def test_skipped_run_is_crossed_out_and_not_due(look, run):
    Occurrence.objects.filter(pk=run.pk).update(state="skipped", skipped_reason="大促")

    (entry,) = [entry for day in look()["days"] for entry in day.entries]
    assert (entry.cancelled, words(entry)) == (True, ["已跳过"])


def test_runs_are_narrowed_by_topic_department_and_mine(look, hire, run, company):
    agent = hire(department="disputes")
    EnrolmentFactory(person=agent, course=run.refresher.course, occurrence=run)
    topic = run.refresher.course.topic
    other = TopicFactory()

    found = [
        look(topic=topic.pk),
        look(topic=other.pk),
        look(department=company["care"].pk),
        look(department=company["sales"].pk),
        look(mine="on"),
        look(kind="class"),
    ]

    assert [len(titles(context)) for context in found] == [2, 0, 2, 0, 0, 0]


def marks(context):
    return [(mark.first.isoformat(), mark.name, mark.level) for day in context["days"] for mark in day.marks]


def test_holidays_company_days_and_blackouts_mark_their_days(look):
    SeasonFactory(name="双12", starts_on=date(2026, 12, 12), ends_on=date(2026, 12, 12))
    CompanyDayFactory(day=date(2026, 12, 31), name="盘点日")
    CompanyDayFactory(day=date(2026, 12, 30), name="台北", region="TW")

    found = marks(look())

    assert found[:2] == [("2026-12-12", "双12", "closed"), ("2026-12-31", "盘点日", "off")]
    assert ("2027-01-01", "元旦", "off") in found


def test_region_is_the_one_chosen_else_that_of_the_persons_zone(look, hr):
    hk = [name for _day, name, _level in marks(look(region="HK"))]
    everywhere = [name for _day, name, _level in marks(look(region="all"))]
    hr.time_zone = "Asia/Hong_Kong"
    hr.save()

    assert "圣诞节" in hk
    assert [name for _day, name, _level in marks(look(region=""))] == hk
    assert f"圣诞节 · {Region.HK.label}" in everywhere


def test_blackout_is_shown_to_those_who_plan(look, hire):
    SeasonFactory()

    assert "双12" not in [name for _day, name, _level in marks(look(hire()))]
    assert [level for _day, name, level in marks(look()) if name == "双12"] == ["closed"] * 7


def test_planner_may_plan_on_days_from_today_on(look, hire):
    free = [day.date for day in look()["days"] if day.may_plan]

    assert (free[0], free[-1], len(free)) == (date(2026, 12, 3), date(2027, 1, 3), 32)
    assert [day for day in look(hire(Role.AUDITOR))["days"] if day.may_plan] == []
