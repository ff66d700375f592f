"""A typing test: right characters a minute and accuracy, as service desks ask for."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm
from assessments.questions.types.base import NONE, TYPES, Content, Json, QuestionType, misfit, part_of_one
from assessments.questions.types.speed import MINUTE, Run, measured, plain
from assessments.questions.types.written import storable
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.given import from_json

SHORTEST, LONGEST = 10, 2000
LIMITS = {"seconds": (10, 900), "goal": (1, 600), "accuracy": (0, 100)}
USUAL = {"seconds": 60, "goal": 60, "accuracy": 95}
ON_THE_WAY = 3_000  # milliseconds that an answer may be under way without counting as typing
_runs = TimestampSigner(salt="assessments.typing")


class TypingForm(ContentForm):
    half_width = ("seconds", "goal", "accuracy")
    text = forms.CharField(
        label=gettext_lazy("text to type"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Typed as it stands, with its punctuation. Longer than anybody can type in the time."),
    )
    seconds = forms.IntegerField(label=gettext_lazy("time (seconds)"), initial=USUAL["seconds"])
    goal = forms.IntegerField(label=gettext_lazy("characters a minute for full marks"), initial=USUAL["goal"])
    accuracy = forms.IntegerField(
        label=gettext_lazy("lowest accuracy (%)"),
        initial=USUAL["accuracy"],
        help_text=gettext_lazy("Below it, the marks fall in proportion."),
    )


class TypingTest(QuestionType):
    """min(1, speed / goal); below the lowest accuracy times accuracy / lowest. The measures stand in `speed`.

    An answer names its run, which the server began: the time is at least what passed since by the server's clock, less
    what the answer may have been under way, and at most all of it, whatever the browser says.
    """

    label = gettext_lazy("Typing test")
    hint = gettext_lazy("A text to be typed against the clock: characters a minute and accuracy.")
    icon = "keyboard"
    folder = "typing"
    form = TypingForm

    def check(self, content: Mapping[str, Any]) -> Content:
        text = plain(storable(str(content.get("text") or "")))
        if not SHORTEST <= len(text) <= LONGEST:
            message = _("The text has %(fewest)s to %(most)s characters.") % {"fewest": SHORTEST, "most": LONGEST}
            raise Refused(message, field="text", code="length")
        return {"text": text, **{name: _number(content, name) for name in LIMITS}}

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        if not given:
            return None
        if not isinstance(given, dict) or not isinstance(given.get("typed"), str):
            raise misfit()
        typed = storable(given["typed"])
        if len(typed) > 2 * len(content["text"]) + 100:
            raise misfit()
        run = str(given.get("run") or "")
        return (
            {"typed": typed, "ms": _time_taken(run, given.get("ms"), content["seconds"]), "run": run} if typed else None
        )

    def from_form(self, data: QueryDict, name: str) -> Json:
        """What the form was shown with: without scripts no time can be taken, so that nothing changes."""
        try:
            return from_json(data.get(name) or "null")
        except ValueError as error:
            raise misfit() from error

    def grade(self, content: Content, answer: Json) -> Decimal:
        run = _run(content, answer)
        if run is None or not run.typed:
            return NONE
        lowest = content["accuracy"]
        share = min(run.speed / content["goal"], Decimal(1))
        return part_of_one(share if run.accuracy >= lowest else share * run.accuracy / lowest)

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        kept = json.dumps(answer) if answer else ""
        return {**content, "run": _run(content, answer), "answer": answer, "kept": kept}

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        typed = plain(answer["typed"]) if answer else ""
        return {**self.asked(content, order, answer), "typed": typed}

    def texts(self, content: Content) -> dict[str, str]:
        return {"text": content["text"]}

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return {**content, "text": plain(texts.get("text") or content["text"])}

    def summary(self, content: Content, answer: Json) -> str:
        run = _run(content, answer)
        if run is None:
            return ""
        figures = {"speed": round(run.speed), "accuracy": round(run.accuracy, 1)}
        return _("%(speed)s characters a minute, %(accuracy)s %% right") % figures

    def right(self, content: Content) -> Json:
        """As typed without an error at the speed that is asked for."""
        return {"typed": content["text"], "ms": len(content["text"]) * MINUTE // content["goal"], "run": ""}


def begin() -> str:
    """The name of a run that begins now, which only we can give."""
    return _runs.sign(str(_milliseconds()))


def _milliseconds() -> int:
    return int(clock.now().timestamp() * 1000)


def _time_taken(run: str, told: Any, seconds: int) -> int:
    """What the run took, in milliseconds: what the browser says, within what the server's clock allows."""
    try:
        passed = _milliseconds() - int(_runs.unsign(run))
    except (BadSignature, ValueError) as error:
        raise misfit() from error
    if not isinstance(told, int) or isinstance(told, bool) or told < 0:
        raise misfit()
    if passed > seconds * 1000 + ON_THE_WAY:
        message = _("This run came too late to be timed, perhaps because the network was away. Begin again.")
        raise Refused(message, field="answer", code="too_late")
    return max(min(told, passed), passed - ON_THE_WAY, 1)


def _run(content: Content, answer: Json) -> Run | None:
    if not answer:
        return None
    return measured(content["text"], answer["typed"], answer["ms"], seconds=content["seconds"])


def _number(content: Mapping[str, Any], name: str) -> int:
    fewest, most = LIMITS[name]
    given = content.get(name)
    text = str(USUAL[name] if given in (None, "") else given)
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1  # noqa: PLR2004 - below a million
    if not fewest <= number <= most:
        message = _("A number from %(fewest)s to %(most)s.") % {"fewest": fewest, "most": most}
        raise Refused(message, field=name, code="out_of_range")
    return number


TYPES.register("typing", TypingTest())
