import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from mentoring.availability.actions import save_availability
from mentoring.models import Availability, MentorProfile
from tests.factories.courses import CompetencyFactory
from tests.factories.mentoring import MentorProfileFactory
from trainingsite.people.access.roles import Role

LIST = "/mentoring/mentors/"


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR, name="陈人力"))


@pytest.fixture
def rules(db):
    return CompetencyFactory(code="rules", title="平台规则")


def shown(response):
    return [profile.person.name for profile in response.context["page"]]


def test_list_shows_active_mentors_by_name_with_load(hr, named):
    named("赵磊", full=True), named("李静"), named("孙停", is_active=False)

    response = hr.get(LIST)

    assert shown(response) == ["李静", "赵磊"]
    assert [profile.load for profile in response.context["page"]] == [0, 2]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=zhao", ["赵磊"]),
        ("state=room", ["李静"]),
        ("state=inactive", ["孙停"]),
        ("state=full", ["赵磊"]),
        ("state=training", []),
        ("state=all", ["李静", "孙停", "赵磊"]),
        ("language=yue", ["赵磊"]),
        ("language=eng", []),
        ("shift=night", ["赵磊"]),
        ("sort=-load", ["赵磊", "李静"]),
        ("sort=-rating", ["赵磊", "李静"]),
        ("q=nobody", []),
        ("state=nonsense&sort=nonsense&page=x", ["李静", "赵磊"]),
    ],
)
def test_list_is_filtered_and_sorted_by_the_address(hr, named, query, names):
    busy, _free, _resting = named("赵磊", full=True), named("李静"), named("孙停", is_active=False)
    save_availability(busy.person, shifts=["night"], languages=["cmn", "yue"])

    assert shown(hr.get(f"{LIST}?{query}")) == names


def test_list_can_be_narrowed_to_a_competency(hr, named, rules):
    named("赵磊", competencies=[rules]), named("李静")

    assert shown(hr.get(f"{LIST}?competency={rules.pk}")) == ["赵磊"]


@pytest.mark.parametrize("rows", [1, 20])
def test_list_takes_eight_queries(hr, rules, rows, django_assert_max_num_queries):
    for _ in range(rows):
        MentorProfileFactory(competencies=[rules])

    with django_assert_max_num_queries(8):
        hr.get(LIST)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_holds_what_is_seen(hr, named, rules, form):
    profile = named("赵磊", competencies=[rules], full=True, note="=晚班")
    save_availability(profile.person, shifts=["night"], languages=["cmn"])
    named("李静")

    answer = hr.get(f"{LIST}export/?state=full&form={form}")

    rows = read_back(answer, form)
    assert [row[1] for row in rows] == ["姓名", "赵磊"]
    assert [str(cell) for cell in rows[1][3:8]] == [rules.title, "普通话", "夜班", "2", "2"]
    assert rows[1][-1] == "'=晚班"


def read_back(answer, form):
    if form == "xlsx":
        sheet = load_workbook(BytesIO(answer.content)).active
        return [list(row) for row in sheet.iter_rows(values_only=True)]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_supervisor_sees_mentors_of_the_own_departments_and_cannot_add(hire, as_):
    MentorProfileFactory(person=hire(Role.MENTOR, department="disputes", name="组内"))
    MentorProfileFactory(person=hire(Role.MENTOR, department="sales", name="外部"))

    client = as_(hire(Role.SUPERVISOR, department="care"))

    assert shown(client.get(LIST)) == ["组内"]
    assert client.get(reverse("mentor-new")).status_code == 403


def test_search_finds_people_who_are_no_mentors_yet(hr, hire, named):
    hire(name="王芳")
    named("王磊")

    response = hr.get(reverse("mentor-new"), {"q": "wang"})

    assert [person.name for person in response.context["found"]] == ["王芳"]


def test_hr_adds_a_mentor(hr, hire, rules):
    person = hire(name="王芳")

    given = {"capacity": 4, "note": "晚班", "shifts": ["late"], "languages": ["cmn", "eng"], "experience": "六年售后"}
    response = hr.post(reverse("mentor-edit", args=[person.pk]), {"competencies": [rules.pk], **given})

    profile = MentorProfile.objects.get(person=person)
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert (profile.capacity, profile.note, list(profile.competencies.all())) == (4, "晚班", [rules])
    known = person.availability
    assert (profile.experience, known.shifts, known.languages) == ("六年售后", ["late"], ["cmn", "eng"])


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, {"competencies", "capacity"}),
        ({"competencies": ["x"], "capacity": "0"}, {"competencies", "capacity"}),
        ({"capacity": "99", "note": "长" * 301}, {"competencies", "capacity", "note"}),
    ],
)
def test_bad_input_is_named_at_its_field_and_adds_nobody(hr, hire, data, fields):
    response = hr.post(reverse("mentor-edit", args=[hire().pk]), data)

    assert (response.status_code, set(response.context["form"].errors)) == (422, fields)
    assert MentorProfile.objects.count() == 0


def test_capacity_below_load_is_named_at_the_field(hr, rules):
    profile = MentorProfileFactory(full=True)

    response = hr.post(reverse("mentor-edit", args=[profile.person_id]), {"competencies": [rules.pk], "capacity": 1})

    assert set(response.context["form"].errors) == {"capacity"}
    assert Availability.objects.count() == 0


def test_deactivating_and_activating_again(hr):
    profile = MentorProfileFactory()
    url = reverse("mentor-rest", args=[profile.person_id])

    states = []
    for active in ("0", "0", "1"):
        hr.post(url, {"active": active})
        profile.refresh_from_db()
        states.append(profile.is_active)

    assert states == [False, False, True]


@pytest.mark.parametrize("rows", [1, 30])
def test_export_takes_a_fixed_number_of_queries(hr, named, rules, rows, django_assert_max_num_queries):
    for _ in range(rows):
        named("李静", competencies=[rules])

    with django_assert_max_num_queries(6):
        b"".join(hr.get(f"{LIST}export/").streaming_content)


def test_export_of_a_supervisor_holds_the_own_departments_alone(hire, as_):
    for department, name in (("disputes", "组内"), ("sales", "外部")):
        MentorProfileFactory(person=hire(Role.MENTOR, department=department, name=name))

    rows = read_back(as_(hire(Role.SUPERVISOR, department="care")).get(f"{LIST}export/"), "csv")

    assert [row[1] for row in rows[1:]] == ["组内"]


def test_list_of_a_department_holds_those_below_it(hr, hire, company):
    for department in ("disputes", "sales"):
        MentorProfileFactory(person=hire(Role.MENTOR, department=department, name=department))

    assert shown(hr.get(f"{LIST}?department={company['care'].pk}")) == ["disputes"]


def test_form_shows_what_is_known_of_shifts_and_languages(hr, hire):
    person = hire()
    save_availability(person, shifts=["night"], languages=["kor"])

    initial = hr.get(reverse("mentor-edit", args=[person.pk])).context["form"].initial

    assert initial == {"shifts": ["night"], "languages": ["kor"]}


def test_a_mentor_who_left_is_off_the_list_and_found_when_asked_for(hr, hire):
    MentorProfileFactory(person=hire(Role.MENTOR, name="离职", left_on="2026-02-01"))

    assert (shown(hr.get(LIST)), shown(hr.get(f"{LIST}?state=inactive"))) == ([], ["离职"])
