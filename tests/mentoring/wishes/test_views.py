from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.availability.actions import save_availability
from mentoring.models import KeepApart, Wish
from tests.factories.courses import CompetencyFactory
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

MINE = "/mentoring/wishes/"
APART = "/mentoring/apart/"


@pytest.fixture
def newcomer(hire):
    return hire(name="王小明", hired_on=clock.today() - timedelta(days=5))


@pytest.fixture
def mentors(db):
    made = [
        MentorProfileFactory(person__name=name, competencies=[CompetencyFactory(title="共情")], experience="六年售后")
        for name in ("李静", "赵磊", "孙悦")
    ]
    return [profile.person for profile in made]


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


def listed(response):
    return [person.name for person in response.context["page"]]


def say(client, other, what, side="mentee"):
    return client.post(f"{MINE}say/", {"side": side, "other": other.pk, "say": what}, follow=True)


def ranks():
    return {wish.other.name: wish.rank for wish in Wish.objects.select_related("other")}


def test_a_newcomer_sees_who_can_be_wished_and_what_they_guide_in(as_, newcomer, mentors):
    save_availability(mentors[0], shifts=["day"], languages=["yue"])

    response = as_(newcomer).get(MINE)

    assert sorted(listed(response)) == sorted(["李静", "孙悦", "赵磊"])
    assert all(word in response.content.decode() for word in ("共情", "六年售后", "粤语", "白班"))


def test_wishing_moves_a_mentor_from_below_to_the_list_of_wishes(as_, newcomer, mentors):
    client = as_(newcomer)
    say(client, mentors[0], "wanted")
    say(client, mentors[1], "unwanted")

    response = say(client, mentors[2], "first")

    assert ranks() == {"孙悦": 1, "李静": 2, "赵磊": 0}
    assert [wish.other.name for wish in response.context["wanted"]] == ["孙悦", "李静"]
    assert listed(response) == []


def test_a_refusal_is_told_and_changes_nothing(as_, newcomer, mentors):
    client = as_(newcomer)
    response = say(client, PersonFactory(name="路人"), "wanted")

    assert "路人" in str(next(iter(response.context["messages"])))
    assert ranks() == {}


@pytest.mark.parametrize("data", [{"other": "x"}, {"other": "99999999999999999999"}, {"other": "0"}, {}])
def test_nobody_can_be_wished_who_does_not_exist(as_, newcomer, data):
    assert as_(newcomer).post(f"{MINE}say/", {"side": "mentee", "say": "wanted", **data}).status_code == 404


def test_an_unknown_word_changes_nothing(as_, newcomer, mentors):
    say(as_(newcomer), mentors[0], "adore")

    assert ranks() == {}


def test_search_narrows_the_mentors(as_, newcomer, mentors):
    assert listed(as_(newcomer).get(MINE, {"q": "zhaolei"})) == ["赵磊"]


def test_a_mentor_names_newcomers_and_may_change_the_side(hire, as_, newcomer, mentors):
    person = hire(Role.MENTOR, Role.TRAINEE, name="周敏")
    MentorProfileFactory(person=person)
    client = as_(person)

    response = client.get(MINE)
    other_side = client.get(MINE, {"side": "mentee"})
    say(client, newcomer, "wanted", side="mentor")

    assert (response.context["side"], listed(response)) == ("mentor", ["王小明"])
    assert len(other_side.context["page"]) == 3
    assert list(Wish.objects.values_list("person__name", "side", "rank")) == [("周敏", "mentor", 1)]


def test_a_trainee_is_never_on_the_side_of_mentors(as_, newcomer, mentors):
    assert as_(newcomer).get(MINE, {"side": "mentor"}).context["side"] == "mentee"


@pytest.mark.parametrize("rows", [1, 12])
def test_page_of_wishes_takes_a_fixed_number_of_queries(as_, newcomer, rows, django_assert_max_num_queries):
    for _ in range(rows):
        save_availability(MentorProfileFactory(competencies=[CompetencyFactory()]).person, shifts=[], languages=[])
    client = as_(newcomer)

    with django_assert_max_num_queries(7):
        client.get(MINE)


def test_a_newcomer_without_a_mentor_is_asked_on_the_first_page(as_, newcomer):
    client = as_(newcomer)
    assert reverse("my-wishes") in client.get("/").content.decode()

    PairingFactory(mentee=newcomer)

    assert reverse("my-wishes") not in client.get("/").content.decode()


def test_hr_keeps_two_apart_and_lifts_it(hr, hire):
    one, other = hire(name="李静"), hire(name="王小明")
    data = {"one": one.employee_number, "other": "王小明", "reason": "relatives", "note": "表亲"}

    hr.post(f"{APART}new/", data)
    hr.post(f"{APART}new/", data)
    row = KeepApart.objects.get()
    shown = hr.get(APART, {"q": "wangxiaoming"})

    assert ((row.one, row.other, row.reason, row.note), list(shown.context["page"])) == (
        (one, other, "relatives", "表亲"),
        [row],
    )
    hr.post(f"{APART}{row.pk}/lift/")
    assert KeepApart.objects.count() == 0


def test_hr_is_warned_that_they_are_a_pair(hr):
    pairing = PairingFactory()
    data = {"one": pairing.mentee.employee_number, "other": pairing.mentor.employee_number, "reason": "other"}

    response = hr.post(f"{APART}new/", data, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, {"one", "other", "reason"}),
        ({"one": "nobody", "other": "E-9", "reason": "x"}, {"one", "other", "reason"}),
        ({"one": "E-1", "other": "E-1", "reason": "other", "note": "长" * 201}, {"other", "note"}),
    ],
)
def test_bad_input_is_named_at_its_field_and_keeps_nobody_apart(hr, hire, data, fields):
    hire(employee_number="E-1")
    response = hr.post(f"{APART}new/", data)

    assert (response.status_code, set(response.context["form"].errors)) == (422, fields)
    assert KeepApart.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 20])
def test_list_of_those_kept_apart_takes_a_fixed_number_of_queries(hr, rows, django_assert_max_num_queries):
    for _ in range(rows):
        one, other = sorted([PersonFactory(), PersonFactory()], key=lambda person: person.pk)
        KeepApart.objects.create(one=one, other=other, reason="other")

    with django_assert_max_num_queries(5):
        hr.get(APART)


@pytest.mark.parametrize(
    ("query", "names"),
    [("", ["丙", "乙", "甲"]), ("sort=one", ["甲", "乙", "丙"]), ("sort=-one", ["丙", "乙", "甲"]), ("q=nobody", [])],
)
def test_those_kept_apart_are_sorted_and_searched(hr, query, names):
    other = PersonFactory(name="王小明", sort_key="wang")
    for name, key in (("甲", "a"), ("乙", "b"), ("丙", "c")):
        KeepApart.objects.create(one=_smaller(name, key, other), other=PersonFactory(), reason="other")

    response = hr.get(f"{APART}?{query}")

    assert [row.one.name for row in response.context["page"]] == names


def _smaller(name, key, _other):
    person = PersonFactory(name=name)
    type(person).objects.filter(pk=person.pk).update(sort_key=key)
    return person


def test_an_empty_list_gives_the_first_step_and_an_unknown_one_is_not_found(hr):
    assert "把亲属登记在这里" in hr.get(APART).content.decode()
    assert hr.post(f"{APART}99999/lift/").status_code == 404


def test_several_of_one_name_are_told_apart_by_their_numbers(hr, hire):
    for number in ("E-1", "E-2"):
        hire(name="王小明", employee_number=number)
    hire(employee_number="E-3")

    response = hr.post(f"{APART}new/", {"one": "王小明", "other": "E-3", "reason": "relatives"})

    assert "E-1" in str(response.context["form"].errors["one"])
    assert KeepApart.objects.count() == 0


def test_search_by_htmx_gives_the_rows_alone(as_, newcomer, mentors):
    page = as_(newcomer).get(MINE, {"q": "lijing"}, headers={"HX-Request": "true"}).content.decode()

    assert ("李静" in page, "赵磊" in page, "<html" in page) == (True, False, False)


def test_when_three_are_wished_no_fourth_is_offered(as_, newcomer, mentors):
    fourth = MentorProfileFactory(person__name="周敏").person
    client = as_(newcomer)
    for mentor in mentors:
        say(client, mentor, "wanted")

    page = client.get(MINE).content.decode()
    response = say(client, fourth, "wanted")

    assert ('value="wanted"' in page, 'value="unwanted"' in page) == (False, True)
    assert "最多 3 人" in str(next(iter(response.context["messages"])))
    assert ranks() == {"李静": 1, "赵磊": 2, "孙悦": 3}


def test_the_panel_thanks_for_wishes(as_, newcomer, mentors):
    client = as_(newcomer)
    say(client, mentors[0], "wanted")

    assert "你的意向已经收到" in client.get("/").content.decode()


def test_who_has_been_here_for_long_is_not_asked(hire, as_):
    assert reverse("my-wishes") not in as_(hire()).get("/").content.decode()


def test_the_page_of_ones_mentor_leads_to_the_wishes_while_there_is_none(as_, newcomer):
    assert reverse("my-wishes") in as_(newcomer).get(reverse("my-mentor")).content.decode()


def test_after_a_wish_the_search_is_still_there(as_, newcomer, mentors):
    data = {"side": "mentee", "other": mentors[0].pk, "say": "wanted", "q": "李 & 静"}

    response = as_(newcomer).post(f"{MINE}say/", data, follow=True)

    assert (response.context["text"], ranks()) == ("李 & 静", {"李静": 1})
