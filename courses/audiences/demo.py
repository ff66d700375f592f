"""Saved audiences of the demo: rules of groups in groups, and two whose members are kept."""

from datetime import timedelta
from typing import Any

from courses.audiences.actions import save_audience
from courses.audiences.members import refresh, watch
from courses.audiences.models import Audience, Cause
from courses.audiences.rules import Rule
from courses.curriculum.models import Course
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment
from trainingsite.people.models import Position, User

NIGHTS = (20, 13, 6, 3, 2, 1, 0)  # so many days ago the nightly check is told


def tell(story: Story) -> None:
    hr = User.objects.get(username="hr")
    saved = {name: save_audience(name, rule, owner=hr) for name, rule in _rules(story).items()}
    watched = [saved["试用期新人"], saved["售后 · 必修未学完或新入职"]]
    first = moment(story.today - timedelta(days=30), 0, 20)
    for audience in watched:
        watch(audience, at=first)
    for ago in NIGHTS:
        _at_night(story, ago, watched)


def _at_night(story: Story, ago: int, watched: list[Audience]) -> None:
    refresh(watched, at=moment(story.today - timedelta(days=ago), 0, 20), cause=Cause.NIGHT)


def _rules(story: Story) -> dict[str, Rule]:
    after_sale = _leaf("department", [story.kept["department"]["after-sale"].pk])
    first_courses = list(Course.objects.published().order_by("pk").values_list("pk", flat=True)[:2])
    newcomer: list[Any] = [_leaf("hired_within", 90), _leaf("status", ["probation"])]
    return {
        "试用期新人": newcomer,
        "夜班和直播间 · 老员工": {
            "all": [
                {"any": [_leaf("tag", ["夜班"]), _leaf("tag", ["直播间"])]},
                {"not": {"any": [_leaf("hired_within", 90), _leaf("status", ["on_leave"])]}},
            ]
        },
        "售后一线（不含主管和组长）": {
            "all": [after_sale, {"not": _leaf("position", _positions(story, "supervisor", "team-leader"))}]
        },
        "售后 · 必修未学完或新入职": {
            "all": [after_sale, {"any": [_leaf("not_completed", first_courses), _leaf("hired_within", 30)]}]
        },
        "内训种子": [_leaf("tag", ["内训种子"])],
    }


def _leaf(kind: str, value: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value}


def _positions(story: Story, *codes: str) -> list[int]:
    wanted = [story.kept["position"][code] for code in codes]
    return list(Position.objects.filter(external_id__in=wanted).order_by("pk").values_list("pk", flat=True))
