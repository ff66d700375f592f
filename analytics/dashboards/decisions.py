"""The up to three things that need a decision, each with its button."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from analytics.dashboards.board import Board, Team
from analytics.dashboards.people import People
from analytics.dashboards.values import Value, of_learning

MOST = 3
NAMES = 6


@dataclass(frozen=True)
class Decision:
    """`post` marks a button that acts once `question` was answered; the others lead to where one acts.

    Without an address the button's text just says that it is done.
    """

    level: str
    title: str
    text: str
    button: str
    url: str
    post: bool = False
    question: str = ""


def decisions_for(board: Board, people: People, teams: list[Team], *, may_remind: bool) -> list[Decision]:
    """The most urgent first: people whose time is over, the figure furthest from its target, the weakest topic."""
    found = [_late(board, people, may_remind=may_remind), _missed(board, teams), _weak_topic(board)]
    return [decision for decision in found if decision][:MOST]


def _late(board: Board, people: People, *, may_remind: bool) -> Decision | None:
    if not people.late:
        return None
    title = ngettext("%(n)s person is overdue", "%(n)s people are overdue", people.late) % {"n": people.late}
    day = date_format(people.since, "MONTH_DAY_FORMAT") if people.since else ""
    text = _("The longest: %(name)s, since %(day)s.") % {"name": people.latest, "day": day}
    if not may_remind:
        return Decision("bad", title, text, _("See who"), "#people")
    if not people.untold:
        return Decision("bad", title, text, _("Reminded today"), "")
    url = f"{reverse('dashboard-remind')}?{board.scope}"
    return Decision("bad", title, text, _("Remind them"), url, post=True, question=_whom(people))


def _whom(people: People) -> str:
    """Who would be reminded, in words: the first of them by name."""
    names = [person.name for person in people.rows if person.overdue][:NAMES]
    named = pgettext("between names", ", ").join(names) + ("…" if people.late > len(names) else "")
    text = ngettext(
        "%(n)s person gets a reminder of each overdue course: %(names)s",
        "%(n)s people get a reminder of each overdue course: %(names)s",
        people.late,
    )
    return text % {"n": people.late, "names": named}


def _missed(board: Board, teams: list[Team]) -> Decision | None:
    """The measured figure that is furthest from its target, and the team where it is worst."""
    values = [board.value(metric) for metric in board.measured_metrics]
    missed = [value for value in values if value.level in {"warn", "bad"}]
    if not missed:
        return None
    worst = max(missed, key=_distance)
    title = _("%(metric)s is %(value)s, the target %(target)s") % {
        "metric": worst.metric,
        "value": worst.with_unit,
        "target": worst.shown_target,
    }
    column = len(board.training_metrics) + [value.metric for value in values].index(worst.metric)
    below = [team for team in teams if team.values[column].level == "bad"]
    if not below:
        return Decision(worst.level, title, _("See whose days pull it away."), _("Look"), board.rows_url(worst.metric))
    team = max(below, key=lambda team: (_distance(team.values[column]), team.department.depth))
    text = _("Furthest away: %(team)s with %(value)s.") % {
        "team": team.department,
        "value": team.values[column].with_unit,
    }
    url = f"{reverse('dashboard-department', args=[team.department.pk])}?{board.period.query}"
    return Decision(worst.level, title, text, _("Open the team"), url)


def _distance(value: Value) -> float:
    if value.number is None or not value.target:
        return 0
    return abs(value.number - value.target) / value.target


def _weak_topic(board: Board) -> Decision | None:
    """The topic whose pass rate is furthest below its target."""
    metric = board.aimed["pass-rate"].metric
    learning = board.figures.learning
    rates = {pk: of_learning(metric, sums, board.target(metric)) for pk, sums in learning.by_topic.items()}
    missed = {pk: value for pk, value in rates.items() if value.level in {"warn", "bad"}}
    if not missed:
        return None
    topic = max(missed, key=lambda pk: _distance(missed[pk]))
    sums = learning.by_topic[topic]
    title = _("“%(topic)s”: only %(value)s pass") % {
        "topic": learning.topics[topic].name,
        "value": missed[topic].with_unit,
    }
    text = _("%(failed)s of %(tests)s quizzes are not passed yet; the target is %(target)s.") % {
        "failed": sums.tests - sums.passed,
        "tests": sums.tests,
        "target": missed[topic].shown_target,
    }
    return Decision(
        missed[topic].level, title, text, _("See who"), board.rows_url(metric, state="failed", topic=str(topic))
    )
