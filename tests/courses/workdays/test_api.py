from datetime import date

from courses.models import CompanyDay
from tests.factories.workdays import CompanyDayFactory
from trainingsite.people.access.roles import Role


def test_company_days_are_read_and_narrowed(rest):
    CompanyDayFactory(name="司庆日")
    CompanyDayFactory(day=date(2026, 12, 31), region="CN", kind="work", name="补班")

    found = rest("get", "/api/v1/company-days/?on_or_after=2026-12-01&region=CN").json()["results"]

    assert [(day["day"], day["region"], day["kind"], day["name"]) for day in found] == [
        ("2026-12-31", "CN", "work", "补班")
    ]


def test_removed_day_leaves_a_tombstone(rest):
    pk = CompanyDayFactory().pk
    CompanyDay.objects.all().delete()

    found = rest("get", "/api/v1/tombstones/?resource=company-days").json()["results"]

    assert [(row["resource"], row["id"]) for row in found] == [("company-days", pk)]


def test_company_day_is_not_written_by_rest(rest):
    assert rest("post", "/api/v1/company-days/", {"day": "2026-12-31"}).status_code == 403


def test_supervisor_gets_no_list(as_, hire):
    assert as_(hire(Role.SUPERVISOR)).get("/api/v1/company-days/").status_code in {401, 403}
