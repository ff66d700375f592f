"""The demo company's own days of this year and the next."""

from datetime import date

from courses.workdays.actions import save_company_day
from courses.workdays.models import CompanyDay, DayKind
from courses.workdays.regions import Region
from trainingsite.core.demo import Story

# Month, day, region ("" is everybody), kind, name.
DAYS = (
    (3, 8, "", DayKind.OFF, "三八节团建日"),
    (6, 13, Region.CN, DayKind.WORK, "618 备战补班"),
    (9, 18, "", DayKind.OFF, "司庆日"),
    (12, 31, Region.CN, DayKind.OFF, "年终盘点休息日"),
)


def tell(story: Story) -> None:
    for year in (story.today.year, story.today.year + 1):
        for month, day, region, kind, name in DAYS:
            own = CompanyDay(day=date(year, month, day), region=region, kind=kind, name=name)
            save_company_day(own, on=story.today)
