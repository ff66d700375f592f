"""Ready rules: what many teams repeat. HR takes one, looks it over and saves it as a rule of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from courses.refreshers.describing import in_words
from courses.refreshers.recurrence import days_from
from courses.refreshers.rhythms import chosen_of
from courses.series.models import SessionTemplate
from courses.workdays.days import Shift

FIRST_YEAR = 2000
NINE, TEN, THREE = time(9), time(10), time(15)


@dataclass(frozen=True)
class Ready:
    """A rule of the kind `what`; `rule` is RFC 5545, counted from 1 January; `template` is a word of its title.

    `note` says what it is for. Numbers are days.
    """

    title: str
    note: str
    what: str
    rule: str
    at_time: time = NINE
    shift: str = Shift.NEXT
    days_to_complete: int = 7
    announce_days: int = 0
    reminders: tuple[int, ...] = (3, 1)
    escalate_days: int | None = 3
    template: str = ""

    @property
    def rhythm(self) -> str:
        """How often it comes, in words."""
        return in_words(self.rule, date(FIRST_YEAR, 1, 1))

    def initial(self, today: date) -> Mapping[str, Any]:
        """The form as this rule fills it in, from its next day on."""
        new_year = date(today.year, 1, 1)
        starts_on = next(day for day in days_from(self.rule, new_year, today) if day > today)
        plain = ("title", "at_time", "shift", "days_to_complete", "announce_days", "reminders", "escalate_days")
        said = {name: getattr(self, name) for name in plain}
        return {**chosen_of(self.rule, starts_on), **said, "starts_on": starts_on, **self._template()}

    def _template(self) -> Mapping[str, Any]:
        """The template whose title has the word, when there is one."""
        found = SessionTemplate.objects.filter(retired_at=None, title__contains=self.template).order_by("pk").first()
        return {"template": found} if self.template and found else {}


READY: Mapping[str, Ready] = {
    "emotion-workshop": Ready(
        "季度情绪与压力管理工作坊",
        "每季度第二个月的第二个星期三，请外部心理咨询师带客服做情绪识别、压力释放和案例分享，提前三周通知、开放排班调整。",
        "session",
        "FREQ=YEARLY;BYMONTH=2,5,8,11;BYDAY=2WE",
        at_time=THREE,
        announce_days=21,
        reminders=(7, 1),
        escalate_days=None,
        template="情绪",
    ),
    "monthly-topic": Ready(
        "月度专题复训",
        "每月第一个星期二开放一门课程的测验，七天内完成，巩固当月重点：平台规则、话术或工具。",
        "quiz",
        "FREQ=MONTHLY;BYDAY=1TU",
        announce_days=3,
    ),
    "monthly-roleplay": Ready(
        "月度角色扮演考核",
        "每月第三个星期四，分组演练一个真实案例，讲师按评分标准打分；提前两周安排场次和对练名单。",
        "session",
        "FREQ=MONTHLY;BYDAY=3TH",
        at_time=TEN,
        announce_days=14,
        reminders=(3, 1),
        escalate_days=2,
        template="角色扮演",
    ),
    "most-missed": Ready(
        "每月错题回炉",
        "每月二十五日，取本组近半年错得最多的十道题，三天内在手机上做完。",
        "most_missed",
        "FREQ=MONTHLY;BYMONTHDAY=25",
        days_to_complete=3,
        reminders=(1,),
        escalate_days=1,
    ),
    "promotion-rules": Ready(
        "大促前规则与话术测验",
        "618 和双11之前各一次，确认价保、预售、赠品和物流时效的口径一致；不合格的在大促前补考。",
        "quiz",
        "FREQ=YEARLY;BYMONTH=5,10;BYMONTHDAY=20",
        shift=Shift.PREVIOUS,
        days_to_complete=5,
        announce_days=7,
    ),
    "privacy": Ready(
        "年度客户信息保护复训",
        "每年三月重学一遍客户信息保护课程，包括查单、外发、截图和录音的要求，两周内完成并留存记录。",
        "course",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10",
        days_to_complete=14,
        announce_days=7,
        reminders=(7, 3, 1),
    ),
}
