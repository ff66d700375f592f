import pytest

from trainingsite.people.access.roles import Role
from trainingsite.people.history.events import trails
from trainingsite.people.history.kinds import KINDS
from trainingsite.people.models import User


def shown(response):
    return [
        (e.who, e.what, str(e.verb), [(c.field, c.before, c.after) for c in e.changes])
        for e in response.context["entries"]
    ]


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="安宁", employee_number="E1")


def edit(client, person, **changes):
    initial = client.get(f"/people/{person.pk}/edit/").context["form"].initial
    data = {key: value for key, value in initial.items() if value is not None} | changes
    assert client.post(f"/people/{person.pk}/edit/", data).status_code == 302


def test_change_names_who_what_before_and_after(as_, hr, hire, company):
    person = hire(name="张伟")
    client = as_(hr)
    edit(client, person, name="张威", department=company["sales"].pk)

    assert shown(client.get("/history/?about=张威"))[0] == (
        "安宁",
        "张威",
        "更改",
        [("姓名", "张伟", "张威"), ("部门", "售后服务部", "售前服务部")],
    )


def test_role_that_was_given_is_in_the_history_of_the_person(as_, hr, hire):
    person = hire(name="张伟")
    entries = shown(as_(hr).get("/history/?what=people.rolegrant&about=张伟"))

    assert entries == [("系统", "张伟", "新建", [("人员", "–", "张伟"), ("角色", "–", "学员")])]
    assert person.roles == {Role.TRAINEE}


def test_changes_of_others_are_filtered_away(as_, hr, hire):
    other = hire(Role.HR, name="包正")
    first, second = hire(name="张伟"), hire(name="李娜")
    edit(as_(other), first, grade="P3")
    client = as_(hr)
    edit(client, second, grade="P4")

    assert [entry[:2] for entry in shown(client.get("/history/?by=包正"))] == [("包正", "张伟")]


def test_dates_narrow_the_trail(as_, hr):
    client = as_(hr)

    assert shown(client.get("/history/?until=2020-01-01")) == []
    assert len(shown(client.get("/history/?since=2020-01-01"))) == 1


@pytest.mark.parametrize("query", ["what=no.such", "since=yesterday", "page=999", "about=%00"])
def test_odd_questions_are_no_error(as_, hr, query):
    assert as_(hr).get(f"/history/?{query}").status_code == 200


def test_password_is_never_in_the_trail():
    fields = {field.name for field in User.pgh_event_models["update"]._meta.get_fields()}

    assert fields.isdisjoint({"password", "last_login"})


@pytest.mark.parametrize("rows", [1, 30])
def test_trail_takes_a_fixed_number_of_queries(as_, hr, hire, rows, django_assert_num_queries):
    for number in range(rows):
        person = hire(name=f"张{number}", manager=hr)
        User.objects.filter(pk=person.pk).update(grade="P1")
    client = as_(hr)
    client.get("/history/")
    with django_assert_num_queries(6):  # names of people and of departments take one each
        client.get("/history/")


def test_every_kind_has_its_name(as_, hr):
    choices = as_(hr).get("/history/").context["filterset"].form.fields["what"].choices

    assert sorted(trails()) == sorted(KINDS)
    assert [(key, str(name)) for key, name in choices][:2] == [("people.user", "人员"), ("people.rolegrant", "角色")]
    assert [str(name) for _key, name in choices if str(name).isascii()] == []
