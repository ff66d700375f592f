import pytest

from assessments.models import Override
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


@pytest.fixture
def held(offered, trainee, hr):
    return Override.objects.create(quiz=offered, person=trainee, extra_minutes=5, reason="手腕受伤", by=hr)


def sent(quiz, /, **changed):
    return {"quiz": quiz.pk, "person": "李静", "extra_minutes": 10, "reason": "手腕受伤", **changed}


def test_hr_gives_changes_and_ends_terms(browse, offered, trainee):
    page = browse.post("/overrides/new/", sent(offered, person=f"李静 · {trainee.employee_number}"))
    given = Override.objects.get()
    assert page.url == f"/overrides/{given.pk}/"
    browse.post(f"{page.url}edit/", {"max_attempts": 5, "reason": "补考"})
    given.refresh_from_db()
    assert (given.person, given.extra_minutes, given.max_attempts, given.reason) == (trainee, None, 5, "补考")
    detail = browse.get(page.url).content.decode()
    assert "可考 5 次" in detail
    assert "手腕受伤" in detail  # what held before
    browse.post(f"{page.url}end/")
    given.refresh_from_db()
    assert given.ended_at is not None


def test_a_group_is_given_terms(browse, offered, group_of):
    browse.post("/overrides/new/", sent(offered, person="", audience=group_of("care").pk))
    assert Override.objects.get().audience.name == "人群 care"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"person": "没有这个人"}, "person"),
        ({"person": ""}, "person"),
        ({"extra_minutes": ""}, "extra_minutes"),
        ({"extra_minutes": 0}, "extra_minutes"),
        ({"reason": ""}, "reason"),
        ({"opens_at": "2026-06-02T00:00", "closes_at": "2026-06-01T00:00"}, "closes_at"),
        ({"quiz": 999999}, "quiz"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(browse, offered, trainee, changed, field):
    page = browse.post("/overrides/new/", sent(offered, **changed))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not Override.objects.exists()


def test_a_name_that_several_people_have_names_them(browse, offered, hire):
    numbers = [hire(name="李静").employee_number for _twice in range(2)]
    page = browse.post("/overrides/new/", sent(offered))
    assert all(number in page.context["form"].errors["person"][0] for number in numbers)


def test_a_supervisor_sees_the_own_people_and_is_offered_no_group(as_, hire, held, offered, hr):
    stranger = hire(department="sales")
    other = Override.objects.create(quiz=offered, person=stranger, max_attempts=9, reason="补考", by=hr)
    client = as_(hire(Role.SUPERVISOR, department="care"))
    rows = client.get("/overrides/").context["rows"]
    assert [override for override, _words in rows] == [held]
    assert client.get(f"/overrides/{other.pk}/").status_code == 404
    assert "audience" not in client.get("/overrides/new/").context["form"].fields


def test_the_list_is_searched_and_shows_what_ended_when_asked(browse, held):
    assert list(browse.get("/overrides/", {"q": "lijing"}).context["page"]) == [held]
    assert list(browse.get("/overrides/", {"q": "王"}).context["page"]) == []
    browse.post(f"/overrides/{held.pk}/end/")
    assert list(browse.get("/overrides/").context["page"]) == []
    assert list(browse.get("/overrides/", {"state": "ended"}).context["page"]) == [held]


def test_people_are_suggested_by_name(browse, trainee, hire):
    page = browse.get("/overrides/people/", {"person": "lij"}).content.decode()
    assert f"李静 · {trainee.employee_number}" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_seven_queries(browse, rows, offered, hire, hr, django_assert_max_num_queries):
    for _row in range(rows):
        Override.objects.create(quiz=offered, person=hire(), max_attempts=9, reason="补考", by=hr)
    with django_assert_max_num_queries(7):
        browse.get("/overrides/")
