"""What people are told about regrades."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.regrading.models import Regrade, RegradeChange
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

REGRADED = "result_regraded"


def tell_regraded(regrade: Regrade, changes: Sequence[RegradeChange]) -> int:
    """Tell everybody whose score or pass has changed, once."""
    return notify(_message(regrade, change) for change in changes if _is_news(change))


def _is_news(change: RegradeChange) -> bool:
    return (change.score_before, change.passed_before) != (change.score_after, change.passed_after)


def _message(regrade: Regrade, change: RegradeChange) -> Message:
    attempt = change.attempt
    facts = {
        "quiz": attempt.quiz.unit.title,
        "before": _number(change.score_before),
        "after": _number(change.score_after),
        "passed": bool(change.passed_after),
        "kept": change.loses_pass and bool(change.passed_after),
        "lost": change.loses_pass and not change.passed_after,
        "reason": regrade.reason,
    }
    url = reverse("attempt", args=[attempt.pk])
    return Message(attempt.person_id, REGRADED, f"regrade:{regrade.pk}:{attempt.pk}", facts, url)


def _number(score: Any) -> str:
    return "" if score is None else f"{score.normalize():f}"


def _subject(facts: dict[str, Any]) -> str:
    if not facts["before"]:
        return _("“%(quiz)s” is marked: see your result") % facts
    return _("Your result in “%(quiz)s” was corrected: %(before)s %% → %(after)s %%") % facts


def _body(facts: dict[str, Any]) -> str:
    words = [str(facts["reason"])]
    if facts["kept"]:
        words.append(_("You keep your pass."))
    elif facts["lost"]:
        words.append(_("You have not passed any more; take the quiz again."))
    return "\n".join(words)


KINDS.register(REGRADED, Kind(_subject, icon="refresh", body=_body))
