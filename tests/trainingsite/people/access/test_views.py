import pytest

from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User


def roles(person):
    return set(User.objects.get(pk=person.pk).roles)


@pytest.fixture
def admin(hire):
    return hire(Role.ADMIN, name="管理")


def test_role_is_given_by_number_or_user_name(as_, admin, hire, company):
    person = hire(employee_number="E5", username="zm")
    client = as_(admin)
    client.post("/access/", {"person": "E5", "role": "mentor"})
    client.post("/access/", {"person": "zm", "role": "supervisor", "department": company["care"].pk})

    assert roles(person) == {Role.TRAINEE, Role.MENTOR, Role.SUPERVISOR}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"person": "nobody", "role": "hr"}, "person"),
        ({"person": "E5", "role": "king"}, "role"),
        ({"person": "E5", "role": "supervisor"}, "department"),
        ({"person": "E5", "role": "api_client"}, "role"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(as_, admin, hire, data, field):
    person = hire(employee_number="E5")
    answer = as_(admin).post("/access/", data)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert roles(person) == {Role.TRAINEE}


def test_role_is_taken_away(as_, admin, hire):
    person = hire(Role.HR)
    as_(admin).post(f"/access/{person.grants.get().pk}/take/")

    assert roles(person) == set()


def test_last_administrator_keeps_the_role(as_, admin):
    as_(admin).post(f"/access/{admin.grants.get().pk}/take/")

    assert roles(admin) == {Role.ADMIN}


def test_taken_role_works_no_more_at_once(as_, hire):
    person = hire(Role.HR)
    client = as_(person)
    before = client.get("/people/").status_code
    RoleGrant.objects.filter(user=person).delete()

    assert (before, client.get("/people/").status_code) == (200, 403)


def test_trainees_are_shown_only_when_asked_for(as_, admin, hire):
    hire(name="李娜")
    client = as_(admin)
    names = [[grant.user.name for grant in client.get(url).context["page"]] for url in ("/access/", "/access/?q=ln")]

    assert names == [["管理"], ["李娜"]]


def test_list_is_filtered_by_role_and_name(as_, admin, hire):
    hire(Role.HR, name="张伟")
    hire(Role.HR, name="李娜")
    page = as_(admin).get("/access/?role=hr&q=zw").context["page"]

    assert [(grant.user.name, grant.role) for grant in page] == [("张伟", "hr")]


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_a_fixed_number_of_queries(as_, admin, hire, rows, django_assert_num_queries):
    for _row in range(rows):
        hire()
    client = as_(admin)
    client.get("/access/")
    with django_assert_num_queries(4):
        client.get("/access/?role=trainee")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example"])
def test_language_switch_never_leads_elsewhere(client, db, target):
    assert client.post("/language/", {"language": "en", "next": target})["Location"] == "/"


def test_unknown_language_changes_nothing(as_, hire):
    person = hire()
    as_(person).post("/language/", {"language": "tlh"})

    person.refresh_from_db()
    assert person.locale == "zh-hans"


def log_in(client, person):
    person.set_password("客服-2026-secret")
    person.save()
    client.post("/login/", {"username": person.username, "password": "客服-2026-secret"})
    person.refresh_from_db()


def test_language_chosen_before_the_login_is_kept_with_the_person(client, hire):
    person = hire()
    client.post("/language/", {"language": "en"})
    log_in(client, person)

    assert (person.locale, client.get("/").headers["Content-Language"]) == ("en", "en")


def test_login_without_a_choice_leaves_the_language(client, hire):
    person = hire(locale="zh-hant")
    client.cookies["django_language"] = "en"  # somebody else's choice, earlier, at the same computer
    log_in(client, person)

    assert (person.locale, client.get("/").headers["Content-Language"]) == ("zh-hant", "zh-hant")
