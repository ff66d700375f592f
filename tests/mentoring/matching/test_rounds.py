"""A round until it is confirmed: opened, solved, changed by hand, discarded."""

from datetime import timedelta

import pytest

from mentoring.matching import rounds
from mentoring.matching.rounds import Draft, RoundState
from mentoring.models import Away, MatchingRound
from tests.factories.mentoring import PairingFactory
from tests.mentoring.matching.conftest import GAPS_ALONE
from trainingsite.core.errors import Refused

DAY = timedelta(days=1)


@pytest.fixture
def two(begin, mentee, mentor):
    """王小明 and 李梅 with 空 (nothing) and 全 (both gaps of weight 80): one place each."""
    people = [mentee("王小明"), mentee("李梅")]
    mentors = {"全": mentor("全", "empathy", "complaints"), "空": mentor("空")}
    return begin(people, dict.fromkeys(mentors.values(), 1), **GAPS_ALONE), mentors


def match_of(matching, name):
    return matching.matches.get(mentee__name=name)


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def test_a_round_is_solved_as_it_is_opened(two, outcome, hr):
    matching, _mentors = two

    assert sorted(outcome(matching).values()) == ["全", "空"]
    assert (matching.best, matching.by, matching.state) == (80, hr, RoundState.DRAFT)
    assert sorted(matching.matches.values_list("score", flat=True)) == [0, 80]


def test_solving_again_changes_nothing(two, today):
    matching, _mentors = two
    before = list(matching.matches.order_by("pk").values())

    rounds.solve_round(matching, on=today)

    assert list(matching.matches.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": " "}, "title", "no_title"),
        ({"pool": {}}, "mentors", "no_mentors"),
        ({"pool": {1: 0}}, "mentors", "places"),
        ({"pool": {1: 11}}, "mentors", "places"),
        ({"starts_on": -1}, "starts_on", "starts_in_past"),
        ({"starts_on": 91}, "starts_on", "too_far"),
        ({"criteria": dict.fromkeys(GAPS_ALONE, 0)}, "gaps", "nothing_counts"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(hr, mentee, mentor, today, changes, field, code):
    good = {"title": "六月", "starts_on": 0, "pool": {mentor().pk: 1}} | changes
    draft = Draft(**good | {"starts_on": today + good["starts_on"] * DAY})

    with pytest.raises(Refused) as refusal:
        rounds.open_round(draft, [mentee()], by=hr, on=today)

    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_a_round_without_mentees_is_refused(begin, mentor):
    assert refused(lambda: begin([], {mentor(): 1})) == "no_mentees"
    assert not MatchingRound.objects.exists()


def test_more_mentees_than_places_names_who_is_left_and_why(begin, mentee, mentor, outcome):
    matching = begin([mentee("甲"), mentee("乙"), mentee("丙")], {mentor("李静"): 2}, **GAPS_ALONE)

    left = matching.matches.get(mentor=None)

    assert list(outcome(matching).values()).count("李静") == 2
    assert left.reason == {"why": "no_place", "possible": 1, "places": 2, "mentees": 3, "of": 2}


def test_who_fits_with_nobody_is_told_how_many_fail_on_which_rule(begin, mentee, mentor):
    person = mentee("甲", shifts=["early"])
    pool = {mentor("晚一", shifts=["late"]): 1, mentor("晚二", shifts=["late"]): 1, mentor("满员", load=3): 1}

    (match,) = begin([person], pool).matches.all()

    assert match.reason == {"why": "rules", "pool": 3, "failed": {"mentor_full": 1, "no_shared_shift": 2}}


def test_no_more_places_are_given_than_a_mentor_has_now(begin, mentee, mentor, outcome):
    matching = begin([mentee("甲"), mentee("乙")], {mentor("李静", load=2): 3})

    assert sorted(outcome(matching).values(), key=str) == [None, "李静"]


def test_alternatives_say_what_they_cost(two):
    matching, mentors = two
    best = matching.matches.get(mentor=mentors["全"])

    assert best.parts["alternatives"] == [{"mentor": mentors["空"].pk, "points": 0.0, "people": 0, "score": 0.0}]


def test_an_alternative_that_leaves_somebody_out_says_so(begin, mentee, mentor, today):
    early, both = mentee("早班", shifts=["early"]), mentee("两班", shifts=["early", "late"])
    first, second = mentor("早", shifts=["early"]), mentor("晚", shifts=["late"])
    matching = begin([early, both], {first: 1, second: 1})

    (other,) = match_of(matching, "两班").parts["alternatives"]

    assert (other["mentor"], other["people"]) == (first.pk, 1)


def test_fixing_by_hand_solves_the_others_anew_and_keeps_the_best(two, today, outcome):
    matching, mentors = two
    worse = matching.matches.get(mentor=mentors["空"])

    rounds.fix_match(worse, mentors["全"], on=today)

    matching.refresh_from_db()
    assert outcome(matching)[worse.mentee.name] == "全"
    assert matching.best == 80
    assert [match.is_fixed for match in matching.matches.filter(mentor=mentors["全"])] == [True]


def test_loosening_gives_the_best_again(begin, mentee, mentor, today, outcome):
    good, bad = mentor("全", "empathy"), mentor("空")
    matching = begin([mentee("王小明")], {good: 1, bad: 1}, **GAPS_ALONE)
    fixed = rounds.fix_match(match_of(matching, "王小明"), bad, on=today)
    assert (fixed.score, fixed.parts["alternatives"][0]["points"]) == (0, -50)

    rounds.loosen(fixed, on=today)
    rounds.loosen(fixed, on=today)

    assert outcome(matching) == {"王小明": "全"}


def test_by_hand_the_rules_of_the_round_may_be_broken(begin, mentee, mentor, today):
    late = mentor("晚班", shifts=["late"])
    matching = begin([mentee("早班", shifts=["early"])], {late: 1})

    fixed = rounds.fix_match(match_of(matching, "早班"), late, on=today)

    assert (fixed.mentor, fixed.is_fixed, fixed.parts["against"]) == (late, True, ["no_shared_shift"])


def test_by_hand_nobody_is_left_out_on_purpose(two, today):
    matching, _mentors = two

    fixed = rounds.fix_match(match_of(matching, "李梅"), None, on=today)

    assert (fixed.mentor, fixed.score, fixed.reason) == (None, None, {"why": "by_hand"})


def test_what_may_not_be_is_not_done_by_hand_either(two, hire, mentor, today):
    matching, mentors = two
    match = match_of(matching, "王小明")
    match.mentee.manager = mentors["空"]
    match.mentee.save()

    assert refused(lambda: rounds.fix_match(match, mentors["空"], on=today)) == "impossible"
    assert refused(lambda: rounds.fix_match(match, mentor("外人"), on=today)) == "not_in_pool"
    rounds.fix_match(match_of(matching, "李梅"), mentors["全"], on=today)
    assert refused(lambda: rounds.fix_match(match, mentors["全"], on=today)) == "all_fixed"
    match.refresh_from_db()
    assert match.is_fixed is False


def test_a_fixed_pair_that_may_not_be_any_more_is_loosened_and_named(two, today):
    matching, mentors = two
    fixed = rounds.fix_match(match_of(matching, "王小明"), mentors["空"], on=today)
    Away.objects.create(person=mentors["空"], first_day=today, last_day=today)

    rounds.solve_round(matching, on=today)

    fixed.refresh_from_db()
    assert fixed.is_fixed is False
    assert "不在岗" in fixed.problem or "away" in fixed.problem


def test_other_rules_keep_the_people_and_what_was_fixed(two, today, outcome):
    matching, mentors = two
    rounds.fix_match(match_of(matching, "王小明"), mentors["空"], on=today)
    draft = Draft("七月", today + DAY, {mentors["空"].pk: 2}, {"gaps": 0, "merit": 100})

    changed = rounds.change_round(matching, draft, on=today)

    assert outcome(changed) == {"王小明": "空", "李梅": "空"}
    assert (changed.title, changed.merit, changed.best) == ("七月", 100, 200)


def test_people_are_added_and_taken_out(two, mentee, today):
    matching, _mentors = two

    rounds.add_mentees(matching, [mentee("新来"), match_of(matching, "李梅").mentee], on=today)
    assert matching.matches.count() == 3
    rounds.remove_mentee(match_of(matching, "新来"), on=today)
    rounds.remove_mentee(match_of(matching, "李梅"), on=today)
    assert refused(lambda: rounds.remove_mentee(match_of(matching, "王小明"), on=today)) == "last_mentee"


def test_a_discarded_round_is_over(two, today):
    matching, mentors = two

    rounds.discard_round(matching)
    rounds.discard_round(matching)

    match = match_of(matching, "李梅")
    for act in (
        lambda: rounds.solve_round(matching, on=today),
        lambda: rounds.fix_match(match, mentors["空"], on=today),
        lambda: rounds.loosen(match, on=today),
        lambda: rounds.remove_mentee(match, on=today),
    ):
        assert refused(act) == "discarded"


def test_who_has_got_a_mentor_meanwhile_is_left_over(two, mentor, today):
    matching, _mentors = two
    match = match_of(matching, "李梅")
    PairingFactory(mentor=mentor("先到"), mentee=match.mentee)

    rounds.solve_round(matching, on=today)

    match.refresh_from_db()
    assert match.reason["failed"] == {"has_mentor": 2}
