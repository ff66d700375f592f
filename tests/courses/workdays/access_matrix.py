from tests.access.matrix import Row
from tests.factories.workdays import CompanyDayFactory


def company_day(world, _person):
    return {"pk": world.make("company-day", CompanyDayFactory).pk}


READERS = "hr auditor api_client"
ROWS = {
    "GET /api/v1/company-days/": Row(READERS),
    "GET /api/v1/company-days/{pk}/": Row(READERS, own=company_day),
    "workdays": Row("hr auditor"),
    "workdays-export": Row("hr auditor"),
    "company-day-new": Row("hr", methods="GET POST"),
    "company-day-edit": Row("hr", own=company_day, methods="GET POST"),
    "company-day-remove": Row("hr", own=company_day, methods="POST"),
}
