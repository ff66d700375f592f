"""A number, with a tolerance and, where the author wants it, a unit."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.questions.fields import ContentForm, RowForm, RowsField
from assessments.questions.normalise import canonical, tidied
from assessments.questions.types import options as rows
from assessments.questions.types.base import NONE, TYPES, Content, Json, Key, QuestionType, part_of_one
from assessments.questions.types.parts import HUNDRED, credit_of
from assessments.questions.types.written import storable, written
from trainingsite.core.errors import Refused

NO_UNIT, OPTIONAL, REQUIRED = "none", "optional", "required"
UNITS = [
    (NO_UNIT, gettext_lazy("A number alone")),
    (OPTIONAL, gettext_lazy("A unit may be given")),
    (REQUIRED, gettext_lazy("A unit must be given")),
]
LONGEST, MOST_ROWS, MOST_DECIMALS, ROUNDED_FROM = 100, 20, 40, 9
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,40})(?:\.[0-9]{1,40})?|\.[0-9]{1,40}"
_NUMBER = re.compile(
    rf"(?P<before>[^0-9.+-]*?)\s*(?P<sign>[+-]?)\s*(?P<number>{_DIGITS})(?:\s*/\s*(?P<under>{_DIGITS}))?"
    r"(?:[eE](?P<power>[+-]?[0-9]{1,2}))?\s*(?P<after>[^0-9]*)"
)


class ValueRow(RowForm):
    bare = ()
    value = forms.CharField(label=pgettext_lazy("answer", "Number"), required=False, max_length=LONGEST)
    tolerance = forms.CharField(label=gettext_lazy("± at most"), required=False, max_length=LONGEST, initial="0")
    credit = forms.IntegerField(
        label=gettext_lazy("Points (%)"), required=False, min_value=0, max_value=HUNDRED, initial=HUNDRED
    )
    feedback = forms.CharField(label=gettext_lazy("What to say to who gave it"), required=False, max_length=500)


class UnitRow(RowForm):
    bare = ()
    name = forms.CharField(label=pgettext_lazy("of a number", "Unit"), required=False, max_length=20)
    factor = forms.CharField(label=gettext_lazy("is so many of the first"), required=False, max_length=40, initial="1")

    @classmethod
    def shown(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "factor": str(exact(row["factor"])) if len(row["factor"]) > ROUNDED_FROM else row["factor"]}


class NumericalForm(ContentForm):
    answers = RowsField(
        ValueRow,
        label=gettext_lazy("numbers that count"),
        add=gettext_lazy("Add a number"),
        most=MOST_ROWS,
        spare=1,
        help_text=gettext_lazy("The first that fits decides. Chinese numerals and full-width digits count, too."),
    )
    unit = forms.ChoiceField(label=gettext_lazy("what is filled in"), choices=UNITS, initial=NO_UNIT, required=False)
    units = RowsField(
        UnitRow,
        label=gettext_lazy("units"),
        add=gettext_lazy("Add a unit"),
        fewest=0,
        most=MOST_ROWS,
        spare=1,
        help_text=gettext_lazy(
            "The first is the one of the numbers above, with factor 1; 小时 beside 天 has the factor 1/24."
        ),
    )


class Numerical(QuestionType):
    """The first number within its tolerance decides. The unit converts by its factor; an unknown one is wrong."""

    label = pgettext_lazy("question", "Number")
    hint = gettext_lazy("A number that is typed, with a tolerance and perhaps a unit.")
    icon = "hash"
    folder = "numerical"
    form = NumericalForm

    def check(self, content: Mapping[str, Any]) -> Content:
        answers = [_tidy(row, n) for n, row in enumerate(rows.rows_of(content, "answers"), start=1)]
        if not 1 <= len(answers) <= MOST_ROWS:
            message = _("Give 1 to %(most)s numbers that count.") % {"most": MOST_ROWS}
            raise Refused(message, field="answers", code="number_of_answers")
        if max(answer["credit"] for answer in answers) != HUNDRED:
            raise Refused(_("Give 100 % to the best answer."), field="answers", code="no_right_answer")
        mode = str(content.get("unit") or NO_UNIT)
        if mode not in dict(UNITS):
            raise Refused(_("Say whether a unit is given."), field="unit", code="shape")
        return {"answers": answers, "units": _units(content, mode), "unit": mode}

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        if isinstance(given, int | float) and not isinstance(given, bool):
            given = str(given)
        return written(given, LONGEST)

    def from_form(self, data: QueryDict, name: str) -> Json:
        return data.get(name, "").strip() or None

    def grade(self, content: Content, answer: Json) -> Decimal:
        row = _match(content, answer)
        return part_of_one(row["credit"], HUNDRED) if row else NONE

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        return {"text": answer or "", "unit": content["unit"], "longest": LONGEST}

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        found = _match(content, answer) or {"credit": 0, "feedback": ""}
        return {
            "text": answer or "",
            "credit": found["credit"],
            "feedback": found["feedback"],
            "is_number": not answer or read(str(answer)) is not None,
            "right": [row for row in content["answers"] if row["credit"]],
            "unit": content["units"][0]["name"] if content["units"] else "",
        }

    def texts(self, content: Content) -> dict[str, str]:
        units = {f"units.{n}": row["name"] for n, row in enumerate(content["units"], start=1)}
        return units | {
            f"feedback.{n}": r["feedback"] for n, r in enumerate(content["answers"], start=1) if r["feedback"]
        }

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return {
            **content,
            "answers": [
                {**row, "feedback": texts.get(f"feedback.{n}") or row["feedback"]}
                for n, row in enumerate(content["answers"], start=1)
            ],
            "units": [
                {**row, "name": texts.get(f"units.{n}") or row["name"]}
                for n, row in enumerate(content["units"], start=1)
            ],
        }

    def keys(self, content: Content) -> list[Key]:
        return [
            Key("", str(number), in_words(row), part_of_one(row["credit"], HUNDRED))
            for number, row in enumerate(content["answers"], start=1)
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        row = _match(content, answer)
        return [("", str(content["answers"].index(row) + 1))] if row else []

    def summary(self, content: Content, answer: Json) -> str:
        return str(answer or "")

    def right(self, content: Content) -> Json:
        best = next(row["value"] for row in content["answers"] if row["credit"] == HUNDRED)
        return f"{best} {content['units'][0]['name']}" if content["unit"] == REQUIRED else best


def in_words(row: Mapping[str, Any]) -> str:
    return row["value"] if row["tolerance"] == "0" else f"{row['value']} ± {row['tolerance']}"


def read(text: str) -> tuple[Fraction, str] | None:
    """The number in `text` and the unit beside it; None when it is no number. 七天, ７ 天, 1,000.50元, ¥5, -3, 1/24."""
    found = _NUMBER.fullmatch(tidied(text).strip())
    if not found or (found["before"].strip() and found["after"].strip()):
        return None
    number, under = (Fraction((found[part] or "1").replace(",", "")) for part in ("number", "under"))
    if not under:
        return None
    value = number / under * Fraction(10) ** int(found["power"] or 0)
    return (-value if found["sign"] == "-" else value), (found["before"] or found["after"]).strip()


def _match(content: Content, answer: Json) -> dict[str, Any] | None:
    told = read(str(answer)) if answer else None
    factor = _factor(content, told[1]) if told else None
    if told is None or factor is None:
        return None
    value = told[0] * factor
    return next((row for row in content["answers"] if _is_near(value, row)), None)


def _is_near(value: Fraction, row: Mapping[str, Any]) -> bool:
    return abs(value - Fraction(row["value"])) <= Fraction(row["tolerance"])


def _factor(content: Content, unit: str) -> Fraction | None:
    """What the number is to be multiplied with; None when its unit is unknown, missing or too much."""
    if not unit:
        return None if content["unit"] == REQUIRED else Fraction(1)
    if content["unit"] == NO_UNIT:
        return None
    known = {canonical(row["name"]): row["factor"] for row in content["units"]}
    told = known.get(canonical(unit))
    return None if told is None else exact(told)


def exact(factor: str) -> Fraction:
    """The fraction that a decimal of many places was rounded from: 0.041666666666666667 is 1/24."""
    value = Fraction(factor)
    places = len(factor.partition(".")[2])
    return (value.limit_denominator(10**6) or value) if places >= ROUNDED_FROM else value


def _number(text: Any) -> Fraction | None:
    found = read(str(text))
    return found[0] if found and not found[1] else None


def _decimal(value: Fraction | None) -> str | None:
    """The number as it is kept: 7 or 7.5, never 7.50; None when no decimal says it."""
    if value is None:
        return None
    zeros = next((n for n in range(MOST_DECIMALS + 1) if value * 10**n == int(value * 10**n)), None)
    if zeros is None:
        return None
    digits = str(abs(int(value * 10**zeros))).zfill(zeros + 1)
    told = f"{digits[:-zeros]}.{digits[-zeros:]}" if zeros else digits
    return f"-{told}" if value < 0 else told


def _rounded(value: Fraction) -> str:
    """1/24 as a decimal, since other systems know no other numbers."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def _tidy(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    value, tolerance = _decimal(_number(row.get("value", ""))), _decimal(_number(row.get("tolerance") or "0"))
    if value is None:
        raise Refused(_("Row %(n)s: this is no number.") % {"n": number}, field="answers", code="no_number")
    if tolerance is None or tolerance.startswith("-"):
        message = _("Row %(n)s: the tolerance is a number, 0 or more.") % {"n": number}
        raise Refused(message, field="answers", code="bad_tolerance")
    given = row.get("credit")
    return {
        "value": value,
        "tolerance": tolerance,
        "credit": credit_of(HUNDRED if given in (None, "") else given, "answers", number),
        "feedback": storable(str(row.get("feedback") or "")).strip(),
    }


def _units(content: Mapping[str, Any], mode: str) -> list[dict[str, str]]:
    units = [_unit(row, n) for n, row in enumerate(rows.rows_of(content, "units"), start=1)]
    if mode == NO_UNIT:
        return []
    if not 1 <= len(units) <= MOST_ROWS:
        raise Refused(_("Name the units that count."), field="units", code="no_unit")
    if len({canonical(unit["name"]) for unit in units}) != len(units):
        raise Refused(_("Two units are the same."), field="units", code="duplicate_unit")
    return units


def _unit(row: Mapping[str, Any], number: int) -> dict[str, str]:
    name, told = storable(str(row.get("name") or "")).strip(), str(row.get("factor") or "1").strip()
    factor = _number(told)
    if not canonical(name) or re.search(r"[0-9]", tidied(name)):
        raise Refused(_("Unit %(n)s needs a name without digits.") % {"n": number}, field="units", code="bad_unit")
    if factor is None or factor <= 0:
        message = _("Unit %(n)s: the factor is a number above 0.") % {"n": number}
        raise Refused(message, field="units", code="bad_factor")
    return {"name": name, "factor": _decimal(factor) or _rounded(factor)}


TYPES.register("numerical", Numerical())
