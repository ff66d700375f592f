from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import CurrentLevel, Evidence
from assessments.ratings.recording import record
from courses.competencies.actions import retire_competency
from tests.factories.ratings import DAY, NOON, competency, piece
from trainingsite.core import clock

pytestmark = pytest.mark.django_db
BULK = "/api/v1/evidence/bulk/"


@pytest.fixture(autouse=True)
def now():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def row(agent, empathy):
    """A call of yesterday that another system scored."""

    def make(**fields):
        at = (NOON - DAY).isoformat()
        sent = {"person": agent.external_id, "competency": "empathy", "key": "call-1", "title": "质检", "at": at}
        return sent | {"score": "80.00"} | fields

    return make


def errors(answer):
    assert answer.status_code == 400, answer.content
    return [(one["attr"], one["code"]) for one in answer.json()["errors"]]


def test_what_is_sent_is_recorded_once(rest, row, agent, supervisor):
    rows = [row(), row(key="call-2", score="90", by=supervisor.external_id, note="语气平和")]
    assert rest("post", BULK, rows).json() == {"created": 2, "unchanged": 0}
    assert rest("post", BULK, [*rows, row(key="call-3")]).json() == {"created": 1, "unchanged": 2}
    made = Evidence.objects.get(key="call-2")
    assert (made.person, made.by, made.source, made.recorded_at, made.note) == (
        *(agent, supervisor, "api", NOON, "语气平和"),
    )
    assert CurrentLevel.objects.get().level == 3


@pytest.mark.parametrize(
    ("wrong", "attr", "code"),
    [
        ({"person": "nobody"}, "1.person", "unknown_person"),
        ({"competency": "nothing"}, "1.competency", "unknown_competency"),
        ({"source": "gossip"}, "1.source", "unknown_source"),
        ({"source": "quiz"}, "1.source", "not_sent"),
        ({"score": "100.5"}, "1.score", "max_value"),
        ({"score": "-1"}, "1.score", "min_value"),
        ({"score": "viel"}, "1.score", "invalid"),
        ({"at": (NOON + timedelta(minutes=1)).isoformat()}, "1.at", "from_the_future"),
        ({"by": "nobody"}, "1.by", "unknown_person"),
        ({"key": ""}, "1.key", "blank"),
    ],
)
def test_one_wrong_row_refuses_all_and_is_named(rest, row, wrong, attr, code):
    assert errors(rest("post", BULK, [row(), row(key="call-2") | wrong])) == [(attr, code)]
    assert not Evidence.objects.exists()


def test_nobody_is_assessed_by_oneself_and_no_event_stands_twice(rest, row, agent):
    answer = rest("post", BULK, [row(by=agent.external_id), row(key="a"), row(key="a")])
    assert errors(answer) == [("0.by", "of_oneself"), ("1.key", "event_twice"), ("2.key", "event_twice")]
    assert not Evidence.objects.exists()


def test_an_event_with_another_score_is_refused(rest, row):
    rest("post", BULK, [row()])
    assert errors(rest("post", BULK, [row(key="new"), row(score="81")])) == [("1.score", "known_otherwise")]
    assert Evidence.objects.count() == 1


def test_a_retired_competency_takes_no_evidence(rest, row, empathy):
    retire_competency(empathy, at=NOON)
    assert errors(rest("post", BULK, [row()])) == [("0.competency", "unknown_competency")]


@pytest.mark.parametrize("data", [[], {}, "text", [3]])
def test_what_is_no_list_of_events_is_refused(rest, rule, data):
    assert rest("post", BULK, data).status_code == 400


def test_a_piece_is_voided_with_a_reason(rest, row):
    rest("post", BULK, [row()])
    way = f"/api/v1/evidence/{Evidence.objects.get().pk}/void/"
    assert errors(rest("post", way, {})) == [("reason", "required")]
    for _ in "ab":
        answer = rest("post", way, {"reason": "录错了人"}).json()
        assert (answer["void_reason"], answer["voided_at"]) == ("录错了人", "2026-06-01T12:00:00+08:00")
    assert [one["key"] for one in rest("get", "/api/v1/evidence/?voided=true").json()["results"]] == ["call-1"]
    assert rest("get", "/api/v1/evidence/?voided=false").json()["results"] == []


def test_evidence_is_listed_whole(rest, row, agent, supervisor):
    rest("post", BULK, [row(by=supervisor.external_id, note="语气平和")])
    assert rest("get", "/api/v1/evidence/?source=api&competency=empathy").json()["results"] == [
        {
            "id": (made := Evidence.objects.get()).pk,
            "person": agent.external_id,
            "employee_number": agent.employee_number,
            "competency": "empathy",
            "source": "api",
            "key": "call-1",
            "title": "质检",
            "score": "80.00",
            "at": "2026-05-31T12:00:00+08:00",
            "recorded_at": "2026-06-01T12:00:00+08:00",
            "by": supervisor.external_id,
            "note": "语气平和",
            "voided_at": None,
            "void_reason": None,
            "created_at": timezone.localtime(made.created_at).isoformat(),
            "modified_at": timezone.localtime(made.modified_at).isoformat(),
        }
    ]


def test_levels_are_listed_now_and_as_of_a_past_day(rest, agent, empathy):
    for ago, score in [(30, 60), (20, 60), (10, 99), (0, 99)]:
        record([piece(agent, empathy, score, ago=ago)], at=NOON - ago * DAY)

    def levels(query=""):
        rows = rest("get", f"/api/v1/competency-levels/?person={agent.external_id}{query}").json()["results"]
        return [(row["competency"], row["level"], row["pieces"], row["score"]) for row in rows]

    assert levels() == levels("&as_of=2026-06-01") == [("empathy", 3, 4, "80.25")]
    assert levels("&as_of=2026-05-13") == [("empathy", 2, 2, "60.00")]
    assert levels("&as_of=2026-05-04") == [("empathy", None, 1, "60.00")]
    assert levels("&as_of=2026-04-30") == levels("&competency=nothing") == []


@pytest.mark.parametrize(("text", "code"), [("2026-06-02", "future"), ("gestern", "invalid")])
def test_a_day_that_is_none_is_refused(rest, rule, text, code):
    assert errors(rest("get", f"/api/v1/competency-levels/?as_of={text}")) == [("as_of", code)]


@pytest.mark.parametrize("way", ["evidence/", "competency-levels/", "competency-levels/?as_of=2026-05-31"])
def test_lists_take_a_fixed_number_of_queries(rest, hire, empathy, django_assert_max_num_queries, way):
    record([piece(hire(), empathy, ago=1) for _ in range(30)], at=NOON - DAY)
    for size in (1, 30):
        with django_assert_max_num_queries(12):
            join = "&" if "?" in way else "?"
            assert len(rest("get", f"/api/v1/{way}{join}page_size={size}").json()["results"]) == size


def test_a_thousand_rows_take_few_statements(rest, row, django_assert_max_num_queries):
    competency("typing")
    with django_assert_max_num_queries(32):
        answer = rest("post", BULK, [row(key=f"call-{number}") for number in range(1000)])
    assert answer.json() == {"created": 1000, "unchanged": 0}
