from datetime import date

import factory
from factory.django import DjangoModelFactory

from courses.models import CompanyDay


class CompanyDayFactory(DjangoModelFactory):
    """司庆日 on Monday, 23 November 2026, for everybody."""

    class Meta:
        model = CompanyDay

    day = date(2026, 11, 23)
    region = ""
    kind = "off"
    name = factory.Sequence(lambda n: f"司庆日 {n}")
