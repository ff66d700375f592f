"""What each of the two writes for himself or herself is read by nobody else, on no page and in no answer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.checkins.actions import remind
from mentoring.models import CheckIn
from mentoring.pairings.actions import change_mentor
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.history.events import trails

OF_MENTOR, OF_MENTEE, FOR_BOTH = "导师私记甲", "学员私记乙", "共同纪要丙"


@pytest.fixture
def people(hire):
    """Everybody who might see something of the talk."""
    return {
        "mentor": hire(Role.MENTOR, name="李静", department="care"),
        "mentee": hire(name="王小明", department="disputes"),
        "next mentor": hire(Role.MENTOR, name="赵磊", department="care"),
        "supervisor": hire(Role.SUPERVISOR, name="赵主管", department="care"),
        "hr": hire(Role.HR, name="陈人力"),
        "auditor": hire(Role.AUDITOR, name="孙审计"),
        "api": hire(Role.API_CLIENT),
        "admin": hire(Role.ADMIN),
    }


@pytest.fixture
def checkins(people):
    """One of a pairing that was ended by a change of mentor, one held and one planned of the present one."""
    today = clock.today()
    private = {"note": OF_MENTOR, "mentee_note": OF_MENTEE, "shared_note": FOR_BOTH}
    both = {"mentor": people["mentor"], "mentee": people["mentee"]}
    days = {"started_on": today - timedelta(days=60), "ended_on": today - timedelta(days=20)}
    past = PairingFactory(**both, **days, end_reason="changed")
    present = PairingFactory(**both, started_on=today - timedelta(days=20))
    return [
        CheckInFactory(pairing=past, due_on=today - timedelta(days=30), held=True, **private),
        CheckInFactory(pairing=present, due_on=today - timedelta(days=3), held=True, **private),
        CheckInFactory(pairing=present, due_on=today, **private),
    ]


def read(client, checkins):
    """Everything that the person gets to see of these talks, as one text."""
    pages = [reverse(name) for name in ("home", "my-mentees", "my-mentor", "pairings")]
    pages += [
        reverse(name, args=[row.pk]) for row in checkins for name in ("checkin", "checkin-move", "checkin-correct")
    ]
    pages += [reverse(name, args=[row.pairing_id]) for row in checkins for name in ("pairing", "note-checkin")]
    pages += [reverse("person", args=[checkins[0].pairing.mentee_id])]
    pages += [reverse("history") + "?what=mentoring.checkin", "/api/v1/checkins/", "/api/v1/next-steps/"]
    answers = [client.get(page) for page in pages]
    return "".join(answer.content.decode() for answer in answers if answer.status_code == 200)


def seen(text):
    return [note for note in (OF_MENTOR, OF_MENTEE) if note in text]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("mentor", [OF_MENTOR]),
        ("mentee", [OF_MENTEE]),
        ("next mentor", []),
        ("supervisor", []),
        ("hr", []),
        ("auditor", []),
        ("api", []),
        ("admin", []),
    ],
)
def test_private_notes_are_read_by_their_writers_alone(as_, people, checkins, who, expected):
    text = read(as_(people[who]), checkins)

    assert seen(text) == expected
    assert (FOR_BOTH in text) == (who not in {"next mentor", "api", "admin"})


def test_the_next_mentor_reads_what_was_for_both_and_no_private_note(as_, people, checkins):
    MentorProfileFactory(person=people["next mentor"])
    new = change_mentor(checkins[2].pairing, people["next mentor"], on=clock.today(), reason_note="换班")
    checkins[2].refresh_from_db()

    text = read(as_(people["next mentor"]), checkins)
    assert (checkins[2].pairing, checkins[2].note, checkins[2].mentee_note) == (new, "", OF_MENTEE)

    assert (seen(text), FOR_BOTH in text) == ([], True)


def test_the_trail_of_changes_keeps_none(checkins):
    checkins[0].note, checkins[0].mentee_note = "改过的甲", "改过的乙"
    checkins[0].save()

    trail = trails()["mentoring.checkin"]
    kept = {field.name for field in trail._meta.get_fields()}
    assert {"note", "mentee_note"} & kept == set()
    assert {"held_on", "progress", "shared_note", "escalated_at"} <= kept
    assert "改过的" not in str(list(trail.objects.values()))


def test_nobody_is_told_them_in_a_notice(checkins):
    CheckIn.objects.planned().update(due_on=clock.today() - timedelta(days=9))
    remind(on=clock.today())

    told = str(list(Notice.objects.values("facts", "kind")))
    assert ("checkin_missed" in told, seen(told), FOR_BOTH in told) == (True, [], False)
