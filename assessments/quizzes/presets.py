"""Settings that go together: for an exam, for practice, for learning."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.quizzes.models import Behaviour, Counts, Moment, Thing, TimeEnds

ALL = list(Thing.values)
TRY_AGAIN = [thing for thing in ALL if thing != Thing.SOLUTION]
RESULT = [Thing.MARKS.value, Thing.BAND.value]


@dataclass(frozen=True)
class Preset:
    """What a way of testing asks of the settings; those it does not name stay as they are."""

    label: Promise
    text: Promise
    icon: str
    values: Mapping[str, Any]


PRESETS = {
    "exam": Preset(
        pgettext_lazy("preset", "Exam"),
        _("One attempt on one device; answers and solutions are shown only when the quiz has closed."),
        "certificate",
        {
            "max_attempts": 1,
            "counts": Counts.FIRST.value,
            "cooldown_minutes": 0,
            "practice": False,
            "behaviour": Behaviour.DEFERRED.value,
            "when_time_ends": TimeEnds.SUBMIT.value,
            "shuffle": True,
            "shuffle_options": True,
            "one_device": True,
            "review": {
                Moment.DURING.value: [],
                Moment.AFTER.value: RESULT,
                Moment.OPEN.value: RESULT,
                Moment.DONE.value: [],
                Moment.CLOSED.value: ALL,
            },
        },
    ),
    "practice": Preset(
        pgettext_lazy("preset", "Practice"),
        _("As often as wanted, without a time limit; each answer is checked at once. It counts for nothing."),
        "target-arrow",
        {
            "max_attempts": None,
            "time_limit_minutes": None,
            "counts": Counts.BEST.value,
            "cooldown_minutes": 0,
            "practice": True,
            "behaviour": Behaviour.INTERACTIVE.value,
            "tries": 3,
            "penalty": 0,
            "shuffle": True,
            "shuffle_options": True,
            "one_device": False,
            "review": {moment.value: ALL for moment in Moment},
        },
    ),
    "learn": Preset(
        pgettext_lazy("preset", "Learn"),
        _("As often as wanted, the best attempt counts; afterwards it says what was wrong and why, not the answer."),
        "bulb",
        {
            "max_attempts": None,
            "counts": Counts.BEST.value,
            "cooldown_minutes": 10,
            "practice": False,
            "behaviour": Behaviour.DEFERRED.value,
            "when_time_ends": TimeEnds.SUBMIT.value,
            "shuffle": True,
            "shuffle_options": True,
            "one_device": False,
            "review": {
                Moment.DURING.value: [],
                Moment.AFTER.value: TRY_AGAIN,
                Moment.OPEN.value: TRY_AGAIN,
                Moment.DONE.value: [],
                Moment.CLOSED.value: ALL,
            },
        },
    ),
}
