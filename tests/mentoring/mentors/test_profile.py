from datetime import date, timedelta

import pytest
from django.urls import reverse

from assessments.models import CurrentLevel
from mentoring.availability.actions import add_away, save_availability
from mentoring.models import Away, MentorCompetency, Wish
from tests.factories.assessments import CertificateFactory
from tests.factories.courses import CompetencyFactory, EnrolmentFactory
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from tests.factories.ratings import rating_rule
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

MINE = "/mentoring/mentors/me/"


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


@pytest.fixture
def profile(hire):
    person = hire(Role.MENTOR, name="李静")
    return MentorProfileFactory(person=person, competencies=[CompetencyFactory(title="共情")], experience="六年售后")


@pytest.fixture
def mine(profile, as_):
    return as_(profile.person)


def page_of(profile):
    return reverse("mentor", args=[profile.person_id])


def test_page_shows_mentees_now_and_before_availability_and_training(hr, profile, certified):
    today = clock.today()
    now, before = PairingFactory(mentor=profile.person), PairingFactory(mentor=profile.person, ended=True)
    save_availability(profile.person, shifts=["day"], languages=["cmn"])
    away = add_away(profile.person, first_day=today, last_day=today, on=today)

    response = hr.get(page_of(profile))
    shown = response.context["profile"]

    assert (list(shown.now), list(shown.before), shown.away) == ([now], [before], [away])
    assert (shown.shifts, shown.languages, shown.state) == (["白班"], ["普通话"], "training")
    assert [one.course.title for one in shown.training.missing] == ["辅导与质检"]
    assert "辅导与质检" in response.content.decode()


def test_former_pairings_come_in_pages(hr, profile):
    PairingFactory.create_batch(30, mentor=profile.person, ended=True)

    pages = [hr.get(page_of(profile), {"page": number}).context["page"] for number in (1, 2)]

    assert [len(page.object_list) for page in pages] == [25, 5]


def test_who_holds_the_certificate_has_no_training_open(hr, profile, certified):
    certified(profile)

    shown = hr.get(page_of(profile)).context["profile"]

    assert (shown.training, shown.certificate.title, shown.state) == (None, "导师上岗认证", "room")


def test_page_of_nobody_and_of_no_mentor_is_not_found(hr, hire):
    assert [hr.get(reverse("mentor", args=[pk])).status_code for pk in (hire().pk, 0)] == [404, 404]


def test_wishes_are_shown_to_hr_and_not_to_a_supervisor(hire, as_, profile):
    Wish.objects.create(person=hire(name="王小明"), other=profile.person, side="mentee", rank=1)

    seen = [len(as_(hire(role)).get(page_of(profile)).context["wishes"]) for role in (Role.HR, Role.SUPERVISOR)]

    assert seen == [1, 0]


@pytest.mark.parametrize("rows", [1, 20])
def test_page_takes_a_fixed_number_of_queries(hr, profile, certified, rows, django_assert_max_num_queries):
    certified(profile)
    for _ in range(rows):
        PairingFactory(mentor=profile.person, ended=True)
    hr.get(page_of(profile))

    with django_assert_max_num_queries(10):
        hr.get(page_of(profile))


def test_page_of_who_is_in_training_takes_six_queries_more(hr, profile, certified, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert hr.get(page_of(profile)).context["profile"].training


def test_hr_notes_days_away_and_takes_them_off(hr, profile):
    today = clock.today()
    url = reverse("mentor-away-new", args=[profile.person_id])

    assert hr.post(url, {"first_day": today, "last_day": today + timedelta(days=2), "note": "年假"}).status_code == 302
    row = Away.objects.get()
    again = hr.post(url, {"first_day": today + timedelta(days=1), "last_day": today + timedelta(days=5)})
    assert (again.status_code, set(again.context["form"].errors)) == (422, {"first_day"})

    hr.post(reverse("mentor-away-remove", args=[profile.person_id, row.pk]))

    assert Away.objects.count() == 0


def test_hr_cannot_take_off_the_days_of_another_by_this_mentors_page(hr, profile):
    other = add_away(
        MentorProfileFactory().person, first_day=date(2100, 1, 1), last_day=date(2100, 1, 2), on=date(2099, 1, 1)
    )
    hr.post(reverse("mentor-away-remove", args=[profile.person_id, other.pk]))

    assert Away.objects.count() == 1


def test_mentor_says_shifts_languages_and_experience(mine, profile):
    data = {"shifts": ["late", "day"], "languages": ["cmn"], "experience": "七年售后"}

    assert mine.post(MINE, data)["Location"] == MINE

    profile.refresh_from_db()
    known = profile.person.availability
    assert (profile.experience, known.shifts, known.languages) == ("七年售后", ["day", "late"], ["cmn"])
    assert mine.get(MINE).context["form"].initial == {**data, "shifts": ["day", "late"]}


def test_bad_input_is_named_at_its_field_and_changes_nothing(mine, profile):
    response = mine.post(MINE, {"shifts": ["siesta"], "languages": ["x"], "experience": "长" * 1001})

    assert (response.status_code, set(response.context["form"].errors)) == (
        422,
        {"shifts", "languages", "experience"},
    )
    assert not hasattr(profile.person, "availability")


def test_mentor_without_the_certificate_sees_the_open_courses_with_links(mine, profile, certified):
    course = profile.person and mine.get(MINE).context["profile"].training.missing[0].course
    enrolment = EnrolmentFactory(person=profile.person, course=course)

    page, home = mine.get(MINE).content.decode(), mine.get("/").content.decode()

    link = reverse("learn", args=[enrolment.pk])
    assert (link in page, link in home) == (True, True)


def test_first_page_of_a_certified_mentor_says_nothing_of_training(mine, profile, certified):
    certified(profile)

    assert "辅导与质检" not in mine.get("/").content.decode()


def test_who_may_renew_sees_the_courses_and_still_has_room(mine, profile, certified):
    certified(profile, until=clock.today() + timedelta(days=20))

    shown = mine.get(MINE).context["profile"]

    assert (shown.state, len(shown.training.missing)) == ("room", 1)


def test_mentor_notes_own_days_away_and_takes_them_off(mine, profile):
    today = clock.today()
    mine.post(f"{MINE}away/", {"first_day": today, "last_day": today})
    row = Away.objects.get()
    foreign = add_away(MentorProfileFactory().person, first_day=today, last_day=today, on=today)

    for pk in (foreign.pk, row.pk):
        mine.post(f"{MINE}away/{pk}/remove/")

    assert list(Away.objects.all()) == [foreign]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, {"first_day", "last_day"}),
        ({"first_day": "2026-01-02", "last_day": "2026-01-01"}, {"last_day"}),
        ({"first_day": "2000-01-01", "last_day": "2000-01-02", "note": "长" * 101}, {"note"}),
    ],
)
def test_wrong_days_are_named_at_their_field(mine, profile, data, fields):
    response = mine.post(f"{MINE}away/", data)

    assert (response.status_code, set(response.context["away_form"].errors)) == (422, fields)


def test_a_mentor_by_role_without_a_profile_is_told_so(hire, as_):
    client = as_(hire(Role.MENTOR))

    assert "你还不在导师名单里" in client.get(MINE).content.decode()
    assert client.post(MINE, {}).status_code == 404


def test_an_expired_certificate_is_shown_as_such(hr, profile, certified):
    certified(profile, until=date(2026, 2, 1))
    CertificateFactory(person=profile.person, certification=profile.person.certificates.get().certification, period=2)
    profile.person.certificates.filter(period=2).delete()

    assert "已过期" in hr.get(page_of(profile)).content.decode()


def test_supervisor_reads_a_mentor_of_the_own_departments_and_may_not_edit(hire, as_):
    inside = MentorProfileFactory(person=hire(Role.MENTOR, department="disputes"))
    outside = MentorProfileFactory(person=hire(Role.MENTOR, department="sales"))
    client = as_(hire(Role.SUPERVISOR, department="care"))

    page = client.get(page_of(inside))

    assert (page.context["may_edit"], client.get(page_of(outside)).status_code) == (False, 404)
    assert reverse("mentor-edit", args=[inside.person_id]) not in page.content.decode()


def test_measured_levels_stand_beside_what_hr_declares(hr, profile):
    competency = profile.competencies.get()
    MentorCompetency.objects.create(profile=profile, competency=CompetencyFactory(title="打字"))
    rule = rating_rule()
    CurrentLevel.objects.create(
        person=profile.person, competency=competency, score=80, level=2, pieces=3, rule=rule, derived_at=clock.now()
    )

    shown = hr.get(page_of(profile)).context["profile"].measured

    assert [(str(one.competency), one.level, one.highest) for one in shown] == [("共情", 2, 2), ("打字", None, 2)]


def test_days_away_that_are_over_are_not_shown(hr, profile):
    today = clock.today()
    for days in (-5, -1, 0, 3):
        Away.objects.create(
            person=profile.person, first_day=today + timedelta(days=days), last_day=today + timedelta(days=days)
        )

    assert len(hr.get(page_of(profile)).context["profile"].away) == 2


def test_the_same_profile_sent_twice_is_saved_once(mine, profile):
    data = {"shifts": ["day"], "languages": [], "experience": "七年"}
    mine.post(MINE, data)
    profile.refresh_from_db()
    first = profile.modified_at

    mine.post(MINE, data)

    profile.refresh_from_db()
    assert profile.modified_at == first


def test_a_rested_mentor_is_not_asked_to_learn_on_the_first_page(mine, profile, certified):
    profile.is_active = False
    profile.save()

    assert "辅导与质检" not in mine.get("/").content.decode()


def test_a_mentor_whose_certificate_has_lapsed_is_asked_to_learn_again(mine, profile, certified):
    certified(profile, until=date(2026, 2, 1))

    assert "辅导与质检" in mine.get("/").content.decode()


@pytest.mark.parametrize("rows", [1, 15])
def test_own_page_takes_a_fixed_number_of_queries(mine, profile, rows, django_assert_max_num_queries):
    for number in range(rows):
        day = clock.today() + timedelta(days=2 * number)
        Away.objects.create(person=profile.person, first_day=day, last_day=day)
        PairingFactory(mentor=profile.person)

    with django_assert_max_num_queries(11):
        mine.get(MINE)
