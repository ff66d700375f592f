from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from random import Random

import pytest

from assessments.models import CurrentLevel, Evidence, LevelChange, RatingRule
from assessments.ratings.deriving import rederive, sweep
from assessments.ratings.reckoning import NOTHING, Derived, derive, middle_of, weigh
from assessments.ratings.recording import record, void
from courses.competencies.versions import publish_framework
from tests.factories.people import PersonFactory
from tests.factories.ratings import DAY, NOON, competency, piece, rate, rating_rule
from trainingsite.core import clock
from trainingsite.core.days import company_day

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def kept(person, of):
    row = CurrentLevel.objects.get(person=person, competency=of)
    return Derived(row.score, row.level, row.pieces, row.assessed, row.lapses_on)


# --- The rule, read -------------------------------------------------------------------------------------------------


def test_without_evidence_there_is_nothing(rule):
    assert derive([], rule, 4, TODAY) == NOTHING


def test_a_piece_one_half_life_old_counts_half(agent, empathy, rule):
    pieces = [piece(agent, empathy, 90, ago=180), piece(agent, empathy, 60)]
    assert derive(pieces, rule, 4, TODAY) == Derived(Decimal("70.00"), 3, 2, 0, TODAY + timedelta(days=185))


def test_shares_say_what_a_score_rests_on(agent, empathy, rule):
    rule.source_weights = {"quiz": 2, "typing": 0}
    pieces = [
        piece(agent, empathy, 90, source="quiz"),
        piece(agent, empathy, 60, ago=180),
        piece(agent, empathy, 10, source="typing"),
        piece(agent, empathy, 10, ago=365),
    ]
    shares = [(one.age_days, one.source_weight, one.fading, one.share) for one in weigh(pieces, rule, TODAY)]
    assert shares == [(0, 2.0, 1.0, 0.8), (180, 1.0, 0.5, 0.2)]


def test_the_score_stays_the_same_until_a_piece_lapses(agent, empathy, rule):
    pieces = [piece(agent, empathy, 93, ago=300), piece(agent, empathy, 61, ago=200), piece(agent, empathy, 72)]
    first = derive(pieces, rule, 4, TODAY)
    assert first.lapses_on == TODAY + timedelta(days=65)
    assert {derive(pieces, rule, 4, TODAY + timedelta(days=days)) for days in range(65)} == {first}
    assert derive(pieces, rule, 4, first.lapses_on).pieces == 2


@pytest.mark.parametrize(
    ("score", "level"), [(0, 1), ("49.99", 1), (50, 2), ("69.99", 2), (70, 3), ("87.99", 3), (88, 4), (100, 4)]
)
def test_the_level_is_the_one_whose_band_holds_the_score(agent, empathy, rule, score, level):
    assert derive([piece(agent, empathy, score)] * 2, rule, 4, TODAY).level == level


@pytest.mark.parametrize(
    ("levels", "level", "middle"), [(4, 1, 25), (4, 3, 79), (4, 4, 94), (2, 2, 85), (5, 3, "67.5")]
)
def test_the_middle_of_a_band(rule, levels, level, middle):
    assert middle_of(rule, levels, level) == Decimal(str(middle))


def test_a_rule_may_ask_for_more_than_one_person(agent, supervisor, empathy, rule):
    seen = [piece(agent, empathy, 80, source="assessment", by_id=supervisor.pk)]
    assert derive(seen, rule, 4, TODAY).level == 3
    rule.person_suffices = False
    assert derive(seen, rule, 4, TODAY) == Derived(Decimal("80.00"), None, 1, 1, date(2027, 6, 1))


# --- The rule in the database, held against another reckoning -------------------------------------------------------


def by_hand(rows, rule, levels, on):
    """The same rule written once more, in decimals of 50 digits and without the shortcut of the fixed mean."""
    with localcontext(Context(prec=50)):
        weights = [
            (Decimal(str(rule.source_weights.get(source, 1))) * Decimal("0.5") ** (Decimal(age) / rule.half_life_days))
            for source, _score, age, _by in rows
        ]
        counted = [(w, row) for w, row in zip(weights, rows, strict=True) if row[2] < rule.window_days and w > 0]
        if not counted:
            return NOTHING
        mean = sum(w * row[1] for w, row in counted) / sum(w for w, _row in counted)
        steady = mean.quantize(Decimal("1e-30"))  # half of equal weights is a half again
        score = steady.quantize(Decimal("0.01"), ROUND_HALF_UP)
    people = [row for _w, row in counted if row[3]]
    level = max((n for n, least in enumerate(rule.bands[str(levels)], start=1) if least <= score), default=None)
    enough = len(counted) >= rule.fewest or (people and rule.person_suffices)
    lapses = on + timedelta(days=rule.window_days) - timedelta(days=max(row[2] for _w, row in counted))
    return Derived(score, level if enough else None, len(counted), len(people), lapses)


def test_levels_of_a_hundred_people_equal_another_reckoning(supervisor, rule):
    RatingRule.objects.all().delete()
    rule = rating_rule(source_weights={"quiz": 1.3, "assessment": 1.7, "course": 0.5, "typing": 0}, fewest=3)
    chance = Random(11)
    people = PersonFactory.create_batch(100)
    skills = {competency(f"skill-{levels}", levels=levels): levels for levels in (2, 3, 4, 5)}
    pieces = [
        piece(
            *(person, of, Decimal(chance.randint(0, 10_000)) / 100),
            ago=chance.choice([0, 1, 30, 179, 180, 363, 364, 365, 366, 500]),
            source=(source := chance.choice(["quiz", "typing", "course", "api", "assessment"])),
            by_id=supervisor.pk if source == "assessment" else None,
        )
        for person in people
        for of in skills
        for _ in range(chance.randint(0, 6))
    ]
    made = record(pieces, at=NOON)
    for gone in chance.sample(made, 80):
        void(gone, reason="抽查", by=None, at=NOON)
    rows = {}
    for one in Evidence.objects.filter(void=None):
        row = (one.source, one.score, (TODAY - company_day(one.at)).days, one.by_id)
        rows.setdefault((one.person_id, one.competency_id), []).append(row)
    levels = {of.pk: number for of, number in skills.items()}
    expected = {pair: by_hand(found, rule, levels[pair[1]], TODAY) for pair, found in rows.items()}
    found = {
        (row.person_id, row.competency_id): Derived(row.score, row.level, row.pieces, row.assessed, row.lapses_on)
        for row in CurrentLevel.objects.all()
    }
    assert {pair: one for pair, one in found.items() if pair in rows} == expected
    assert {one for pair, one in found.items() if pair not in rows} <= {NOTHING}
    for person, of in list(rows)[:20]:  # and the rule as it is read gives the same
        standing = Evidence.objects.filter(person=person, competency=of, void=None)
        assert derive(standing, rule, levels[of], TODAY) == found[person, of]


def test_rounding_to_the_half_goes_up_in_both(agent, empathy, rule):
    rate(agent, empathy, "70.00", "70.01")
    assert kept(agent, empathy).score == Decimal("70.01")
    assert derive(Evidence.objects.all(), rule, 4, TODAY).score == Decimal("70.01")


# --- Deriving anew --------------------------------------------------------------------------------------------------


def test_deriving_again_changes_nothing(agent, empathy):
    rate(agent, empathy, 80, 90)
    before = list(CurrentLevel.objects.values())
    assert rederive(None, None, at=NOON, why="rule") == 0
    assert (list(CurrentLevel.objects.values()), LevelChange.objects.count()) == (before, 1)


def test_only_whom_and_what_was_named_is_derived(agent, hire, empathy):
    other, typing = hire(), competency("typing")
    record([piece(one, of) for one in (agent, other) for of in (empathy, typing) for _ in "ab"], at=NOON)
    CurrentLevel.objects.update(level=1)
    heard = []
    tell = lambda done, total: heard.append((done, total))  # noqa: E731 - what progress hears
    assert rederive([agent.pk], [typing.pk], at=NOON, why="rule", tell=tell) == 1
    assert (heard, CurrentLevel.objects.filter(level=3).get().competency) == ([(1, 1)], typing)
    assert rederive(None, [empathy.pk], at=NOON, why="rule") == 2


def test_evidence_that_becomes_too_old_takes_the_level_along(agent, empathy):
    rate(agent, empathy, 95, ago=364)
    rate(agent, empathy, 60)
    assert kept(agent, empathy).level == 2  # the old one weighs a quarter
    with clock.frozen(NOON):
        assert sweep(TODAY) == 0
    with clock.frozen(NOON + DAY):
        assert sweep(date(2026, 6, 2)) == 1
        assert sweep(date(2026, 6, 2)) == 0
    assert kept(agent, empathy) == Derived(Decimal("60.00"), None, 1, 0, date(2027, 6, 1))
    assert LevelChange.objects.values_list("before", "after", "why").first() == (2, None, "age")


def test_a_sweep_that_beat_missed_catches_up(agent, empathy):
    rate(agent, empathy, 80, 90)
    with clock.frozen(NOON + 400 * DAY):
        assert sweep((NOON + 400 * DAY).date()) == 1
    assert kept(agent, empathy) == NOTHING


def test_a_rule_that_begins_is_swept_in_on_its_day(agent, empathy):
    rate(agent, empathy, 80, 90)
    later = rating_rule(valid_from=date(2026, 6, 3), fewest=3)
    with clock.frozen(NOON + DAY):
        assert sweep(date(2026, 6, 2)) == 0
    with clock.frozen(NOON + 2 * DAY):
        assert sweep(date(2026, 6, 3)) == 1
    assert CurrentLevel.objects.values_list("level", "rule").get() == (None, later.pk)


def test_another_number_of_levels_is_derived_when_the_framework_is_published(agent, empathy):
    rate(agent, empathy, 80, 90)
    publish_framework("首版", by=None, at=NOON)
    empathy.levels.filter(number=4).delete()
    rate(agent, empathy, 80)
    assert kept(agent, empathy).level == 3  # of four, as it was published
    publish_framework("四级并为三级", by=None, at=NOON + DAY)
    assert kept(agent, empathy).level == 2  # of three: from 60 and from 85
    assert list(LevelChange.objects.order_by("-pk").values_list("before", "after", "why")[:1]) == [(3, 2, "rule")]
