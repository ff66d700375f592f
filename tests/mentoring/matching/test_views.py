import csv
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from mentoring.matching import rounds
from mentoring.models import Match, MatchingRound, Pairing
from tests.factories.learning_paths import has_level
from tests.factories.mentoring import PairingFactory

DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(hr, as_):
    return as_(hr)


@pytest.fixture
def matching(begin, mentee, mentor):
    people = [mentee("王小明"), mentee("李梅")]
    return begin(people, {mentor("全", "empathy", "complaints"): 1, mentor("空"): 1}, gaps=100, merit=0, closeness=0)


def page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response


def sent(today, mentees, pool, **changes):
    form = {
        "title": "六月新人",
        "starts_on": today,
        "departments": "any",
        "past_pairings": "avoid",
        "gaps": 40,
        "load": 20,
        "wishes": 20,
        "closeness": 10,
        "merit": 10,
        "mentees": [person.pk for person in mentees],
    }
    return form | {f"places-{person.pk}": places for person, places in pool.items()} | changes


def test_newcomers_are_chosen_beforehand_and_mentors_offer_what_is_free(client, mentee, mentor, today):
    new, old = mentee("新来", hired_on=today), mentee("老人")
    mentor("满员", load=3)
    guide = mentor("李静", load=1)

    context = page(client, "matching-new").context
    assert context["forms"].criteria["past_pairings"].value() == "avoid"
    assert context["forms"].weights["gaps"].value() == 40

    assert [(row.person, ticked) for row, ticked in context["people"]] == [(new, True)]
    assert [
        (row.person, [number for number, _w, chosen in row.choices if chosen]) for row in context["pool"].mentors
    ] == [(guide, [2])]
    assert len(context["pool"].without) == 1
    assert old not in [row.person for row, _ticked in context["people"]]


def test_people_with_gaps_stand_with_their_number_the_widest_first(client, mentee, skills):
    some, all_of_them = mentee("差一项"), mentee("差三项")
    has_level(some, skills["empathy"], 4)
    has_level(some, skills["typing"], 2)

    rows = page(client, "matching-new", who="gaps").context["people"]

    assert [(row.person, ticked) for row, ticked in rows] == [(all_of_them, False), (some, False)]


def test_whose_mentor_left_is_offered_for_repair(client, mentee, mentor, today):
    pairing = PairingFactory(mentor=mentor("离职", left_on=today), mentee=mentee("王小明"))

    rows = page(client, "matching-new", who="left").context["people"]

    assert [(row.person, ticked) for row, ticked in rows] == [(pairing.mentee, True)]
    assert "离职" in rows[0][0].why
    assert page(client, "matching-rounds").context["alone"] == 1


@pytest.mark.parametrize("department", ["sales", "nonsense"])
def test_the_list_follows_the_department(client, company, mentee, today, department):
    mentee("售后", hired_on=today)
    wanted = company[department].pk if department in company else department

    rows = page(client, "matching-new", department=wanted).context["people"]

    assert len(rows) == (0 if department == "sales" else 1)


def test_sending_the_form_leads_to_the_proposal(client, mentee, mentor, today, hr):
    person, guide = mentee("王小明"), mentor("李静", "empathy")

    response = client.post(reverse("matching-new"), sent(today, [person], {guide: 2}))

    made = MatchingRound.objects.get()
    assert (response.status_code, response.url) == (302, made.get_absolute_url())
    assert (made.by, made.matches.get().mentor, made.pool.get().places) == (hr, guide, 2)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "title"),
        ({"gaps": 101}, "gaps"),
        ({"gaps": 0, "load": 0, "wishes": 0, "closeness": 0, "merit": 0}, "gaps"),
        ({"starts_on": "2020-01-01"}, "starts_on"),
        ({"starts_on": "morgen"}, "starts_on"),
        ({"departments": "all"}, "departments"),
    ],
)
def test_wrong_input_is_named_at_its_field_and_nothing_is_made(client, mentee, mentor, today, changes, words):
    person, guide = mentee("王小明", hired_on=today), mentor("李静")

    response = client.post(reverse("matching-new"), sent(today, [person], {guide: 2}, **changes))

    forms = response.context["forms"]
    assert response.status_code == 422
    assert [name for form in forms.forms for name in form.errors] == [words]
    assert [ticked for _row, ticked in response.context["people"]] == [True]
    assert not MatchingRound.objects.exists()


@pytest.mark.parametrize(
    ("mentees", "places", "at"),
    [
        ([], 1, "mentees"),
        (["x", "99999999999"], 1, "mentees"),
        ([1], 0, "mentors"),
        ([1], 99, "mentors"),
        ([1], "x", "mentors"),
    ],
)
def test_nobody_and_no_place_are_named_at_their_lists(client, mentee, mentor, today, mentees, places, at):
    person, guide = mentee("王小明"), mentor("李静")
    chosen = {"mentees": [person.pk if each == 1 else each for each in mentees]}

    response = client.post(reverse("matching-new"), sent(today, [], {guide: places}) | chosen)

    assert (response.status_code, list(response.context["forms"].errors)) == (422, [at])


def test_the_proposal_says_why_in_words_and_numbers(client, matching):
    response = page(client, "matching-round", matching.pk)
    by_name = {line.match.mentor.name: line for line in response.context["lines"]}

    text = response.content.decode()
    assert "2/3 项差距：同理心、投诉闭环" in text
    assert by_name["全"].parts[0]["value"] == 80
    assert (response.context["totals"].paired, response.context["totals"].left) == (2, 0)


def test_htmx_gets_the_sums_with_the_table(client, matching):
    match = matching.matches.get(mentor__name="空")
    better = matching.matches.get(mentor__name="全").mentor

    response = client.post(reverse("match-fix", args=[match.pk]), {"mentor": better.pk}, headers=HTMX)

    match.refresh_from_db()
    assert (match.mentor, match.is_fixed) == (better, True)
    assert "<html" not in response.content.decode()
    assert response.context["totals"].by_hand == 1


def test_the_cost_of_a_change_by_hand_is_said_at_once(client, begin, mentee, mentor):
    good, bad = mentor("全", "empathy"), mentor("空")
    matching = begin([mentee("王小明")], {good: 1, bad: 1}, gaps=100, load=0, wishes=0, closeness=0, merit=0)
    match = matching.matches.get()

    response = client.post(reverse("match-fix", args=[match.pk]), {"mentor": bad.pk}, follow=True)

    assert response.context["totals"].cost == 50
    assert "50.0" in str(next(iter(response.context["messages"])))


@pytest.mark.parametrize("mentor_id", ["x", "99999999999", "999999999"])
def test_an_unknown_mentor_changes_nothing(client, matching, mentor_id):
    match = matching.matches.first()

    response = client.post(reverse("match-fix", args=[match.pk]), {"mentor": mentor_id})

    assert response.status_code == 302
    assert not Match.objects.filter(is_fixed=True).exists()


def test_all_mentors_stand_with_their_cost_or_what_forbids_them(client, begin, mentee, mentor, today):
    late = mentor("晚班", shifts=["late"])
    matching = begin([mentee("早班", shifts=["early"])], {mentor("李静"): 1, late: 1, mentor("周敏", load=3): 1})
    match = matching.matches.get()

    others = page(client, "match-alternatives", match.pk).context["page"].object_list

    found = {row.mentor.name: (row.is_now, row.choice is not None, len(row.against)) for row in others}
    assert found == {"李静": (True, False, 0), "晚班": (False, True, 1), "周敏": (False, False, 1)}


def test_loosen_remove_solve_and_discard_by_the_page(client, matching, today):
    first, second = matching.matches.order_by("pk")
    rounds.fix_match(first, None, on=today)

    for name, pk in [("match-loosen", first.pk), ("match-remove", second.pk), ("matching-solve", matching.pk)]:
        assert client.post(reverse(name, args=[pk])).url == matching.get_absolute_url()
    assert [match.is_fixed for match in matching.matches.all()] == [False]
    assert client.post(reverse("match-remove", args=[first.pk])).status_code == 302
    assert matching.matches.count() == 1
    assert client.post(reverse("matching-discard", args=[matching.pk])).url == reverse("matching-rounds")
    assert page(client, "matching-rounds").context["page"].paginator.count == 0
    assert page(client, "matching-rounds", state="discarded").context["page"].paginator.count == 1


def test_confirming_tells_of_it_and_the_round_is_over(client, matching):
    response = client.post(reverse("matching-confirm", args=[matching.pk]), follow=True)

    assert response.context["is_draft"] is False
    assert Pairing.objects.open().count() == 2
    for name in ("matching-edit", "matching-add"):
        assert client.get(reverse(name, args=[matching.pk])).url == matching.get_absolute_url()
    assert client.get(reverse("match-alternatives", args=[matching.matches.first().pk])).status_code == 302
    assert (
        client.post(reverse("matching-discard", args=[matching.pk]), follow=True).context["matching"].state
        == "confirmed"
    )


def test_a_pair_that_cannot_be_is_shown_in_its_row(client, matching, mentor):
    match = matching.matches.get(mentee__name="李梅")
    PairingFactory(mentee=match.mentee, mentor=mentor("先到"))

    response = client.post(reverse("matching-confirm", args=[matching.pk]), follow=True)

    assert [line.match for line in response.context["lines"]] == [match]
    assert "先到" in response.content.decode()
    assert Pairing.objects.open().count() == 1


def test_rules_are_changed_for_the_same_people(client, matching, today, mentor):
    more = mentor("新导师")
    assert page(client, "matching-edit", matching.pk).context["forms"].start.initial["title"] == "六月新人"

    response = client.post(
        reverse("matching-edit", args=[matching.pk]), sent(today, [], {more: 2}, title="七月", gaps=0, merit=100)
    )

    matching.refresh_from_db()
    assert response.url == matching.get_absolute_url()
    assert (matching.title, [row.mentor for row in matching.pool.all()]) == ("七月", [more])
    assert client.post(reverse("matching-edit", args=[matching.pk]), sent(today, [], {})).status_code == 422


def test_more_mentees_are_added(client, matching, mentee, today):
    new = mentee("新来", hired_on=today)

    rows = page(client, "matching-add", matching.pk).context["people"]
    assert [row.person for row, _ticked in rows] == [new]
    assert client.post(reverse("matching-add", args=[matching.pk]), {}).status_code == 422
    client.post(reverse("matching-add", args=[matching.pk]), {"mentees": [new.pk]})
    assert matching.matches.filter(mentee=new).exists()


def test_the_export_has_what_the_filter_shows(client, matching, begin, mentee, mentor):
    response = page(client, "matching-export", matching.pk, q="李梅")
    rows = list(csv.reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["李梅"]

    book = load_workbook(BytesIO(page(client, "matching-export", matching.pk, **{"as": "xlsx"}).content))
    assert [len(row) for row in book.active.iter_rows()] == [14] * 3


@pytest.mark.parametrize(
    ("state", "names"), [("left", {"丙"}), ("hand", set()), ("problem", set()), ("", {"甲", "丙"})]
)
def test_left_over_people_are_found_by_the_filter(client, begin, mentee, mentor, state, names):
    free, bound = mentee("甲"), mentee("丙", shifts=["night"])
    guide = mentor("李静", shifts=["early"])
    matching = begin([free, bound], {guide: 2})

    lines = page(client, "matching-round", matching.pk, state=state).context["lines"]

    assert {line.match.mentee.name for line in lines} == names
    assert not lines or state != "left" or "早班" in lines[0].why_left or "班次" in lines[0].why_left
