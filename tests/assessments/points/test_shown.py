"""What the pages say of points, in words and figures; and the same figures reckoned by somebody else."""

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import translation

from assessments.points.actions import earn, void_entry
from assessments.points.balance import balance, parts
from assessments.points.events import EVENTS, icon_of, label_of, title_of
from assessments.points.models import PointEntry
from assessments.points.notices import GIVEN, VOIDED
from assessments.points.shown import MONTHS_BACK, MONTHS_ON, Line, Shown, half_life_words
from assessments.points.steps import ASKS, Ask, Step, steps_of
from assessments.ratings.looks import Look
from tests.assessments.points.conftest import NOW
from tests.factories.people import PositionFactory
from tests.factories.points import DAY, LONG_AGO, MARCH, entry_of, happened, rule_of
from tests.factories.profiles import competency, need, profile_of
from trainingsite.core.days import company_day, end_of
from trainingsite.notices.kinds import KINDS

pytestmark = pytest.mark.usefixtures("rule")


def today(person):
    return Shown(person, person, Look(company_day(NOW), NOW, past=False))


def on(person, day):
    return Shown(person, person, Look(day, end_of(day), past=True))


class TestShown:
    def test_the_chart_goes_back_a_year_and_on_half_a_year(self, person):
        entry_of(person, at=MARCH - timedelta(hours=1))
        was, will = (line["data"] for line in today(person).chart["series"])
        assert (len(was), len(will)) == (MONTHS_BACK + 1 + MONTHS_ON,) * 2
        assert was[MONTHS_BACK] == will[MONTHS_BACK] == round(today(person).balance, 1)
        assert was[:MONTHS_BACK].count(0) == 8  # until February
        assert was[MONTHS_BACK + 1 :] == [None] * MONTHS_ON
        assert will[MONTHS_BACK:] == sorted(will[MONTHS_BACK:], reverse=True)

    def test_lines_that_end_in_the_middle_are_named_above(self, person):
        """At the end of a line that has no value there a name would stand nowhere."""
        entry_of(person, at=NOW)
        chart = today(person).chart
        assert [line["endLabel"] for line in chart["series"]] == [{"show": False}] * 2
        assert chart["legend"] == {"show": True}

    def test_no_month_before_the_first_working_day_is_drawn(self, person):
        entry_of(person, at=NOW)
        person.hired_on = date(2026, 3, 16)
        shown = today(person)
        assert shown.chart["xAxis"]["data"][:3] == ["2026-03-31", "2026-04-30", "2026-05-31"]
        assert [len(line["data"]) for line in shown.chart["series"]] == [3 + 1 + MONTHS_ON] * 2
        assert round(shown.faded, 2) == round(20 * 0.5**0.92, 2)

    def test_three_months_on_less_is_left(self, person):
        entry_of(person, at=NOW)
        assert (today(person).balance, round(today(person).faded, 2)) == (20.0, round(20 * 0.5**0.92, 2))

    def test_a_past_day_has_its_own_chart(self, person):
        entry_of(person, at=NOW - DAY)
        shown = on(person, MARCH.date())
        assert (shown.balance, set(shown.chart["series"][0]["data"])) == (0.0, {0, None})

    def test_shares_are_named_and_measured_by_the_largest(self, person):
        rule_of("level", 40)
        chat = competency("沟通")
        earn([happened(person, "1", at=NOW, event="level", competency=chat), happened(person, "2", at=NOW)])
        rows = [(one.label, one.competency, one.percent) for one in today(person).shares]
        assert rows == [(str(label_of("level")), "沟通", 100.0), (str(label_of("external")), "", 50.0)]

    def test_the_newest_record_comes_first(self, person):
        entry_of(person, "old", at=NOW - DAY)
        earn([happened(person, "late", at=MARCH)])
        shown = today(person)
        lines = shown.lines(shown.ledger())
        assert [(line.entry.key, line.is_late) for line in lines] == [("late", True), ("old", False)]


class TestWords:
    @pytest.mark.parametrize(
        ("event", "title", "said"),
        [
            ("level", "情绪管理 · 1", "情绪管理升至 1 级"),
            ("level", "退款 · 换货 · 3", "退款 · 换货升至 3 级"),
            ("level", "情绪管理", "情绪管理"),
            ("course", "七天无理由退货 · 2", "七天无理由退货 · 2"),
        ],
        ids=["a level", "a dot in its name", "an older title", "a course"],
    )
    def test_a_level_is_said_in_the_language_of_the_reader(self, event, title, said):
        with translation.override("zh-hans"):
            assert title_of(PointEntry(event=event, key="7:1", title=title)) == said
        with translation.override("en"):
            assert title_of(PointEntry(event="level", key="7:1", title="情绪管理 · 1")) == "情绪管理 raised to level 1"

    def test_a_line_says_how_it_was_reckoned(self, hire):
        chat, typing = competency("沟通"), competency("打字")
        agent = hire(position=PositionFactory(name="客服专员"))
        profile_of(need(chat, 3, 75), need(typing, 2, 25), position=agent.position, valid_from=LONG_AGO)
        made = earn([happened(agent, competency=chat)])[0]
        words = Line(made, 0, "", NOW).reckoned
        assert all(part in words for part in ("1", "20 × 1.5", "客服专员", "100"))

    def test_without_a_profile_it_says_the_rule_alone(self, person):
        assert "×" not in Line(entry_of(person), 0, "", NOW).reckoned

    def test_points_that_last_say_so(self):
        assert half_life_words(None) != half_life_words(90)
        assert "90" in half_life_words(90)

    def test_an_event_that_nobody_registers_any_more_keeps_its_name(self):
        assert (label_of("gone"), icon_of("gone")) == ("gone", "point")
        assert icon_of("course") == EVENTS["course"].icon

    def test_notices_say_who_gave_how_many_and_why(self):
        given = {"by": "周明", "points": "20", "reason": "补齐了凭证"}
        voided = {"points": "20", "title": "周明加分", "reason": "点了两次"}
        for kind, facts in ((GIVEN, given), (VOIDED, voided)):
            subject = KINDS[kind].subject(facts)
            assert "20" in subject
            assert "周明" in subject
            assert KINDS[kind].body(facts) == facts["reason"]


class TestSteps:
    @pytest.mark.parametrize(
        ("has", "missing", "met"),
        [(0.0, 100, False), (99.4, 0.6, False), (99.99, 0.1, False), (100.0, 0, True), (180.5, 0, True)],
        ids=["nothing", "nearly", "a hair", "enough", "more"],
    )
    def test_what_is_missing_is_never_rounded_away(self, has, missing, met):
        step = Step(Ask("高级客服专员", 100), has)
        assert (step.missing, step.met) == (missing, met)

    def test_the_nearest_comes_first(self, person, monkeypatch):
        asks = {"a": lambda _p, _d: [Ask("远", 300)], "b": lambda _p, _d: [Ask("近", 100), Ask("中", 200)]}
        monkeypatch.setattr(ASKS, "_things", asks)
        assert [step.ask.label for step in steps_of(person, 0, NOW.date())] == ["近", "中", "远"]


def test_balances_equal_an_independent_computation(hire, hr):
    """A random ledger of ten people, a part of it voided or late, at eight random moments."""
    chance = Random(20261123)
    for event, half_life in (("quiz", 180), ("course", 365), ("level", None)):
        rule_of(event, chance.randint(5, 60), half_life)
    people = [hire() for _person in range(10)]
    for number in range(80):
        one = chance.choice(people)
        at = NOW - chance.randint(0, 700) * DAY
        event = chance.choice(["quiz", "course", "level", "external"])
        if chance.random() < 0.2:
            earn([happened(one, str(number), at=at, event=event)])
        else:
            made = entry_of(one, str(number), at=at, event=event)
            if chance.random() < 0.2:
                void_entry(made, reason="重复", by=hr, at=at + chance.randint(0, 90) * DAY)
    rows = list(PointEntry.objects.values_list("person", "points", "half_life_days", "at", "recorded_at"))
    for at in (NOW, *(NOW - chance.randint(0, 700) * DAY for _moment in range(7))):
        expected = dict.fromkeys((one.pk for one in people), 0.0)
        for who, points, half_life, when, recorded in rows:
            if recorded <= at:
                faded = 2 ** (-((at - when).total_seconds() / 86_400) / half_life) if half_life else 1
                expected[who] += float(points) * faded
        assert balance(list(expected), at=at) == pytest.approx(expected, abs=1e-5)
        sums = {pk: sum(part.worth for part in parts(pk, at=at)) for pk in expected}
        assert sums == pytest.approx(expected, abs=1e-4)
