"""Pages of the rules: the one in force, its history, and the next one with what it would move."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from assessments.models import CurrentLevel, RatingRule
from assessments.ratings.sources import SOURCES
from tests.factories.ratings import DAY, NOON, competency, rate, rating_rule
from trainingsite.core import clock
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)
LATER = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _noon_in_english():
    with clock.frozen(NOON), translation.override("en"):
        yield


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="周敏", locale="en")


@pytest.fixture
def desk(as_, hr, rule):
    """The page to make a rule on, as HR."""
    return Desk(as_(hr))


class Desk:
    def __init__(self, client):
        self.client = client
        self.url = reverse("rating-rule-new")

    def typed(self, **changed):
        """The form as it is opened, with some of it changed."""
        form = self.client.get(self.url).context["form"]
        values = {field.name: field.value() for field in form}
        return {
            **{k: v for k, v in values.items() if v is not None},
            "person_suffices": "on",
            "reason": "大促",
            **changed,
        }

    def look(self, **changed):
        return self.client.post(self.url, self.typed(**changed))

    def confirm(self, **changed):
        """Look, then let the very same rule count."""
        mark = self.look(**changed).context["form"].mark
        return self.client.post(self.url, self.typed(**changed, seen=mark))


def test_the_rule_in_force_is_told_in_words(as_, hire, rule):
    rating_rule(window_days=180, half_life_days=90, valid_from=LATER, reason="下半年", created_at=NOON)
    answer = as_(hire(Role.TRAINEE, locale="en")).get(reverse("rating-rules"))
    words = " ".join(answer.content.decode().split())
    assert "Evidence of the last <strong>365 days</strong> counts." in words
    assert "from <strong>2 pieces</strong> of evidence on, or one that a person assessed" in words
    assert answer.context["now"].rule == rule
    assert [each.number for each in answer.context["page"]] == [2, 1]
    assert "To come" in words
    assert "Change the rule" not in words


def test_sources_are_told_heaviest_first_and_bands_by_levels(as_, hr):
    weights = dict.fromkeys(SOURCES, 1) | {"quiz": 2}
    rating_rule(source_weights=weights)
    shown = as_(hr).get(reverse("rating-rules")).context["now"]
    assert (shown.weights[0].label, shown.weights[0].weight) == ("Quiz", 2.0)
    assert [(number, [(b.start, b.end) for b in bands]) for number, bands in shown.bands][:2] == [
        (2, [(0, 70), (70, 100)]),
        (3, [(0, 60), (60, 85), (85, 100)]),
    ]


def test_without_any_rule_the_first_one_is_made(as_, hr):
    assert as_(hr).get(reverse("rating-rules")).context["now"].rule.number == 1


def test_the_form_begins_with_the_rule_in_force(desk):
    typed = desk.typed()
    assert (typed["window_days"], typed["half_life_days"], typed["fewest"], typed["bands_3"]) == (
        365,
        180,
        2,
        "0, 60, 85",
    )
    assert typed["weight_quiz"] == 1


def test_looking_tells_whose_level_would_move_and_changes_nothing(desk, hire):
    of = competency("empathy", title="同理心")
    rate(hire(name="李静"), of, 86, 86)
    rate(hire(name="王芳"), of, 86, 87)
    rate(hire(name="赵强"), of, 30, 30)
    shown = desk.look(bands_4="0, 50, 70, 85").context["effects"]
    assert [
        (str(each.competency), each.move.before, each.move.after, each.move.count, {str(one) for one in each.people})
        for each in shown.moves
    ] == [("同理心", 3, 4, 2, {"李静", "王芳"})]
    assert (shown.effects.up, shown.effects.down, shown.effects.looked_at) == (2, 0, 3)
    assert RatingRule.objects.count() == 1


def test_moves_stand_by_competency_with_five_names_and_the_rest_behind_them(desk, hire):
    empathy, typing = competency("empathy", title="同理心"), competency("typing", title="打字")
    for number in range(7):
        rate(hire(name=f"李静{number}"), empathy, 86, 86)
    rate(hire(name="王芳"), typing, 86, 86)
    answer = desk.look(bands_4="0, 50, 70, 85")
    groups = answer.context["effects"].groups
    assert [(str(group.competency), group.up, group.down) for group in groups] == [("同理心", 7, 0), ("打字", 1, 0)]
    assert [(len(each.first), len(each.others), each.unnamed) for each in groups[0].moves] == [(5, 2, 0)]
    assert answer.content.decode().count("7 people in all") == 1


def test_confirming_makes_the_rule_and_starts_the_work(desk, hr, django_capture_on_commit_callbacks):
    answer = desk.confirm(bands_4="0,50,70,85", weight_quiz="2", fewest="3")
    assert answer.url == reverse("rating-rules")
    made = RatingRule.objects.get(number=2)
    assert (made.bands["4"], made.source_weights["quiz"], made.fewest, made.by, made.reason, made.valid_from) == (
        [0, 50, 70, 85],
        2,
        3,
        hr,
        "大促",
        JUNE,
    )
    assert Job.objects.get().kind == "assessments.rederive_levels"
    shown = desk.client.get(reverse("rating-rules"))
    assert shown.context["job"] == Job.objects.get()
    assert f'hx-get="{reverse("job", args=[Job.objects.get().pk])}"' in shown.content.decode()


def test_a_rule_for_later_starts_no_work_yet(desk):
    desk.confirm(window_days="180", valid_from=LATER.isoformat())
    assert (RatingRule.objects.get(number=2).valid_from, Job.objects.count()) == (LATER, 0)


def test_confirming_twice_makes_one_rule(desk):
    desk.confirm(fewest="3")
    again = desk.confirm(fewest="3")
    assert (again.status_code, RatingRule.objects.count()) == (422, 2)
    assert "This is what rule 2 says already." in again.content.decode()


def test_numbers_changed_after_looking_are_looked_at_again(desk):
    mark = desk.look(fewest="3").context["form"].mark
    answer = desk.client.post(desk.url, desk.typed(fewest="4", seen=mark))
    assert (answer.status_code, answer.context["effects"] is None, RatingRule.objects.count()) == (200, False, 1)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"window_days": "0"}, "window_days", "A whole number from 1"),
        ({"half_life_days": "1"}, "half_life_days", "A whole number from 7"),
        ({"fewest": ""}, "fewest", "This field is required"),
        ({"weight_quiz": "-1"}, "weight_quiz", "At least 0"),
        ({"weight_quiz": "nan"}, "weight_quiz", "Enter a number"),
        ({"bands_4": "0, 50, 40, 88"}, "bands_4", "begins higher than the one below it"),
        ({"bands_4": "0, 50, 70"}, "bands_4", "one least score each"),
        ({"bands_4": "0, 50, nan, 88"}, "bands_4", "as numbers"),
        ({"bands_4": "零，五十"}, "bands_4", "as numbers"),
        ({"bands_4": ""}, "bands_4", "This field is required"),
        ({"valid_from": "2026-05-31"}, "valid_from", "cannot begin in the past"),
        ({"valid_from": ""}, "valid_from", "This field is required"),
        ({"reason": ""}, "reason", "This field is required"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_at_its_field(desk, changed, field, words):
    answer = desk.look(**changed)
    assert (answer.status_code, answer.context["effects"], list(answer.context["form"].errors)) == (422, None, [field])
    assert words in answer.content.decode()
    assert RatingRule.objects.count() == 1


def test_chinese_commas_do_as_well(desk):
    assert desk.look(bands_4="0，50、70，80").context["form"].cleaned_data["bands_4"] == [0, 50, 70, 80]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_rules_take_five_queries(as_, hr, rule, django_assert_num_queries, rows):
    for number in range(rows):
        rating_rule(fewest=number + 3, valid_from=(NOON + number * DAY).date(), created_at=NOON, by=hr)
    client = as_(hr)
    with django_assert_num_queries(5):
        client.get(reverse("rating-rules"))


@pytest.mark.parametrize("rows", [1, 30])
def test_looking_takes_the_same_queries_for_one_and_for_thirty(desk, hire, django_assert_num_queries, rows):
    for number in range(rows):
        rate(hire(), competency(f"c-{number}"), 86, 86)
    typed = desk.typed(bands_4="0, 50, 70, 85")
    with django_assert_num_queries(7):
        desk.client.post(desk.url, typed)
    assert CurrentLevel.objects.count() == rows
