import pytest
from django.urls import reverse

from courses.models import Instructor
from tests.factories.planning import HOUR, NINE, SessionFactory
from tests.factories.sessions import OutsideInstructorFactory, instructor_of
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

SENT = {"name": "林医生", "company": "心晴咨询", "email": "", "phone": "", "hourly_cost": "800", "note": ""}


def shown(response):
    return [str(each) for each in response.context["page"]]


def test_list_is_searched_filtered_and_sorted(browse, hire, now):
    hire(Role.INSTRUCTOR, name="王小明")
    instructor_of(hire(Role.INSTRUCTOR, name="张三"))
    instructor_of(hire(name="没有角色"))
    Instructor.objects.of(list(type(hire()).objects.filter(name="王小明").values_list("pk", flat=True)))
    OutsideInstructorFactory(name="林医生", company="心晴咨询")
    OutsideInstructorFactory(name="旧人", retired_at=now)
    address = reverse("instructors")

    assert sorted(shown(browse.get(address))) == ["张三", "林医生", "王小明"]
    assert shown(browse.get(address, {"who": "outside"})) == ["林医生"]
    assert sorted(shown(browse.get(address, {"who": "inside"}))) == ["张三", "王小明"]
    assert shown(browse.get(address, {"q": "wang"})) == ["王小明"]
    assert shown(browse.get(address, {"q": "心晴"})) == ["林医生"]
    assert shown(browse.get(address, {"state": "retired"})) == ["旧人"]
    assert shown(browse.get(address, {"sort": "-cost", "who": "outside"})) == ["林医生"]


def test_expert_is_added_changed_given_up_and_asked_again(browse):
    browse.post(reverse("instructor-new"), SENT)
    expert = Instructor.objects.get()
    browse.post(reverse("instructor-edit", args=[expert.pk]), {**SENT, "hourly_cost": "900.5"})
    expert.refresh_from_db()
    assert (expert.name, float(expert.hourly_cost)) == ("林医生", 900.5)

    for data, is_retired in (({}, True), ({"back": "1"}, False)):
        browse.post(reverse("instructor-retire", args=[expert.pk]), data)
        expert.refresh_from_db()
        assert bool(expert.retired_at) == is_retired


def test_of_people_of_the_company_only_the_cost_is_kept(browse, hire):
    inside = instructor_of(hire(name="讲师"))

    browse.post(reverse("instructor-edit", args=[inside.pk]), {**SENT, "hourly_cost": "120"})

    inside.refresh_from_db()
    assert (str(inside), inside.name, inside.hourly_cost) == ("讲师", "", 120)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"name": ""}, "name"), ({"email": "x"}, "email"), ({"hourly_cost": "-1"}, "hourly_cost")],
)
def test_bad_expert_is_refused_at_its_field(browse, changed, field):
    response = browse.post(reverse("instructor-new"), {**SENT, **changed})

    assert (response.status_code, list(response.context["form"].errors), Instructor.objects.count()) == (
        422,
        [field],
        0,
    )


def test_page_shows_what_comes_and_what_it_cost(browse):
    expert = OutsideInstructorFactory()
    now = clock.now()
    session = SessionFactory(instructors=[expert], starts_at=now.replace(year=now.year + 1))

    context = browse.get(reverse("instructor", args=[expert.pk])).context

    assert (list(context["coming"]), context["rows"]) == ([session], [])


def test_what_was_given_and_what_is_to_come_stand_apart(browse, monkeypatch):
    expert = OutsideInstructorFactory()
    for hours in (0, 24, 48):
        SessionFactory(instructors=[expert], starts_at=NINE + hours * HOUR)
    monkeypatch.setattr(clock, "now", lambda: NINE + 2 * HOUR)

    (each,) = browse.get(reverse("instructors")).context["page"]
    page = browse.get(reverse("instructor", args=[expert.pk])).context

    assert (each.minutes, each.spent, each.minutes_to_come, each.to_spend) == (60, 800, 120, 1600)
    assert (page["total"], page["planned_total"]) == ((1, 60, 800), (2, 120, 1600))


def test_hours_are_narrowed_and_exported(browse):
    SessionFactory(instructors=[OutsideInstructorFactory(name="林医生")])
    days = {"first": "2026-12-01", "last": "2026-12-31", "who": "outside"}

    rows = browse.get(reverse("instructor-hours"), days).context["rows"]
    lines = b"".join(browse.get(reverse("instructor-hours-export"), days)).decode("utf-8-sig").splitlines()

    assert [(row.month.isoformat(), row.minutes) for row in rows] == [("2026-12-01", 60)]
    assert lines[1:] == ["2026-12,林医生,心晴咨询,1,60,800.00"]


def test_end_before_the_start_is_refused_at_its_field(browse):
    response = browse.get(reverse("instructor-hours"), {"first": "2026-12-31", "last": "2026-12-01"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["last"])


def test_export_holds_what_the_list_shows(browse):
    OutsideInstructorFactory(name="林医生", phone="138")

    lines = b"".join(browse.get(reverse("instructors-export"))).decode("utf-8-sig").splitlines()

    assert lines[1:] == ["林医生,心晴咨询,,138,800.00,0,,0,,"]


def test_costs_are_for_hr_and_auditors(rest, hire, as_):
    OutsideInstructorFactory()
    session = SessionFactory(starts_at=NINE.replace(year=2099), ends_at=NINE.replace(year=2099, hour=2))

    assert as_(hire(Role.INSTRUCTOR)).get(reverse("instructors")).status_code == 403
    (found,) = rest("get", "/api/v1/instructors/").json()["results"]
    assert (found["company"], found["hourly_cost"]) == ("心晴咨询", None)
    assert "cost" not in rest("get", f"/api/v1/sessions/{session.pk}/").json()


@pytest.mark.parametrize("rows", [1, 20])
def test_list_and_hours_take_eight_queries(browse, hire, rows, django_assert_max_num_queries):
    for _number in range(rows):
        SessionFactory(instructors=[instructor_of(hire()), OutsideInstructorFactory()])
    for address in (reverse("instructors") + "?state=all", reverse("instructor-hours") + "?last=2026-12-31"):
        browse.get(address)
        with django_assert_max_num_queries(8):
            browse.get(address)
