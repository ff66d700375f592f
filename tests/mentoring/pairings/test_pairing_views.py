"""One page about a pair, the mentee's own page, and the agreement on both."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.models import Pairing
from tests.factories.mentoring import CheckInFactory, PairingFactory
from tests.factories.pairings import HALF, GoalFactory, PlannedPairingFactory
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


def page(pairing, tab=""):
    return reverse("pairing", args=[pairing.pk]) + (f"?tab={tab}" if tab else "")


def links(client, address, pairing):
    """Which acts the page leads to."""
    html = client.get(address).content.decode()
    acts = ("agreement", "agree", "extend", "change-mentor", "graduate", "end")
    return {act for act in acts if reverse(f"pairing-{act}", args=[pairing.pk]) in html}


def test_each_reader_is_led_to_what_is_theirs_to_do(as_, pairing, mentor, hr, supervisor, hire):
    led = {"agreement", "extend", "change-mentor", "graduate", "end"}
    seen = {person.name: links(as_(person), page(pairing), pairing) for person in (mentor, hr, supervisor)}

    assert seen == {"李静": {"agreement", "agree", "graduate"}, "陈人力": led, "周主管": led}
    assert links(as_(hire(Role.AUDITOR)), page(pairing), pairing) == set()


def test_conditions_are_a_checklist_of_what_is_there_and_what_is_missing(as_, pairing, mentor):
    CheckInFactory(pairing=pairing, due_on=pairing.started_on, held=True)

    context = as_(mentor).get(page(pairing)).context

    assert [(each.code, each.is_met) for each in context["conditions"]] == [
        ("checkins", True),
        ("half", False),
        ("end", False),
        ("stars", False),
    ]
    assert (context["met"], context["ready"]) == (1, False)


def test_page_says_how_the_board_judges_the_pair_and_who_leads_reminds_both(as_, pairing, mentor, hr, mentee):
    remind = reverse("pairing-remind", args=[pairing.pk])
    shown = {person.name: as_(person).get(page(pairing)) for person in (mentor, hr)}

    lines = [answer.context["line"] for answer in shown.values()]
    assert [line.state.key for line in lines] == ["late", "late"]
    assert [[reason.code for reason in line.reasons] for line in lines] == [["half", "agreement"]] * 2
    assert [remind in answer.content.decode() for answer in shown.values()] == [False, True]

    answer = as_(hr).post(remind, {"back": "pairing"}, follow=True)
    assert (answer.request["PATH_INFO"], answer.context["line"].reminded) == (page(pairing), True)


def test_ended_pairing_is_judged_no_more(as_, pairing, hr, today):
    Pairing.objects.filter(pk=pairing.pk).update(ended_on=today, end_reason="moved")

    assert as_(hr).get(page(pairing)).context["line"] is None


def test_graduation_is_the_next_act_when_all_is_there(as_, ready, mentor):
    assert as_(mentor).get(page(ready)).context["ready"]


def test_evaluations_that_are_open_stand_above_all(as_, pairing, mentor, hr):
    asked = [as_(person).get(page(pairing)).context["to_evaluate"] for person in (mentor, hr)]

    assert asked == [["end"], []]


def test_ended_pairing_says_why_and_offers_nothing(as_, pairing, hr, today):
    Pairing.objects.filter(pk=pairing.pk).update(ended_on=today, end_reason="moved", end_note="调往售前")

    assert links(as_(hr), page(pairing), pairing) == set()
    assert "调往售前" in as_(hr).get(page(pairing)).content.decode()


def test_history_names_extensions_and_other_mentors(as_, pairing, hr):
    pairing.extensions.create(
        before=pairing.planned_end, after=pairing.planned_end + DAY, reason="病假两天", by=hr, at=HALF
    )
    PairingFactory(mentee=pairing.mentee, mentor__name="前任导师", started_on=pairing.started_on - 9 * DAY, **OVER)

    html = as_(hr).get(page(pairing, "history")).content.decode()

    assert ("病假两天" in html, "前任导师" in html) == (True, True)


OVER = {"ended_on": "2026-01-01", "end_reason": "changed"}


@pytest.fixture(autouse=True)
def _over(today):
    OVER["ended_on"] = today - timedelta(days=23)


def test_mentee_sees_agreement_conditions_and_talks(as_, pairing, mentee):
    GoalFactory(pairing=pairing, text="独立处理投诉")
    CheckInFactory(pairing=pairing, due_on=pairing.started_on, held=True)

    response = as_(mentee).get(reverse("my-mentor"))

    assert response.context["to_evaluate"] == ["end"]
    html = response.content.decode()
    assert ("独立处理投诉" in html, "旁听了十通电话" in html) == (True, False)
    assert links(as_(mentee), reverse("my-mentor"), pairing) == {"agreement", "agree"}


def test_graduate_still_finds_the_page_for_the_last_evaluation(as_, pairing, mentee, today):
    Pairing.objects.filter(pk=pairing.pk).update(ended_on=today, end_reason="reached")

    context = as_(mentee).get(reverse("my-mentor")).context

    assert (context["pairing"].pk, context["to_evaluate"]) == (pairing.pk, ["end"])


def test_long_after_the_end_nobody_guides(as_, pairing, mentee, today):
    Pairing.objects.filter(pk=pairing.pk).update(
        started_on=today - 200 * DAY, ended_on=today - 61 * DAY, end_reason="reached"
    )

    assert as_(mentee).get(reverse("my-mentor")).context["pairing"] is None


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_each_agrees_with_one_tap(as_, pairing, mentor, mentee, side):
    client = as_(mentee if side == "mentee" else mentor)

    for _twice in range(2):
        client.post(reverse("pairing-agree", args=[pairing.pk]))

    pairing.refresh_from_db()
    assert (pairing.mentee_agreed_at is not None, pairing.mentor_agreed_at is not None) == (
        side == "mentee",
        side == "mentor",
    )


def test_stranger_agrees_to_nothing(as_, pairing, other):
    assert as_(other).post(reverse("pairing-agree", args=[pairing.pk])).status_code == 404


def answers(pairing, *rows, **other):
    data = {"goal": "独立上岗", "planned_end": pairing.planned_end.isoformat()}
    for number, (text, day) in enumerate(rows, start=1):
        data |= {f"text-{number}": text, f"day-{number}": day and day.isoformat()}
    return data | other


def write(client, pairing, *rows, **other):
    return client.post(reverse("pairing-agreement", args=[pairing.pk]), answers(pairing, *rows, **other))


def test_mentee_writes_the_agreement_and_is_led_back(as_, pairing, mentee, today):
    response = write(as_(mentee), pairing, ("投诉", today), ("退款", today + DAY), ("", ""))

    assert response["Location"] == reverse("my-mentor")
    assert list(pairing.goals.values_list("text", "by_day")) == [("投诉", today), ("退款", today + DAY)]


@pytest.mark.parametrize(
    ("rows", "other", "field"),
    [
        ([("投诉", "")], {}, "day-1"),
        ([("", "day")], {}, "text-1"),
        ([], {"planned_end": "2000-01-01"}, "planned_end"),
        ([], {"planned_end": ""}, "planned_end"),
        ([], {"goal": ""}, "goal"),
        ([("投诉", "far")], {}, "__all__"),
    ],
)
def test_bad_input_is_named_at_its_field_and_nothing_kept(as_, pairing, mentor, today, rows, other, field):
    days = {"day": today, "far": today + 300 * DAY, "": ""}
    rows = [(text, days[day]) for text, day in rows]

    response = write(as_(mentor), pairing, *rows, **other)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert pairing.goals.count() == 0


def test_agreement_of_an_ended_pairing_is_only_read(as_, pairing, mentor, today):
    Pairing.objects.filter(pk=pairing.pk).update(ended_on=today, end_reason="other")

    response = as_(mentor).get(reverse("pairing-agreement", args=[pairing.pk]))

    assert (response.status_code, response["Location"]) == (302, page(pairing))


def test_mentor_ticks_a_goal_and_takes_it_back(as_, pairing, mentor, other, today):
    goal = GoalFactory(pairing=pairing)
    address = reverse("pairing-goal", args=[pairing.pk, goal.pk])

    days = []
    for reached in ("1", "0"):
        as_(mentor).post(address, {"reached": reached})
        goal.refresh_from_db()
        days.append(goal.reached_on)

    assert days == [today, None]
    assert as_(other).post(address, {"reached": "1"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("address", ["pairing", "my-mentor"])
def test_both_pages_take_nine_queries(as_, pairing, mentor, mentee, rows, address, django_assert_max_num_queries):
    for days in range(rows):
        CheckInFactory(pairing=pairing, due_on=pairing.started_on + (days % 22) * DAY, held=days < 22)
        if days < 9:
            GoalFactory(pairing=pairing)
        if days >= 21:
            break
    client = as_(mentor if address == "pairing" else mentee)

    with django_assert_max_num_queries(9):
        client.get(page(pairing) if address == "pairing" else reverse("my-mentor"))


def test_list_finds_pairs_without_agreement_and_past_their_end(as_, hr, pairing, today):
    PlannedPairingFactory(agreed=True, started_on=today - 40 * DAY, mentee__name="超期")

    found = {
        state: [row.mentee.name for row in as_(hr).get(reverse("pairings"), {"state": state}).context["page"]]
        for state in ("unagreed", "past")
    }

    assert found == {"unagreed": ["王小明"], "past": ["超期"]}


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_list_is_exported_as_it_is_filtered(as_, hr, pairing, kind, begins):
    response = as_(hr).get(reverse("pairings-export", args=[kind]), {"q": "王小明"})
    content = b"".join(response) if response.streaming else response.content

    assert content.startswith(begins)
    if kind == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert (len(lines), "王小明" in lines[1], "李静" in lines[1]) == (2, True, True)


def test_export_of_another_kind_is_not_found(as_, hr):
    assert as_(hr).get(reverse("pairings-export", args=["pdf"])).status_code == 404
