"""Ready rules: what many teams repeat. HR takes one, looks it over and saves it as a rule of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.refreshers.describing import in_words
from courses.refreshers.recurrence import days_from
from courses.refreshers.rhythms import chosen_of
from courses.series.models import SessionTemplate
from courses.series.ready import READY_TEMPLATES
from courses.workdays.days import Shift

FIRST_YEAR = 2000
NINE, TEN, THREE = time(9), time(10), time(15)


@dataclass(frozen=True)
class Ready:
    """A rule of the kind `what`; `rule` is RFC 5545, counted from 1 January; `template` is a key of READY_TEMPLATES.

    `name` and `about`, what it is for, are English msgids. Numbers are days.
    """

    name: str
    about: str
    what: str
    rule: str
    at_time: time = NINE
    shift: str = Shift.NEXT
    days_to_complete: int = 7
    announce_days: int = 0
    reminders: tuple[int, ...] = (3, 1)
    escalate_days: int | None = 3
    template: str = ""

    def title(self) -> str:
        return _(self.name)

    def note(self) -> str:
        return _(self.about)

    @property
    def rhythm(self) -> str:
        """How often it comes, in words."""
        return in_words(self.rule, date(FIRST_YEAR, 1, 1))

    def initial(self, today: date) -> Mapping[str, Any]:
        """The form as this rule fills it in, from its next day on."""
        new_year = date(today.year, 1, 1)
        starts_on = next(day for day in days_from(self.rule, new_year, today) if day > today)
        plain = ("at_time", "shift", "days_to_complete", "announce_days", "reminders", "escalate_days")
        said = {name: getattr(self, name) for name in plain}
        template = self.template_found()
        more: Mapping[str, Any] = {"template": template} if template else {}
        return {**chosen_of(self.rule, starts_on), **said, "title": self.title(), "starts_on": starts_on, **more}

    def template_found(self) -> SessionTemplate | None:
        return READY_TEMPLATES[self.template].found() if self.template else None

    @property
    def lacks_template(self) -> bool:
        """Whether HR has to make the template of its sessions first."""
        return bool(self.template) and self.template_found() is None


READY: Mapping[str, Ready] = {
    "emotion-workshop": Ready(
        gettext_noop("Quarterly workshop on emotions and stress"),
        gettext_noop(
            "On the second Wednesday of the middle month of each quarter a counsellor from "
            "outside works on feelings, stress and cases with the agents; announced three weeks "
            "ahead, so that shifts can be changed."
        ),
        "session",
        "FREQ=YEARLY;BYMONTH=2,5,8,11;BYDAY=2WE",
        at_time=THREE,
        announce_days=21,
        reminders=(7, 1),
        escalate_days=None,
        template="emotion-workshop",
    ),
    "monthly-topic": Ready(
        gettext_noop("Topic of the month"),
        gettext_noop(
            "On the first Tuesday of the month the quiz of a course opens for seven days, on "
            "what matters this month: rules of the platforms, wording or tools."
        ),
        "quiz",
        "FREQ=MONTHLY;BYDAY=1TU",
        announce_days=3,
    ),
    "monthly-roleplay": Ready(
        gettext_noop("Monthly role-play assessment"),
        gettext_noop(
            "On the third Thursday of the month small groups play a real case, and the "
            "instructor marks it by the rubric; sessions and pairs are set two weeks ahead."
        ),
        "session",
        "FREQ=MONTHLY;BYDAY=3TH",
        at_time=TEN,
        announce_days=14,
        reminders=(3, 1),
        escalate_days=2,
        template="monthly-roleplay",
    ),
    "most-missed": Ready(
        gettext_noop("Monthly round of missed questions"),
        gettext_noop(
            "On the 25th of the month everybody answers on the phone, within three days, the ten"
            " questions that the group missed most in the last half year."
        ),
        "most_missed",
        "FREQ=MONTHLY;BYMONTHDAY=25",
        days_to_complete=3,
        reminders=(1,),
        escalate_days=1,
    ),
    "promotion-rules": Ready(
        gettext_noop("Rules and wording before the big sales"),
        gettext_noop(
            "Once before 618 and once before Double 11: everybody says the same of price "
            "protection, pre-sale, gifts and delivery times; whoever fails takes it again before"
            " the sale."
        ),
        "quiz",
        "FREQ=YEARLY;BYMONTH=5,10;BYMONTHDAY=20",
        shift=Shift.PREVIOUS,
        days_to_complete=5,
        announce_days=7,
    ),
    "privacy": Ready(
        gettext_noop("Yearly refresher on customer data"),
        gettext_noop(
            "Every March the course on protecting customer data is taken again, with the rules "
            "for looking up orders, sending data out, screenshots and recordings; two weeks, and"
            " the record is kept."
        ),
        "course",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10",
        days_to_complete=14,
        announce_days=7,
        reminders=(7, 3, 1),
    ),
}
