"""Typing a profile, previewing whose level it moves, confirming it: each wrong thing at its place, nothing changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.models import ProfileVersion, RoleProfile
from assessments.profiles.actions import retire_profile
from assessments.profiles.proposals import Proposal
from tests.assessments.conftest import NOON
from tests.assessments.profiles.conftest import rated
from tests.factories.people import PositionFactory
from tests.factories.profiles import competency, need, profile_of, version_of
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

TODAY = date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def hr(hire):
    return hire(Role.HR, locale="en")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


@pytest.fixture
def typing():
    return competency("打字速度", levels=4)


@pytest.fixture
def product():
    return competency("产品专业度")


@pytest.fixture
def agent():
    return PositionFactory(name="客服专员")


@pytest.fixture
def profile(agent, typing, product):
    return profile_of(need(typing, 2, 80), need(product, 3, 20), position=agent, grade="P1")


@pytest.fixture
def change(profile):
    return reverse("role-profile-change", args=[profile.pk])


def typed(*rows, **more):
    """What the form sends: rows of competency, level, weight."""
    data = {"valid_from": "2026-06-01", "reason": "直播咨询量 +50 %", "after": "1", "n-INITIAL_FORMS": "0"}
    data["n-TOTAL_FORMS"] = str(len(rows))
    for number, (of, level, weight) in enumerate(rows):
        keys = {"competency": getattr(of, "pk", of), "level": level, "weight": weight}
        data |= {f"n-{number}-{name}": value for name, value in keys.items()}
    return data | more


def weights(page):
    return [form["weight"].value() for form in page.context["rows"]]


def faults(page):
    rows = [dict(form.errors) for form in page.context["rows"]]
    return {name: list(said) for name, said in page.context["form"].errors.items()}, [sorted(row) for row in rows]


def test_the_form_begins_with_what_is_asked_at_last(browse, profile, change, product):
    version_of(profile, need(product, 4, 100), valid_from=date(2026, 9, 1))
    page = browse.get(change)
    rows = [(f["competency"].value(), f["level"].value(), f["weight"].value()) for f in page.context["rows"]]
    assert rows == [(product.pk, 4, "100")]
    assert page.context["form"].initial == {"valid_from": TODAY, "after": 2}
    assert [version.number for version in page.context["planned"]] == [2]


def test_a_new_form_has_empty_rows_and_takes_proposals(browse, agent, profile):
    page = browse.get(reverse("role-profile-new"), {"position": agent.pk, "grade": "P2"})
    assert (len(page.context["rows"].forms), page.context["form"]["grade"].value()) == (3, "P2")
    copy = browse.get(reverse("role-profile-new"), {"from": profile.pk})
    assert weights(copy) == ["80", "20"]
    assert copy.context["form"]["position"].value() == agent.pk
    assert browse.get(reverse("role-profile-new"), {"from": "x"}).status_code == 200
    assert browse.get(reverse("role-profile-new"), {"from": 10**9}).status_code == 404


def test_a_row_more_and_a_row_less_keep_what_was_typed(browse, change, typing, product):
    sent = typed((typing, 2, "70"), (product, 3, "abc"))
    assert weights(browse.post(change, {**sent, "step": "add"})) == ["70", "abc", None]
    assert weights(browse.post(change, {**sent, "step": "remove-0"})) == ["abc"]
    assert weights(browse.post(change, {**sent, "step": "remove-9"})) == ["70", "abc"]
    assert ProfileVersion.objects.count() == 1


def test_weights_are_evened_out(browse, change, typing, product):
    page = browse.post(change, typed((typing, 2, "30"), ("", "", ""), (product, 3, "30"), step="even"))
    assert (weights(page), page.context["sum"]) == (["50", "", "50"], "100")


def test_a_weight_is_raised_by_half_and_the_other_makes_room(browse, change, typing, product):
    page = browse.post(change, typed((typing, 2, "80"), (product, 3, "20"), step="raise-1", raise_by="50"))
    assert (weights(page), page.status_code) == (["70", "30"], 200)


@pytest.mark.parametrize(
    ("step", "more"),
    [("raise-0", {"raise_by": "50"}), ("raise-0", {"raise_by": "viel"}), ("even", {"n-0-weight": "abc"})],
    ids=["no room", "no number to raise by", "no number as a weight"],
)
def test_weights_that_cannot_be_reckoned_stay_as_typed_and_it_is_said(browse, change, typing, product, step, more):
    sent = {**typed((typing, 2, "80"), (product, 3, "20"), step=step), **more}
    page = browse.post(change, sent)
    assert (page.status_code, weights(page)) == (422, [sent["n-0-weight"], "20"])
    assert page.context["problem"]


NINES = "9" * 5_000


@pytest.mark.parametrize(
    ("more", "rows"),
    [
        ({"step": f"raise-{NINES}"}, 2),
        ({"step": f"remove-{NINES}"}, 2),
        ({"step": "remove-2"}, 2),
        ({"step": "remove-0", "n-TOTAL_FORMS": ""}, 1),
        ({"step": "add", "n-TOTAL_FORMS": NINES}, 1),
        ({"step": "add", "n-0-competency": NINES}, 3),
    ],
    ids=["raise", "remove", "after the last", "no rows", "so many rows", "no competency"],
)
def test_numbers_that_nobody_means_do_nothing(browse, change, typing, product, more, rows):
    page = browse.post(change, typed((typing, 2, "80"), (product, 3, "20")) | more)
    assert (page.status_code, len(page.context["rows"].forms)) == (200, rows)


WRONG = {
    "weights do not sum": ([(2, "80"), (3, "30")], {}, (["__all__"], [[], []])),
    "no reason": ([(2, "80"), (4, "20")], {"reason": " "}, (["reason"], [[], []])),
    "a day in the past": ([(2, "80"), (4, "20")], {"valid_from": "2026-05-31"}, (["valid_from"], [[], []])),
    "no day": ([(2, "80"), (4, "20")], {"valid_from": "31.31.2026"}, (["valid_from"], [[], []])),
    "nothing new": ([(2, "80"), (3, "20")], {}, (["__all__"], [[], []])),
    "no needs": ([("", ""), ("", "")], {"n-0-competency": "", "n-1-competency": ""}, (["__all__"], [[], []])),
    "a level that it has not": ([(5, "80"), (4, "20")], {}, ([], [["level"], []])),
    "a level of nowhere": ([(9, "80"), (4, "20")], {}, ([], [["level"], []])),
    "no weight": ([(2, ""), (4, "20")], {}, ([], [["weight"], []])),
    "a weight below nothing": ([(2, "-1"), (4, "101")], {}, ([], [["weight"], ["weight"]])),
    "an unknown competency": ([(2, "80"), (4, "20")], {"n-1-competency": "99999999"}, ([], [[], ["competency"]])),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_at_its_place_and_nothing_changes(browse, change, typing, product, case):
    (first, second), more, (fields, rows) = WRONG[case]
    page = browse.post(change, {**typed((typing, *first), (product, *second)), **more})
    said, row_faults = faults(page)
    assert (page.status_code, list(said), row_faults) == (422, fields, rows)
    assert ProfileVersion.objects.count() == 1


def test_the_same_competency_twice_is_said_at_the_second_row(browse, change, typing):
    page = browse.post(change, typed((typing, 2, "50"), ("", "", ""), (typing, 3, "50")))
    assert faults(page) == ({}, [[], [], ["competency"]])


def test_a_form_without_its_rows_is_refused(browse, change):
    page = browse.post(change, {"valid_from": "2026-06-01", "reason": "x"})
    assert page.status_code == 422
    assert page.context["rows"].non_form_errors()


def test_a_profile_that_exists_is_not_made_anew(browse, agent, profile, typing):
    sent = typed((typing, 2, "100"), position=agent.pk, grade="P1", summary="")
    page = browse.post(reverse("role-profile-new"), sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["grade"])


def test_a_retired_profile_is_not_changed(browse, profile, change, typing):
    retire_profile(profile, at=NOON)
    page = browse.post(change, typed((typing, 2, "100")))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["__all__"])


@pytest.fixture
def team(hire, agent, typing, product):
    """One who is good at what shall weigh more, one who is not, one of another grade."""
    fast, clever = hire(name="安娜", position=agent, grade="P1"), hire(name="白云", position=agent, grade="P1")
    hire(name="陈晨", position=agent, grade="P2")
    for person, levels in ((fast, (4, 1)), (clever, (1, 5))):
        rated(person, typing, levels[0])
        rated(person, product, levels[1])
    return fast, clever


def previewed(browse, change, *rows, **more):
    answer = browse.post(change, typed(*rows, **more))
    assert answer.status_code == 302, faults(answer)
    return answer.url


def moves(page):
    return [
        (
            each.person.name,
            each.before and (each.before.percent, each.before.overall_level),
            each.after.percent,
            each.level_by,
        )
        for each in page.context["page"]
    ]


def test_the_preview_tells_whose_level_moves_before_anything_does(browse, change, typing, product, team):
    page = browse.get(previewed(browse, change, (typing, 2, "30"), (product, 3, "70")))
    assert moves(page) == [("安娜", (86.666667, 3), 53.333333, -2), ("白云", (60.0, 1), 85.0, 2)]
    effect = page.context["effect"]
    figures = (effect.level_up, effect.level_down, effect.fit_up, effect.fit_down, effect.meeting, len(effect.people))
    assert figures == (1, 1, 1, 1, (0, 0), 2)
    kinds = [(str(c.competency), c.before.weight, c.after.weight) for c in page.context["changes"]]
    assert kinds == [("打字速度", Decimal(80), Decimal(30)), ("产品专业度", Decimal(20), Decimal(70))]
    assert ProfileVersion.objects.count() == 1


def test_the_preview_names_those_who_stay_on_demand(browse, change, typing, product, team, hire, agent):
    hire(name="丁丁", position=agent, grade="P1")
    url = previewed(browse, change, (typing, 2, "30"), (product, 3, "70"))
    assert [row[0] for row in moves(browse.get(url))] == ["安娜", "白云"]
    assert [row[0] for row in moves(browse.get(f"{url}&all=1"))] == ["安娜", "白云", "丁丁"]


def test_the_preview_as_a_file(browse, change, typing, product, team):
    url = previewed(browse, change, (typing, 2, "30"), (product, 3, "70"))
    way = url.replace(reverse("role-profile-preview"), reverse("role-profile-preview-csv"))
    lines = browse.get(way).getvalue().decode().splitlines()
    who, figures = ["白云", "售后服务部", "P1"], ["60.0", "85.0", "1", "3"]
    assert lines[2].split(",")[1:] == [*who, *figures, "Has gaps", "Nearly meets the profile"]
    assert len(lines) == 3


def test_a_new_profile_is_previewed_against_that_of_every_grade(browse, agent, typing, product, hire):
    profile_of(need(typing, 4, 100), position=agent)
    person = hire(name="安娜", position=agent, grade="P2")
    rated(person, typing, 2)
    sent = {"position": agent.pk, "grade": "P2", "summary": "能带新人", "after": "0"}
    url = previewed(browse, reverse("role-profile-new"), (typing, 2, "100"), **sent)
    assert moves(browse.get(url)) == [("安娜", (50.0, 2), 100.0, 0)]
    browse.post(reverse("role-profile-confirm"), {"change": browse.get(url).context["packed"]})
    made = RoleProfile.objects.get(grade="P2")
    assert (made.summary, made.versions.get().reason) == ("能带新人", "直播咨询量 +50 %")


def packed(browse, change, *rows, **more):
    return browse.get(previewed(browse, change, *rows, **more)).context["packed"]


def test_confirming_makes_the_version_and_confirming_again_nothing(browse, hr, profile, change, typing, product):
    sent = {"change": packed(browse, change, (typing, 2, "30"), (product, 3, "70"), valid_from="2026-07-01")}
    answers = [browse.post(reverse("role-profile-confirm"), sent) for _n in range(2)]
    assert [answer.url for answer in answers] == [profile.get_absolute_url()] * 2
    made = profile.versions.get(number=2)
    assert (made.valid_from, made.reason, made.by) == (date(2026, 7, 1), "直播咨询量 +50 %", hr)
    assert profile.versions.count() == 2


def test_what_somebody_changed_meanwhile_is_not_run_over(browse, profile, change, typing, product):
    sent = {"change": packed(browse, change, (typing, 2, "30"), (product, 3, "70"))}
    version_of(profile, need(product, 5, 100), valid_from=TODAY)
    answer = browse.post(reverse("role-profile-confirm"), sent, follow=True)
    assert [
        str(message).startswith("Somebody made version 2 meanwhile.") for message in answer.context["messages"]
    ] == [True]
    assert profile.versions.count() == 2


def test_a_preview_confirmed_after_its_day_is_refused(browse, profile, change, typing, product):
    sent = {"change": packed(browse, change, (typing, 2, "30"), (product, 3, "70"))}
    with clock.frozen(NOON + timedelta(days=1)):
        answer = browse.post(reverse("role-profile-confirm"), sent)
    assert (answer.url, profile.versions.count()) == (reverse("role-profiles"), 1)


@pytest.mark.parametrize("text", ["", "unsigned", "a:b:c"])
def test_a_preview_that_is_not_ours_leads_back(browse, text, profile):
    way = {"change": text}
    found = [browse.get(reverse(name), way).url for name in ("role-profile-preview", "role-profile-preview-csv")]
    assert [*found, browse.post(reverse("role-profile-confirm"), way).url] == [reverse("role-profiles")] * 3


def test_one_goes_on_editing_what_one_typed(browse, change, typing, product):
    page = browse.get(previewed(browse, change, (typing, 1, "30"), (product, 5, "70")))
    again = browse.get(page.context["edit_url"])
    assert (weights(again), again.context["form"]["reason"].value()) == (["30", "70"], "直播咨询量 +50 %")
    assert weights(browse.get(change, {"change": "broken"})) == ["80", "20"]


def test_a_proposal_comes_out_of_its_address_as_it_went_in():
    made = Proposal(7, 3, "P1", "", ((1, 2, "33.34"), (2, 5, "66.66")), TODAY, "换了一种“直播”口径", 4)
    assert Proposal.unpacked(made.packed()) == made


@pytest.mark.parametrize("people", [1, 30])
def test_the_preview_takes_nine_queries(
    browse, hire, agent, change, typing, product, people, django_assert_max_num_queries
):
    url = previewed(browse, change, (typing, 2, "30"), (product, 3, "70"))
    for n in range(people):
        hire(position=agent, grade="P1", name=f"员工{n}")
    with django_assert_max_num_queries(9):
        assert len(browse.get(f"{url}&all=1").context["effect"].people) == people


@pytest.mark.parametrize("rows", [2, 20])
def test_the_form_takes_eight_queries(browse, profile, change, rows, django_assert_max_num_queries):
    made = [need(competency(f"能力 {n}"), 2, Decimal(100) / rows) for n in range(rows)]
    version_of(profile, *made, valid_from=TODAY)
    with django_assert_max_num_queries(8):
        assert len(browse.get(change).context["rows"].forms) == rows
