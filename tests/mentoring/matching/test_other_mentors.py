"""All mentors of the pool for one mentee: in which order, at what cost, or why not; and the sums of a round."""

import pytest
from django.urls import reverse

from mentoring.matching import rounds
from mentoring.matching.other_mentors import others
from mentoring.matching.showing import lines, totals
from tests.mentoring.matching.conftest import GAPS_ALONE


@pytest.fixture
def three(begin, mentee, mentor):
    """王小明 with 全 (80 of 100), 半 (50) and 空 (0)."""
    mentors = {"全": mentor("全", "empathy", "complaints"), "半": mentor("半", "empathy"), "空": mentor("空")}
    return begin([mentee("王小明")], dict.fromkeys(mentors.values(), 1), **GAPS_ALONE), mentors


def shown(matching, today):
    match = matching.matches.select_related("round").first()
    return [(row.mentor.name, row.is_now, row.choice and row.choice.cost) for row in others(match, on=today)]


def test_the_present_one_comes_first_then_the_cheapest(three, today):
    matching, _mentors = three

    found = shown(matching, today)

    assert [row[:2] for row in found] == [("全", True), ("半", False), ("空", False)]
    assert ["30" in found[1][2], "80" in found[2][2], found[0][2]] == [True, True, None]


def test_costs_count_from_what_is_fixed_now(three, today):
    matching, mentors = three
    rounds.fix_match(matching.matches.get(), mentors["空"], on=today)

    found = shown(matching, today)

    assert [row[:2] for row in found] == [("空", True), ("全", False), ("半", False)]
    assert ["80" in found[1][2], "50" in found[2][2]] == [True, True]


def test_who_is_left_over_is_offered_those_who_have_to_make_room(begin, mentee, mentor, today):
    matching = begin([mentee("甲"), mentee("乙")], {mentor("李静"): 1}, **GAPS_ALONE)
    left = matching.matches.select_related("round").get(mentor=None)

    (row,) = others(left, on=today)

    assert (row.is_now, row.choice.is_free, row.against) == (False, True, [])


def test_a_mentor_whose_places_are_all_fixed_cannot_be_chosen(begin, mentee, mentor, today):
    guide = mentor("李静")
    matching = begin([mentee("甲"), mentee("乙")], {guide: 1})
    rounds.fix_match(matching.matches.get(mentee__name="甲"), guide, on=today)
    left = matching.matches.select_related("round").get(mentee__name="乙")

    (row,) = others(left, on=today)

    assert (row.choice, len(row.against)) == (None, 1)


def test_the_sums_tell_what_changes_by_hand_cost(three, today):
    matching, mentors = three
    rounds.fix_match(matching.matches.get(), mentors["半"], on=today)
    matching.refresh_from_db()

    found = totals(matching)

    assert (found.people, found.paired, found.left, found.by_hand, found.places) == (1, 1, 0, 1, 3)
    assert (found.total, found.best, found.cost, found.mean) == (50, 80, 30, 50)


def test_a_round_without_pairs_has_no_mean(begin, mentee, mentor):
    found = totals(begin([mentee("甲")], {mentor(load=3): 1}))

    assert (found.mean, found.left, found.total) == (None, 1, 0)


def test_a_proposal_names_other_mentors_and_what_breaks_a_rule(begin, mentee, mentor, today):
    early, late = mentor("早班", shifts=["early"]), mentor("晚班", shifts=["late"])
    matching = begin([mentee("王小明", shifts=["early"])], {early: 1, late: 1})
    rounds.fix_match(matching.matches.get(), late, on=today)

    (line,) = lines(matching.matches.select_related("mentee", "mentor"))

    assert [choice.mentor for choice in line.choices] == [early]
    assert (len(line.against), line.why_left) == (1, "")


def test_a_mentor_whose_account_is_gone_is_not_offered(three):
    matching, mentors = three
    mentors["空"].delete()

    (line,) = lines(matching.matches.select_related("mentee", "mentor"))

    assert [choice.mentor.name for choice in line.choices] == ["半"]


def test_mentors_come_in_pages(as_, hr, begin, mentee, mentor):
    matching = begin([mentee()], {mentor(f"导师{number:02}"): 1 for number in range(27)})
    address = reverse("match-alternatives", args=[matching.matches.get().pk])

    pages = [as_(hr).get(address, {"page": number}).context["page"] for number in (1, 2)]

    assert [len(page.object_list) for page in pages] == [25, 2]
