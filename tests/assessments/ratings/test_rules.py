from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from assessments.models import CurrentLevel, LevelChange, RatingRule
from assessments.ratings.assessing import assess
from assessments.ratings.deriving import REDERIVE
from assessments.ratings.ready import BANDS, ensure_first_rule, first_weights, rule_at
from assessments.ratings.recording import record, void
from assessments.ratings.rules import Move, draft_of, effects_of, publish_rule
from courses.competencies.actions import retire_competency
from tests.factories.ratings import DAY, NOON, competency, piece, rate, rating_rule
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def draft(rule):
    return draft_of(rule, TODAY)


@pytest.fixture
def hr(hire):
    return hire(Role.HR)


# --- The first rule -------------------------------------------------------------------------------------------------


def test_the_first_rule_is_made_once_of_the_defaults(db):
    first = ensure_first_rule(NOON)
    assert (first.number, first.window_days, first.half_life_days, first.fewest, first.person_suffices) == (
        *(1, 365, 180, 2, True),
    )
    assert (first.bands, first.source_weights, first.valid_from) == (BANDS, first_weights(), TODAY)
    assert first.source_weights["course"] == 0.5
    assert (ensure_first_rule(NOON + DAY), rule_at(NOON - 900 * DAY)) == (first, first)


def test_the_rule_in_force_is_the_last_that_has_begun(rule):
    later, sooner = rating_rule(valid_from=date(2026, 7, 1)), rating_rule(valid_from=date(2026, 6, 1))
    moments = [NOON - DAY, NOON, NOON + 29 * DAY, NOON + 30 * DAY]
    assert [rule_at(at) for at in moments] == [rule, sooner, sooner, later]


def test_a_rule_counts_on_its_first_day_from_when_it_was_made(rule):
    new = rating_rule(valid_from=TODAY, created_at=NOON)
    assert [rule_at(at) for at in (NOON - DAY / 24, NOON, NOON + DAY)] == [rule, new, new]


# --- A new rule -----------------------------------------------------------------------------------------------------


def test_a_rule_of_today_is_carried_out_by_a_job(draft, hr, agent, empathy, django_capture_on_commit_callbacks):
    rate(agent, empathy, 80, 90)
    with django_capture_on_commit_callbacks():
        made = publish_rule(replace(draft, fewest=3), reason="三条起评", by=hr, at=NOON)
    assert (made.number, made.by, made.reason, CurrentLevel.objects.get().level) == (2, hr, "三条起评", 3)
    job = Job.objects.get()
    assert (job.kind, job.owner, job.back_url) == (REDERIVE, hr, "/rating-rules/")
    with clock.frozen(NOON):
        jobs.run(job.pk)
    assert (Job.objects.get().state, Job.objects.get().percent) == ("done", 100)
    assert CurrentLevel.objects.values_list("level", "rule").get() == (None, made.pk)
    assert LevelChange.objects.values_list("before", "after", "why", "at").first() == (3, None, "rule", NOON)


def test_a_rule_of_a_later_day_waits_for_it(draft, hr, agent, empathy):
    rate(agent, empathy, 80, 90)
    publish_rule(replace(draft, valid_from=date(2026, 6, 8), fewest=3), reason="三条起评", by=hr, at=NOON)
    assert (Job.objects.count(), CurrentLevel.objects.get().level) == (0, 3)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"valid_from": date(2026, 5, 31)}, "valid_from", "in_the_past"),
        ({}, None, "nothing_new"),
        ({"window_days": 0}, "window_days", "out_of_range"),
        ({"window_days": 1826}, "window_days", "out_of_range"),
        ({"half_life_days": 6}, "half_life_days", "out_of_range"),
        ({"fewest": 0}, "fewest", "out_of_range"),
        ({"source_weights": {"gossip": 1}}, "source_weights", "unknown_source"),
        ({"source_weights": {"quiz": -0.5}}, "source_weights", "weight_out_of_range"),
        ({"source_weights": {"quiz": float("nan")}}, "source_weights", "weight_out_of_range"),
        ({"source_weights": {"quiz": 0, "api": 0}}, "source_weights", "no_source_counts"),
        ({"bands": BANDS | {"3": [0, 60]}}, "bands", "bad_bands"),
        ({"bands": BANDS | {"3": [10, 60, 85]}}, "bands", "bad_bands"),
        ({"bands": BANDS | {"3": [0, 85, 60]}}, "bands", "bad_bands"),
        ({"bands": BANDS | {"2": [0, 100]}}, "bands", "bad_bands"),
        ({"bands": {"3": [0, 60, 85]}}, "bands", "bad_bands"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_at_its_field(draft, hr, wrong, field, code):
    with pytest.raises(Refused) as refusal:
        publish_rule(replace(draft, **wrong), reason="调整", by=hr, at=NOON)
    assert (refusal.value.field, refusal.value.code, RatingRule.objects.count()) == (field, code, 1)


def test_a_rule_needs_a_reason(draft, hr):
    with pytest.raises(Refused) as refusal:
        publish_rule(replace(draft, fewest=3), reason="  ", by=hr, at=NOON)
    assert (refusal.value.field, RatingRule.objects.count()) == ("reason", 1)


def test_effects_say_whose_level_would_move_and_change_nothing(draft, agent, hire, empathy, supervisor):
    other, typing = hire(), competency("typing", levels=3)
    record([piece(agent, empathy, 80), piece(agent, empathy, 90), piece(other, empathy, 40)], at=NOON)
    rate(other, empathy, 55, source="assessment", by_id=supervisor.pk)
    rate(agent, typing, 70, 70)
    bands = BANDS | {"4": [0, 40, 60, 80]}
    found = effects_of(replace(draft, bands=bands, person_suffices=False), at=NOON)
    assert (found.looked_at, found.up, found.down) == (3, 2, 0)
    assert sorted(found.moves, key=lambda move: move.before) == [
        Move(empathy.pk, 1, 2, 1, (other.pk,)),
        Move(empathy.pk, 3, 4, 1, (agent.pk,)),
    ]
    stricter = effects_of(replace(draft, fewest=3, person_suffices=False), at=NOON)
    assert (stricter.up, stricter.down, sum(move.count for move in stricter.moves)) == (0, 3, 3)
    assert effects_of(draft, at=NOON).moves == ()
    assert (RatingRule.objects.count(), CurrentLevel.objects.filter(level=3).count()) == (1, 1)


def test_effects_are_those_of_its_first_day(draft, agent, empathy):
    rate(agent, empathy, 80, 90)
    assert effects_of(replace(draft, valid_from=date(2027, 6, 1)), at=NOON).moves == (
        Move(empathy.pk, 3, None, 1, (agent.pk,)),
    )


# --- A person's judgement -------------------------------------------------------------------------------------------


def test_an_assessment_is_worth_the_middle_of_the_band(agent, supervisor, empathy):
    made = assess(agent, empathy, level=2, note=" 会安抚，但不会收尾。 ", by=supervisor, at=NOON)
    assert (made.score, made.by, made.note, made.source) == (60, supervisor, "会安抚，但不会收尾。", "assessment")
    assert CurrentLevel.objects.values_list("level", "pieces", "assessed").get() == (2, 1, 1)


def test_a_second_judgement_of_the_day_stands_for_the_first_and_its_repeat_is_one(agent, supervisor, empathy):
    for level, at in [(2, NOON), (2, NOON), (4, NOON + DAY / 24), (3, NOON + DAY)]:
        made = assess(agent, empathy, level=level, note="旁听两通", by=supervisor, at=at)
    rows = agent.evidence.order_by("pk").values_list("key", "void")
    assert [(key.partition(":")[2], void is None) for key, void in rows] == [
        ("2026-06-01", False),
        ("2026-06-01#2", True),
        ("2026-06-02", True),
    ]
    assert made.score == 79


def test_the_person_is_told_when_a_judgement_raised_a_level(agent, supervisor, empathy):
    for level, at in [(2, NOON), (2, NOON), (1, NOON + DAY), (4, NOON + 2 * DAY)]:
        assess(agent, empathy, level=level, note="旁听两通", by=supervisor, at=at)
    told = Notice.objects.filter(person=agent, kind="level_raised").order_by("pk")
    assert [one.facts["level"] for one in told] == [2, CurrentLevel.objects.get().level]
    with translation.override("en"):
        assert told[0].subject == "王主管 assessed you: 同理心 is at level 2 now"


def test_what_hr_voided_can_be_judged_anew_on_the_same_day(agent, supervisor, empathy, hr):
    void(assess(agent, empathy, level=2, note="旁听", by=supervisor, at=NOON), reason="看错人", by=hr, at=NOON)
    again = assess(agent, empathy, level=2, note="旁听", by=supervisor, at=NOON)
    assert (again.key, CurrentLevel.objects.get().level) == (f"{supervisor.pk}:2026-06-01#2", 2)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"level": 0}, "level", "unknown_level"),
        ({"level": 5}, "level", "unknown_level"),
        ({"note": " "}, "note", "note_missing"),
        ({"note": "好" * 501}, "note", "note_too_long"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(agent, supervisor, empathy, wrong, field, code):
    with pytest.raises(Refused) as refusal:
        assess(agent, empathy, **({"level": 2, "note": "旁听", "by": supervisor, "at": NOON} | wrong))
    assert (refusal.value.field, refusal.value.code, agent.evidence.count()) == (field, code, 0)


def test_nobody_assesses_oneself_nor_whom_one_does_not_see(agent, supervisor, empathy, hire):
    stranger = hire(Role.SUPERVISOR, department="sales")
    for by, person in [(supervisor, supervisor), (stranger, agent), (agent, supervisor)]:
        with pytest.raises(Refused) as refusal:
            assess(person, empathy, level=2, note="旁听", by=by, at=NOON)
        assert refusal.value.code == ("of_oneself" if by == person else "not_yours")


def test_a_retired_competency_is_assessed_no_more(agent, supervisor, empathy):
    with pytest.raises(Refused) as refusal:
        assess(agent, retire_competency(empathy, at=NOON), level=2, note="旁听", by=supervisor, at=NOON)
    assert refusal.value.code == "competency_retired"
