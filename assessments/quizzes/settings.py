"""The settings of a quiz: what is usual, what may not be, and when they may be changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.quizzes.hooks import HOURS_CHANGED
from assessments.quizzes.models import Behaviour, Moment, Quiz, Thing, TimeEnds, answers_in_the_end
from courses.curriculum.drafts import require_editable
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

# What may be changed at any time, also of a quiz that learners have.
HOURS = ("opens_at", "closes_at")
SETTINGS = (
    *("pass_mark", "max_attempts", "counts", "cooldown_minutes", "practice"),
    *("time_limit_minutes", "opens_at", "closes_at", "when_time_ends", "grace_minutes"),
    *("behaviour", "tries", "penalty", "shuffle", "shuffle_options", "one_device"),
    *("review", "bands"),
    *("anonymous", "second_marker", "gap_percent", "appeal_days", "answer_days"),
)
CHECKS_DURING = (Behaviour.INTERACTIVE, Behaviour.ADAPTIVE)
MOST_BANDS, LONGEST_BAND = 10, 1000


def usual() -> dict[str, Any]:
    """The settings of a quiz that nobody has changed."""
    columns = {name: Quiz._meta.get_field(name).get_default() for name in SETTINGS}  # type: ignore[union-attr]  # own columns
    return columns | {"review": answers_in_the_end()}


def values_of(quiz: Quiz) -> dict[str, Any]:
    return {name: getattr(quiz, name) for name in SETTINGS}


def differing(values: Mapping[str, Any]) -> set[str]:
    """The names of the settings that are not as usual."""
    return {name for name, value in usual().items() if values.get(name, value) != value}


@transaction.atomic
def save_settings(quiz: Quiz, values: Mapping[str, Any], *, at: datetime) -> Quiz:
    """Give the quiz these settings; those not named stay. Of what learners have only the hours change.

    The open attempts follow changed hours in the same transaction. Refused at the setting that can't be.
    """
    found = Quiz.objects.select_for_update(of=["self"]).select_related("unit__course").get(pk=quiz.pk)
    changed = {name: value for name, value in values.items() if getattr(found, name) != value}
    if not changed.keys() <= set(HOURS):
        require_editable(found.unit)
    for name, value in changed.items():
        setattr(found, name, value)
    check(found)
    if changed:
        found.save(update_fields=[*changed])
    if changed.keys() & set(HOURS):
        for react in HOURS_CHANGED.values():
            react(found, at)
    return found


def check(quiz: Quiz) -> None:
    """Refuse settings that can't be, each at its field; bands are brought into their order."""
    quiz.review, quiz.bands = _review(quiz.review), _bands(quiz.bands)
    try:
        quiz.clean_fields(exclude=["unit"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=name, code="invalid") from error
    if quiz.opens_at and quiz.closes_at and quiz.closes_at <= quiz.opens_at:
        raise Refused(_("It must close after it opens."), field="closes_at", code="closes_before_opens")
    if quiz.when_time_ends == TimeEnds.GRACE and quiz.grace_minutes < 1:
        raise Refused(_("Give at least one minute."), field="grace_minutes", code="no_grace")
    if quiz.review[Moment.DURING] and quiz.behaviour not in CHECKS_DURING:
        message = _("During the attempt only quizzes show something that check each answer.")
        raise Refused(message, field="review", code="nothing_during")


def _review(given: Any) -> dict[str, list[str]]:
    """Which things are shown at which moment, complete and in order."""
    known = isinstance(given, dict) and all(isinstance(things, list) for things in given.values())
    if not known or not set(given) <= set(Moment.values):
        raise Refused(_("Say for each moment what is shown."), field="review", code="shape")
    if unknown := {str(thing) for things in given.values() for thing in things} - set(Thing.values):
        message = _("Nothing of this name can be shown: %(names)s.") % {"names": listed(sorted(unknown))}
        raise Refused(message, field="review", code="unknown")
    return {moment: [thing for thing in Thing.values if thing in given.get(moment, [])] for moment in Moment.values}


def _bands(given: Any) -> list[dict[str, Any]]:
    """The bands of the score, the highest first."""
    if not isinstance(given, list) or not all(isinstance(band, Mapping) for band in given):
        raise Refused(_("A band has a lowest score and a text."), field="bands", code="shape")
    if len(given) > MOST_BANDS:
        raise Refused(_("At most %(most)s bands.") % {"most": MOST_BANDS}, field="bands", code="too_many")
    bands = sorted((_band(band) for band in given), key=lambda band: -band["from"])
    if len({band["from"] for band in bands}) < len(bands):
        raise Refused(_("Two bands begin at the same score."), field="bands", code="duplicate")
    return bands


def _band(given: Mapping[str, Any]) -> dict[str, Any]:
    lowest, text = given.get("from"), str(given.get("text") or "").strip()
    if not isinstance(lowest, int) or isinstance(lowest, bool) or not 0 <= lowest <= 100:  # noqa: PLR2004 - percent
        raise Refused(_("A band begins at a whole percentage from 0 to 100."), field="bands", code="percent")
    if not text or len(text) > LONGEST_BAND:
        message = _("A band needs a text of at most %(most)s characters.") % {"most": LONGEST_BAND}
        raise Refused(message, field="bands", code="text")
    return {"from": lowest, "text": text}
