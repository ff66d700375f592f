from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.models import CompanyDay
from courses.workdays.actions import remove_company_day, save_company_day
from courses.workdays.models import DayKind
from tests.factories.workdays import CompanyDayFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

TODAY = date(2026, 11, 22)
SENT = {"name": "司庆日", "region": "", "kind": "off"}
NEW = "company-day-new"


@pytest.fixture
def browse(as_, hire):
    return as_(hire(Role.HR, department="centre", name="人力"))


@pytest.fixture
def next_may(db):
    """The sixth of May of next year, a day that is no public holiday."""
    return date(clock.today().year + 1, 5, 6)


def shown_at(day):
    return f"{reverse('workdays')}?year={day.year}#day-{day}"


def rows(response):
    return {row.day: row for row in response.context["year"].rows}


def test_year_shows_holidays_by_region_and_the_companys_days_together(browse):
    own = CompanyDayFactory(day=date(2026, 10, 1), name="国庆值守", kind="work", region="CN")
    CompanyDayFactory(day=date(2025, 10, 1))

    response = browse.get(reverse("workdays"), {"year": "2026"})

    national = rows(response)[date(2026, 10, 1)]
    assert [cell.name if cell else None for cell in national.cells] == ["国庆节", None, "国庆日"]
    assert (national.own, response.context["year"].unannounced) == ([own], [])
    weekend = rows(response)[date(2026, 10, 10)]
    assert [cell.worked if cell else None for cell in weekend.cells] == [True, False, None]


def test_region_narrows_holidays_and_the_companys_days(browse):
    everywhere = CompanyDayFactory()
    CompanyDayFactory(region="TW")
    hong_kong = CompanyDayFactory(region="HK", day=date(2026, 11, 24))

    response = browse.get(reverse("workdays"), {"year": "2026", "region": "HK"})

    found = rows(response)
    assert (found[date(2026, 11, 23)].own, found[date(2026, 11, 24)].own) == ([everywhere], [hong_kong])
    assert [len(row.cells) for row in found.values()] == [1] * len(found)
    assert date(2026, 2, 23) not in found


@pytest.mark.parametrize("year", ["", "x", "20262", "²⁰²⁶", "-1"])
def test_year_that_is_none_shows_the_present_one(browse, year):
    assert browse.get(reverse("workdays"), {"year": year}).context["year"].number == clock.today().year


@pytest.mark.parametrize(("asked", "shown"), [("1000", 2000), ("9999", 2099)])
def test_year_out_of_reach_shows_the_nearest_one_and_adds_nothing(browse, asked, shown):
    context = browse.get(reverse("workdays"), {"year": asked}).context

    assert (context["year"].number, context["can_add"]) == (shown, False)


def test_region_that_is_none_is_said_at_the_filter_and_shows_all(browse):
    response = browse.get(reverse("workdays"), {"region": "XX"})

    assert list(response.context["filterset"].form.errors) == ["region"]
    assert len(response.context["year"].regions) == 3


def test_auditor_sees_the_year_and_changes_nothing(as_, hire):
    CompanyDayFactory()

    context = as_(hire(Role.AUDITOR)).get(reverse("workdays"), {"year": "2026"}).context

    assert (context["can_add"], context["can_plan"]) == (False, False)


def test_export_holds_what_the_page_shows(browse):
    CompanyDayFactory(day=date(2026, 10, 1), name="=国庆值守", kind="work", region="CN")

    answer = browse.get(reverse("workdays-export"), {"year": "2026", "region": "CN"})

    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert "2026-10-01,国庆节,'=国庆值守 (补班 · 中国大陆)" in lines
    assert not [line for line in lines if line.startswith("2026-07-01")]


def test_day_is_declared_changed_and_removed(browse, next_may):
    answer = browse.post(reverse(NEW), {**SENT, "day": next_may})
    own = CompanyDay.objects.get()
    assert (answer.url, own.day, own.off) == (shown_at(next_may), next_may, True)

    browse.post(reverse("company-day-edit", args=[own.pk]), {**SENT, "day": next_may, "kind": "work", "region": "TW"})
    own.refresh_from_db()
    assert (own.kind, own.region) == (DayKind.WORK, "TW")

    browse.post(reverse("company-day-remove", args=[own.pk]))
    assert CompanyDay.objects.count() == 0
    assert browse.post(reverse("company-day-remove", args=[own.pk])).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"day": ""}, "day"),
        ({"day": "2026-02-30"}, "day"),
        ({"day": "1999-01-01"}, "day"),
        ({"day": "2099-01-01"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"last": "2026-02-30"}, "last"),
        ({"last": "2020-01-01"}, "last"),
        ({"last": "2098-01-01"}, "last"),
        ({"region": "US"}, "region"),
        ({"kind": ""}, "kind"),
        ({"kind": "half"}, "kind"),
    ],
)
def test_bad_day_is_refused_at_its_field(browse, next_may, changed, field):
    response = browse.post(reverse(NEW), {**SENT, "day": next_may, **changed})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert CompanyDay.objects.count() == 0


def test_second_day_of_a_date_and_region_is_refused_and_names_the_first(browse, next_may):
    CompanyDayFactory(day=next_may, name="司庆日")
    other = CompanyDayFactory(day=next_may, region="TW")

    answers = [
        browse.post(reverse(NEW), {**SENT, "day": next_may}),
        browse.post(reverse("company-day-edit", args=[other.pk]), {**SENT, "day": next_may}),
    ]

    assert [(answer.status_code, list(answer.context["form"].errors)) for answer in answers] == [(422, ["day"])] * 2
    assert "司庆日" in str(answers[0].context["form"].errors["day"])
    other.refresh_from_db()
    assert other.region == "TW"


@pytest.mark.parametrize("following", [0, 2, 30])
def test_days_in_a_row_are_declared_at_once(browse, next_may, following):
    last = next_may + timedelta(days=following)

    answer = browse.post(reverse(NEW), {**SENT, "day": next_may, "last": last})

    kept = CompanyDay.objects.order_by("day").values_list("day", "name", "kind")
    expected = [next_may + timedelta(days=number) for number in range(following + 1)]
    assert (answer.url, list(kept)) == (shown_at(next_may), [(day, "司庆日", "off") for day in expected])


def test_days_in_a_row_are_declared_whole_or_not_at_all(browse, next_may):
    second = next_may + timedelta(days=1)
    CompanyDayFactory(day=second, name="盘点日")

    taken = browse.post(reverse(NEW), {**SENT, "day": next_may, "last": next_may + timedelta(days=2)})
    too_many = browse.post(reverse(NEW), {**SENT, "day": next_may, "last": next_may + timedelta(days=31)})

    assert [list(answer.context["form"].errors) for answer in (taken, too_many)] == [["day"], ["last"]]
    said = str(taken.context["form"].errors["day"])
    assert ("盘点日" in said, f"{second.year}年5月7日" in said) == (True, True)
    assert CompanyDay.objects.count() == 1


def test_change_of_a_day_is_of_that_day_alone(browse, next_may):
    own = CompanyDayFactory(day=next_may)

    form = browse.get(reverse("company-day-edit", args=[own.pk])).context["form"]

    assert "last" not in form.fields


def test_day_worked_instead_is_written_as_the_pages_write_dates(browse):
    page = browse.get(reverse("workdays"), {"year": "2026"}).content.decode()

    assert ("休息日（由 1月4日 调休）" in page, "2026-01-04 调休" in page) == (True, False)


def test_form_takes_the_day_of_the_address(browse, next_may):
    shown = browse.get(reverse(NEW), {"day": next_may.isoformat()}).context["form"]
    none = browse.get(reverse(NEW), {"day": "2026-13-45"}).context["form"]

    assert (shown["day"].value(), none["day"].value()) == (next_may, None)


def test_database_keeps_two_days_of_a_region_apart(db):
    CompanyDayFactory(region="CN")

    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyDayFactory(region="CN")


def test_day_that_somebody_took_meanwhile_is_refused_and_not_an_error(db, monkeypatch):
    monkeypatch.setattr("courses.workdays.actions.check_company_day", lambda *_args, **_kwargs: None)
    CompanyDayFactory()

    with pytest.raises(Refused) as refusal:
        save_company_day(CompanyDay(day=date(2026, 11, 23), name="店庆"), on=TODAY)

    assert (refusal.value.field, refusal.value.code, CompanyDay.objects.count()) == ("day", "day_taken", 1)


def test_blank_name_is_refused(db):
    with pytest.raises(Refused) as refusal:
        save_company_day(CompanyDay(day=TODAY, name="  "), on=TODAY)

    assert (refusal.value.field, refusal.value.code) == ("name", "name_missing")


def test_removing_twice_is_harmless(db):
    own = CompanyDayFactory()

    for _twice in range(2):
        remove_company_day(own)

    assert CompanyDay.objects.count() == 0


@pytest.mark.parametrize("days", [1, 30])
def test_year_takes_eight_queries(browse, days, django_assert_max_num_queries):
    for number in range(days):
        CompanyDayFactory(day=date(2026, 3, 1) + number * timedelta(days=1))
    address = f"{reverse('workdays')}?year=2026"
    browse.get(address)

    with django_assert_max_num_queries(8):
        browse.get(address)
