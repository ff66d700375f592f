"""The page of rules, and the form of a new one with its preview."""

from datetime import timedelta

import pytest

from assessments.points.models import PointRule
from tests.assessments.points.conftest import NOW
from tests.factories.points import entry_of, rule_of

pytestmark = pytest.mark.usefixtures("rule")

RULES = "/points/rules/"


class TestRules:
    def test_everybody_reads_them_with_planned_and_former_ones(self, as_, person):
        former, now = rule_of("quiz", 10), rule_of("quiz", 15)
        planned = rule_of("quiz", 25, begins=NOW.date() + timedelta(days=30))
        answer = as_(person).get(RULES)
        quiz = next(one for one in answer.context["ruled"] if one.name == "quiz")
        assert (quiz.now, quiz.planned, quiz.former) == (now, [planned], [former])
        assert (answer.context["may_edit"], answer.context["bare"]) == (False, False)

    def test_hr_takes_the_suggestions_over(self, as_, hr):
        client = as_(hr)
        assert client.get(RULES).context["bare"]
        client.post("/points/rules/suggested/")
        without_one = len(client.get(RULES).context["ruled"]) - 1
        assert PointRule.objects.filter(by=hr, valid_from=NOW.date()).count() == without_one

    def test_hr_states_a_rule_from_a_day_on(self, as_, hr):
        data = {"points": "25", "half_life_days": "", "valid_from": "2026-07-01", "reason": "大促前鼓励考证"}
        answer = as_(hr).post("/points/rules/quiz/new/", data)
        assert answer.headers["Location"] == RULES
        made = PointRule.objects.get(event="quiz")
        assert (made.event, made.points, made.half_life_days, str(made.valid_from)) == ("quiz", 25, None, "2026-07-01")

    @pytest.mark.parametrize(
        ("sent", "field"),
        [({"valid_from": "2026-05-31"}, "valid_from"), ({"points": "-1"}, "points"), ({"reason": ""}, "reason")],
        ids=["in the past", "negative", "no reason"],
    )
    def test_what_is_wrong_stands_at_its_field(self, as_, hr, sent, field):
        data = {"points": "25", "half_life_days": "90", "valid_from": "2026-07-01", "reason": "因为"} | sent
        answer = as_(hr).post("/points/rules/quiz/new/", data)
        assert (
            answer.status_code,
            list(answer.context["form"].errors),
            PointRule.objects.filter(event="quiz").count(),
        ) == (422, [field], 0)

    def test_a_number_beyond_its_limit_is_told_the_limit(self, as_, hr):
        answer = as_(hr).post("/points/rules/quiz/new/", {"points": "-1", "half_life_days": "90"})
        assert answer.context["form"].errors["points"] == ["不能小于 0。"]

    def test_an_unknown_event_is_not_found(self, as_, hr):
        assert [as_(hr).get(f"/points/rules/nothing/{page}/").status_code for page in ("new", "preview")] == [404, 404]

    def test_the_preview_follows_what_is_typed(self, as_, hr, person):
        entry_of(person, at=NOW)
        client = as_(hr)
        typed = client.get("/points/rules/external/preview/?points=50&half_life_days=&valid_from=x").context["preview"]
        wrong = client.get("/points/rules/external/preview/?points=viele&half_life_days=-3").context["preview"]
        assert (typed.would_earn, wrong.would_earn) == (50.0, 20.0)

    def test_they_take_four_queries(self, as_, hr, django_assert_max_num_queries):
        for number in range(5):
            rule_of("quiz", number), rule_of("level", number)
        client = as_(hr)
        client.get(RULES)
        with django_assert_max_num_queries(4):
            client.get(RULES)
