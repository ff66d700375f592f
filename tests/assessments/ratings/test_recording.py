from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.models import CurrentLevel, Evidence, EvidenceVoid, LevelChange
from assessments.ratings.hooks import LEVELS_MOVED
from assessments.ratings.recording import correct, keep, record, void
from tests.factories.ratings import DAY, NOON, competency, piece, rate
from trainingsite.core.errors import Refused
from trainingsite.core.outcome import RowsRefused

pytestmark = pytest.mark.django_db


def level(person, of):
    row = CurrentLevel.objects.get(person=person, competency=of)
    return row.score, row.level, row.pieces


def test_one_piece_gives_a_score_and_two_give_a_level(agent, empathy):
    rate(agent, empathy, 80)
    assert level(agent, empathy) == (Decimal("80.00"), None, 1)
    rate(agent, empathy, 90)
    assert level(agent, empathy) == (Decimal("85.00"), 3, 2)


def test_one_piece_assessed_by_a_person_gives_a_level(agent, supervisor, empathy):
    rate(agent, empathy, 80, source="assessment", by_id=supervisor.pk)
    assert level(agent, empathy) == (Decimal("80.00"), 3, 1)


def test_an_event_known_already_is_left_alone(agent, empathy):
    same = piece(agent, empathy, 80, key="call-1")
    made = record([same], at=NOON)
    assert [one.score for one in made] == [Decimal("80.00")]
    assert record([same, same._replace(key="call-2")], at=NOON + DAY)[0].key == "call-2"
    assert record([same._replace(score=Decimal(10))], at=NOON + DAY) == []
    assert level(agent, empathy) == (Decimal("80.00"), 3, 2)


def test_nothing_to_record_is_no_trouble(rule):
    assert record([], at=NOON) == []


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"at": NOON + timedelta(seconds=1)}, "at", "from_the_future"),
        ({"score": Decimal("100.01")}, "score", "score_out_of_range"),
        ({"score": Decimal("-0.01")}, "score", "score_out_of_range"),
        ({"score": Decimal("NaN")}, "score", "score_out_of_range"),
        ({"source": "gossip"}, "source", "unknown_source"),
        ({"source": "assessment"}, "by", "assessor_missing"),
        ({"competency_id": 0}, "competency", "unknown_competency"),
        ({"person_id": 0}, "person", "unknown_person"),
        ({"by_id": 0}, "by", "unknown_person"),
        ({"key": ""}, "key", "bad_key"),
        ({"key": "k" * 101}, "key", "bad_key"),
    ],
)
def test_what_cannot_be_evidence_is_refused_with_its_row_and_nothing_is_kept(agent, empathy, wrong, field, code):
    pieces = [piece(agent, empathy), piece(agent, empathy)._replace(**wrong)]
    with pytest.raises(RowsRefused) as refusal:
        record(pieces, at=NOON)
    assert [(one.row, one.field, one.code) for one in refusal.value.problems] == [(2, field, code)]
    assert (Evidence.objects.count(), CurrentLevel.objects.count()) == (0, 0)


def test_nobody_rates_oneself(agent, empathy):
    with pytest.raises(RowsRefused) as refusal:
        record([piece(agent, empathy, by_id=agent.pk)], at=NOON)
    assert [(one.field, one.code) for one in refusal.value.problems] == [("by", "of_oneself")]


def test_an_event_twice_in_one_call_is_refused_at_both_rows(agent, empathy):
    with pytest.raises(RowsRefused) as refusal:
        record([piece(agent, empathy, key="once"), piece(agent, empathy, key="once")], at=NOON)
    assert [(one.row, one.code) for one in refusal.value.problems] == [(1, "event_twice"), (2, "event_twice")]
    assert not Evidence.objects.exists()


def test_what_is_voided_counts_no_more_and_a_repeat_keeps_the_first_reason(agent, supervisor, empathy):
    bad = rate(agent, empathy, 20, 90)[0]
    assert level(agent, empathy) == (Decimal("55.00"), 2, 2)
    first = void(bad, reason="录错了人", by=supervisor, at=NOON + DAY)
    assert level(agent, empathy) == (Decimal("90.00"), None, 1)
    assert void(bad, reason="再说一次", by=None, at=NOON + 2 * DAY) == first
    assert EvidenceVoid.objects.values_list("reason", "by", "recorded_at").get() == (
        "录错了人",
        supervisor.pk,
        NOON + DAY,
    )
    assert list(LevelChange.objects.order_by("pk").values_list("before", "after", "why")) == [
        (None, 2, "evidence"),
        (2, None, "void"),
    ]


def test_a_void_needs_a_reason_and_something_recorded(agent, empathy):
    made = rate(agent, empathy, 20)[0]
    with pytest.raises(Refused) as refusal:
        void(made, reason=" ", by=None, at=NOON)
    assert refusal.value.field == "reason"
    with pytest.raises(Refused) as refusal:
        void(made, reason="太早", by=None, at=NOON - DAY)
    assert (refusal.value.code, EvidenceVoid.objects.count()) == ("not_recorded_yet", 0)


def test_a_correction_voids_and_records_anew_and_its_repeat_changes_nothing(agent, supervisor, empathy):
    made = rate(agent, empathy, 20, key="call-1")[0]
    rate(agent, empathy, 60)
    right = correct(made, score=Decimal(80), reason="评分表填反了", by=supervisor, at=NOON + DAY)
    assert (right.key, right.score, right.at, right.recorded_at) == ("call-1#2", Decimal(80), NOON, NOON + DAY)
    assert level(agent, empathy) == (Decimal("70.00"), 3, 2)
    assert correct(right, score=Decimal(80), reason="评分表填反了", by=supervisor, at=NOON + DAY) == right
    assert correct(made, score=Decimal(90), reason="复核", by=supervisor, at=NOON + DAY).key == "call-1#3"
    assert Evidence.objects.standing().count() == 2


def test_what_a_person_voided_is_not_kept_anew_by_itself(agent, supervisor, empathy):
    first = piece(agent, empathy, 40, key="call-1")
    made = record([first], at=NOON)[0]
    void(made, reason="不是本人操作", by=supervisor, at=NOON)
    assert keep([first._replace(score=Decimal(50))], reason="重新评分", at=NOON) == []
    assert keep([first], reason="重新评价", by=supervisor, at=NOON)[0].key == "call-1#2"


def test_what_is_gone_is_voided_and_comes_back_under_its_next_key(agent, empathy):
    first = piece(agent, empathy, 40, key="call-1")
    made = keep([first], reason="-", at=NOON)
    assert keep([], gone=made, reason="题目作废", at=NOON) == []
    assert level(agent, empathy) == (None, None, 0)
    assert [one.key for one in keep([first], reason="-", at=NOON)] == ["call-1#2"]


def test_those_who_asked_hear_once_of_all_levels_that_moved(agent, hire, empathy, monkeypatch):
    heard = []
    monkeypatch.setitem(LEVELS_MOVED._things, "test", lambda changes, at: heard.append((changes, at)))
    other, typing = hire(), competency("typing")
    pieces = [piece(one, of) for one in (agent, other) for of in (empathy, typing) for _ in range(2)]
    record(pieces, at=NOON)
    record([piece(agent, empathy)], at=NOON)  # the level stays
    assert [at for _changes, at in heard] == [NOON]
    assert sorted((one.person_id, one.competency_id, one.before, one.after) for one in heard[0][0]) == sorted(
        (one.pk, of.pk, None, 3) for one in (agent, other) for of in (empathy, typing)
    )
    assert list(LevelChange.objects.order_by("pk")) == heard[0][0]


def test_a_whole_batch_takes_as_many_statements_as_one_piece(agent, hire, empathy, django_assert_max_num_queries):
    people = [hire() for _ in range(30)]
    with django_assert_max_num_queries(13):
        rate(agent, empathy, 70)
    with django_assert_max_num_queries(13):
        record([piece(one, empathy) for one in people], at=NOON)
