from datetime import date

import pytest

from tests.factories.mentoring import CheckInFactory, PairingFactory
from trainingsite.people.access.roles import Role


@pytest.fixture
def client(hire, as_):
    return as_(hire(Role.API_CLIENT))


@pytest.fixture
def checkin(db):
    return CheckInFactory(held=True, pairing=PairingFactory(mentor__external_id="hr-m", mentee__external_id="hr-n"))


def results(answer):
    return [{key: value for key, value in row.items() if key != "modified_at"} for row in answer.json()["results"]]


def test_pairings_name_people_by_the_hr_systems_ids(client, checkin):
    assert results(client.get("/api/v1/pairings/")) == [
        {
            "id": checkin.pairing_id,
            "mentor": "hr-m",
            "mentee": "hr-n",
            "plan": None,
            "goal": "四周内独立处理退换货工单",
            "goals": [],
            "agreed": False,
            "state": "at_risk",
            "started_on": "2026-06-01",
            "planned_end": None,
            "ended_on": None,
            "end_reason": "",
        }
    ]


def test_checkins_come_without_the_mentors_note(client, checkin):
    assert results(client.get("/api/v1/checkins/")) == [
        {
            "id": checkin.pk,
            "pairing": checkin.pairing_id,
            "due_on": "2026-06-08",
            "held_on": "2026-06-08",
            "progress": 3,
            "minutes": None,
            "escalated_at": None,
        }
    ]


def test_next_steps_are_a_list_of_their_own(client, checkin):
    step = checkin.next_steps.get()

    assert results(client.get("/api/v1/next-steps/", {"done_at__isnull": "true"})) == [
        {
            "id": step.pk,
            "pairing": checkin.pairing_id,
            "checkin": checkin.pk,
            "side": "mentee",
            "text": "独立处理简单退货",
            "due_on": None,
            "done_at": None,
        }
    ]
    assert results(client.get("/api/v1/next-steps/", {"done_at__isnull": "false"})) == []


@pytest.mark.parametrize(("query", "number"), [("hr-m", 1), ("hr-x", 0)])
def test_pairings_of_one_mentor(client, checkin, query, number):
    assert len(results(client.get("/api/v1/pairings/", {"mentor__external_id": query}))) == number


def test_changes_since_the_last_call_and_what_was_deleted(client, checkin):
    as_of = client.get("/api/v1/checkins/").json()["as_of"]
    pairing, planned = checkin.pairing, CheckInFactory(pairing=checkin.pairing, due_on=date(2026, 6, 15))
    pairing.goal = "六周内独立上岗"
    pairing.save()
    gone, _ = planned.pk, planned.delete()

    changed = results(client.get("/api/v1/pairings/", {"modified_since": as_of}))
    deleted = client.get("/api/v1/tombstones/", {"resource": "checkins", "modified_since": as_of}).json()["results"]

    assert [row["goal"] for row in changed] == ["六周内独立上岗"]
    assert [(row["resource"], row["id"]) for row in deleted] == [("checkins", gone)]


@pytest.mark.parametrize("path", ["checkins", "next-steps"])
def test_nothing_can_be_written(client, checkin, path):
    assert client.post(f"/api/v1/{path}/", {}, content_type="application/json").status_code in {403, 405}


@pytest.mark.parametrize("rows", [1, 30])
def test_pairings_take_six_queries(client, rows, django_assert_max_num_queries):
    PairingFactory.create_batch(rows)

    with django_assert_max_num_queries(6):
        assert len(results(client.get("/api/v1/pairings/"))) == rows
