"""The profiles that a customer service begins with."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.profiles.actions import Need, publish_needs, save_profile
from assessments.profiles.models import RoleProfile
from courses.models import Competency
from trainingsite.core.demo import CONTENT
from trainingsite.core.errors import Refused
from trainingsite.people.models import Position, User
from trainingsite.people.positions.actions import save_position

FILE = CONTENT / "company" / "role_profiles.yaml"
Asked = Mapping[str, tuple[int, float]]  # code of the competency → level, weight


def read() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def load_ready_profiles(*, by: User | None, on: date) -> int:
    """Add the profiles of the file that are not there yet, and return how many; a repeat adds none.

    Positions are known by their names; those that are missing are made. Refused while the framework lacks a competency.
    """
    texts = read()
    positions = {position.name: position for position in Position.objects.order_by("-pk")}
    known = set(RoleProfile.objects.values_list("position__name", "grade"))
    missing = [row for row in texts["profiles"] if (row["position"], row["grade"]) not in known]
    competencies = _competencies(missing)
    for row in missing:
        position = positions.get(row["position"]) or save_position(None, name=row["position"])
        positions[row["position"]] = position
        made = save_profile(None, position=position, grade=row["grade"], summary=row["summary"])
        needs = list(needs_from(row["needs"], competencies))
        publish_needs(made, needs, valid_from=on, reason=texts["first_reason"], by=by, on=on)
    return len(missing)


def needs_from(asked: Asked, competencies: Mapping[str, Competency]) -> Iterator[Need]:
    """The needs of a row of the file."""
    for code, (level, weight) in asked.items():
        yield Need(competencies[code], level, Decimal(str(weight)))


def _competencies(rows: list[Any]) -> dict[str, Competency]:
    codes = {code for row in rows for code in row["needs"]}
    found = {row.code: row for row in Competency.objects.in_use().filter(code__in=codes)}
    if codes - found.keys():
        text = _("The competency framework lacks what the ready profiles ask for. Take the ready framework first.")
        raise Refused(text, code="framework_missing")
    return found
