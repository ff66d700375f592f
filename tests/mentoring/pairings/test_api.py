"""HR systems pair people and end it, by the rules of the pages."""

from datetime import timedelta

import pytest

from mentoring.models import JobPlan, Pairing
from tests.factories.job_plans import TemplateFactory
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from trainingsite.people.access.roles import Role

ADDRESS = "/api/v1/pairings/"
DAY = timedelta(days=1)


@pytest.fixture
def system(hire, as_):
    return as_(hire(Role.API_CLIENT))


def send(client, address=ADDRESS, **data):
    return client.post(address, data, content_type="application/json")


def faults(response):
    return response.status_code, [(error["attr"], error["code"]) for error in response.json()["errors"]]


def test_hr_system_pairs_two_people_with_a_plan(system, mentor, mentee, today):
    template = TemplateFactory(tasks=[(1, "observe", "旁听")])

    response = send(system, mentor=mentor.external_id, mentee=mentee.external_id, goal="上岗", template=template.pk)

    pairing = Pairing.objects.get()
    body = {key: value for key, value in response.json().items() if key != "modified_at"}
    assert (response.status_code, body) == (
        201,
        {
            "id": pairing.pk,
            "mentor": mentor.external_id,
            "mentee": mentee.external_id,
            "plan": JobPlan.objects.get().pk,
            "goal": "上岗",
            "goals": [],
            "agreed": False,
            "state": "on_track",
            "started_on": today.isoformat(),
            "planned_end": (today + 27 * DAY).isoformat(),
            "ended_on": None,
            "end_reason": "",
        },
    )


def test_pairing_twice_answers_with_the_same(system, mentor, mentee):
    ids = {send(system, mentor=mentor.external_id, mentee=mentee.external_id).json()["id"] for _twice in range(2)}

    assert len(ids) == 1


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"mentor": "hr-unknown"}, ("mentor", "does_not_exist")),
        ({"mentor": None}, ("mentor", "null")),
        ({"started_on": "2000-01-01"}, ("started_on", "too_far")),
        ({"started_on": "x"}, ("started_on", "invalid")),
        ({"planned_end": "2000-01-01"}, ("planned_end", "ends_before_start")),
        ({"first_checkin_on": "2000-01-01"}, ("first_checkin_on", "due_in_past")),
        ({"template": 0}, ("template", "does_not_exist")),
    ],
)
def test_bad_input_is_named_at_its_field_and_pairs_nobody(system, mentor, mentee, data, fault):
    response = send(system, **({"mentor": mentor.external_id, "mentee": mentee.external_id} | data))

    assert faults(response) == (400, [fault])
    assert (Pairing.objects.count(), JobPlan.objects.count()) == (0, 0)


def test_full_mentor_is_refused_at_the_mentor(system, mentee):
    full = MentorProfileFactory(full=True).person

    response = send(system, mentor=full.external_id, mentee=mentee.external_id)

    assert faults(response) == (400, [("mentor", "mentor_full")])


def test_hr_system_ends_a_pairing_and_a_repeat_changes_nothing(system, pairing, today):
    address = f"{ADDRESS}{pairing.pk}/end/"
    first = send(system, address, reason="moved", ended_on=(today - DAY).isoformat(), note="调岗")
    again = send(system, address, reason="other")

    ended = [(answer.status_code, answer.json()["ended_on"], answer.json()["end_reason"]) for answer in (first, again)]
    assert ended == [(200, (today - DAY).isoformat(), "moved")] * 2


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"reason": "boredom"}, ("reason", "invalid_choice")),
        ({}, ("reason", "required")),
        ({"reason": "reached"}, ("reason", "graduate")),
        ({"reason": "other", "ended_on": "2099-01-01"}, ("ended_on", "ends_in_future")),
        ({"reason": "other", "ended_on": "2000-01-01"}, ("ended_on", "ends_before_start")),
    ],
)
def test_impossible_end_is_named_at_its_field(system, pairing, data, fault):
    assert faults(send(system, f"{ADDRESS}{pairing.pk}/end/", **data)) == (400, [fault])
    assert Pairing.objects.get().is_open


@pytest.mark.parametrize(("state", "found"), [("late", ["late"]), ("on_track", []), ("at_risk", [])])
def test_pairings_that_go_on_are_found_by_the_state_of_the_board(system, pairing, state, found):
    PairingFactory(ended=True)

    rows = system.get(ADDRESS, {"state": state}).json()["results"]

    assert [row["state"] for row in rows] == found
    assert sorted(str(row["state"]) for row in system.get(ADDRESS).json()["results"]) == ["None", "late"]


def test_unknown_state_is_named(system, pairing):
    assert faults(system.get(ADDRESS, {"state": "lost"})) == (400, [("state", "invalid_choice")])


def test_pairing_that_has_not_begun_is_called_off(system, pairing, today):
    Pairing.objects.filter(pk=pairing.pk).update(started_on=today + DAY, planned_end=today + 28 * DAY)

    answer = send(system, f"{ADDRESS}{pairing.pk}/end/", reason="left").json()

    assert (answer["ended_on"], answer["end_reason"]) == ((today + DAY).isoformat(), "left")


def test_auditor_reads_and_writes_nothing(hire, as_, pairing):
    auditor = as_(hire(Role.AUDITOR))

    assert auditor.get(f"{ADDRESS}{pairing.pk}/").json()["id"] == pairing.pk
    assert send(auditor, f"{ADDRESS}{pairing.pk}/end/", reason="other").status_code == 403
