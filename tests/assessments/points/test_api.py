"""The REST door of points: what a warehouse reads, and what another system reports."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.points.actions import void_entry
from assessments.points.models import PointEntry
from tests.assessments.points.conftest import NOW
from tests.factories.points import MARCH, entry_of, rule_of
from tests.factories.profiles import competency
from trainingsite.people.access.roles import Role

POINTS = "/api/v1/points/"
pytestmark = pytest.mark.usefixtures("rule")


def event(whom, name="badge-1", **changes):
    sent = {"person": whom.external_id, "key": name, "title": "内部分享:直播间话术", "at": "2026-05-20T10:00:00+08:00"}
    return sent | changes


def errors_of(answer):
    return [(one["attr"], one["code"]) for one in answer.json()["errors"]]


class TestLedger:
    def test_entries_carry_all_they_were_reckoned_from(self, rest, person, rule):
        made = entry_of(person)
        row = rest("get", POINTS).json()["results"][0]
        wanted = {
            "id": made.pk, "person": person.external_id, "employee_number": person.employee_number,
            "event": "external", "key": "1", "title": "参加内部分享 1", "competency": None, "points": "20.00",
            "factor": "1.000", "half_life_days": 100, "rule": rule.number, "weights": None,
            "at": "2026-04-01T00:00:00+08:00", "recorded_at": "2026-04-01T00:00:00+08:00", "by": None, "reason": "",
            "counter_of": None,
        }  # fmt: skip
        assert {name: row[name] for name in wanted} == wanted

    def test_it_is_narrowed(self, rest, person, stranger):
        rule_of("quiz")
        entry_of(person), entry_of(stranger), entry_of(person, "2", at=MARCH + timedelta(days=1), event="quiz")
        queries = [
            f"person={person.external_id}",
            "event=quiz",
            "since=2026-04-01T12:00:00Z",
            f"employee_number={stranger.employee_number}",
        ]
        found = [len(rest("get", f"{POINTS}?{query}").json()["results"]) for query in queries]
        assert found == [2, 1, 1, 1]

    @pytest.mark.parametrize("rows", [1, 30])
    def test_a_page_takes_six_queries(self, as_, hr, hire, rows, django_assert_max_num_queries):
        for number in range(rows):
            entry_of(hire(), str(number))
        client = as_(hr)
        with django_assert_max_num_queries(6):
            assert len(client.get(POINTS).json()["results"]) == rows


class TestReport:
    def test_events_earn_once_however_often_they_are_sent(self, rest, person, stranger):
        chat = competency("沟通", code="chat")
        sent = [event(person), event(stranger, competency="chat")]
        first, again = rest("post", POINTS, sent), rest("post", POINTS, sent)
        assert (first.status_code, again.json()) == (201, first.json())
        rows = PointEntry.objects.order_by("person").values_list("person", "event", "key", "points", "competency")
        assert list(rows) == [
            (person.pk, "external", "badge-1", Decimal(20), None),
            (stranger.pk, "external", "badge-1", Decimal(20), chat.pk),
        ]

    def test_the_answer_names_only_what_was_sent(self, rest, person, stranger):
        rest("post", POINTS, [event(person, "a"), event(stranger, "b")])
        answer = rest("post", POINTS, [event(person, "a"), event(stranger, "c")])
        assert [(row["person"], row["key"]) for row in answer.json()] == [
            (person.external_id, "a"),
            (stranger.external_id, "c"),
        ]

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"event": "course"}, ("1.event", "not_reported")),
            ({"event": "nothing"}, ("1.event", "not_reported")),
            ({"person": "nobody"}, ("1.person", "does_not_exist")),
            ({"key": ""}, ("1.key", "blank")),
            ({"at": "2026-06-02T10:00:00+08:00"}, ("at", "future")),
            ({"at": "1899-12-31T10:00:00+08:00"}, ("1.at", "out_of_reach")),
            ({"competency": "nothing"}, ("1.competency", "does_not_exist")),
        ],
        ids=["earned by itself", "unknown", "nobody", "no key", "from the future", "from long ago", "no competency"],
    )
    def test_one_that_is_wrong_writes_nothing(self, rest, person, change, error):
        answer = rest("post", POINTS, [event(person), event(person, "2", **change)])
        assert (answer.status_code, errors_of(answer), PointEntry.objects.count()) == (400, [error], 0)

    def test_it_takes_a_list(self, rest, person):
        assert rest("post", POINTS, event(person)).status_code == 400


class TestGive:
    def test_a_gift_is_given_once_a_key(self, rest, person, gift_rule):
        sent = {"person": person.external_id, "points": 10, "reason": "季度之星", "key": "2026-Q2"}
        answers = [rest("post", f"{POINTS}give/", sent) for _twice in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201]
        made = PointEntry.objects.get()
        assert (made.points, made.rule, made.reason, answers[0].json()["id"]) == (10, gift_rule, "季度之星", made.pk)

    @pytest.mark.usefixtures("gift_rule")
    def test_past_the_limit_it_is_refused_at_its_field(self, rest, person):
        sent = {"person": person.external_id, "points": 51, "reason": "季度之星", "key": "2026-Q2"}
        answer = rest("post", f"{POINTS}give/", sent)
        assert (answer.status_code, errors_of(answer)) == (400, [("points", "points_out_of_range")])


class TestVoid:
    def test_the_counter_entry_names_what_it_voids(self, rest, person):
        entry = entry_of(person)
        answers = [rest("post", f"{POINTS}{entry.pk}/void/", {"reason": "重复"}) for _twice in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201]
        row = answers[0].json()
        assert (row["points"], row["counter_of"], PointEntry.objects.count()) == ("-20.00", entry.pk, 2)

    def test_without_a_reason_it_is_refused(self, rest, person):
        answer = rest("post", f"{POINTS}{entry_of(person).pk}/void/", {"reason": ""})
        assert errors_of(answer) == [("reason", "blank")]


class TestBalance:
    def test_it_is_as_of_any_moment(self, rest, person, hr):
        void_entry(entry_of(person, at=MARCH - timedelta(days=100)), reason="重复", by=hr, at=NOW)
        ask = f"{POINTS}balance/?person={person.external_id}"
        asked = ["", "&as_of=2026-03-31", "&as_of=2026-03-31T16:00:00Z", "&as_of=2026-06-01", "&as_of=2025-01-01"]
        found = [rest("get", ask + more).json()["results"][0]["balance"] for more in asked]
        assert found == [0.0, 10.0, 10.0, 0.0, 0.0]

    @pytest.mark.parametrize("as_of", ["2026-06-02", "gestern", "2026-13-01", "9999-01-01", "2026-06-01T04:00:01Z"])
    def test_what_has_not_been_is_refused(self, rest, as_of):
        answer = rest("get", f"{POINTS}balance/?as_of={as_of}")
        assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "as_of")

    def test_it_comes_in_pages_by_person(self, rest, person, stranger, hr):
        first = rest("get", f"{POINTS}balance/?page_size=2").json()
        second = rest("get", first["next"]).json()
        got = [row["id"] for page in (first, second) for row in page["results"]]
        assert (got, second["next"]) == (sorted([person.pk, stranger.pk, hr.pk]), None)

    @pytest.mark.parametrize("query", ["page_size=0", "page_size=1001", "after=-1", "after=x"])
    def test_bad_numbers_are_refused(self, rest, query):
        assert rest("get", f"{POINTS}balance/?{query}").status_code == 400

    def test_a_trainee_reads_nothing_here(self, as_, hire):
        assert as_(hire(Role.TRAINEE)).get(f"{POINTS}balance/").status_code == 403
