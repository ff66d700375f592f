"""Two years of evidence in the demo company: what quizzes and courses showed, and what supervisors saw."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from assessments.profiles.fitting import wanted_by
from assessments.ratings.backfill import past
from assessments.ratings.deriving import levels_of, middle_of
from assessments.ratings.history import record_history
from assessments.ratings.models import CurrentLevel, Evidence, LevelChange, RatingRule
from assessments.ratings.ready import ensure_first_rule, rule_at
from assessments.ratings.recording import Piece
from assessments.ratings.rules import draft_of, publish_rule
from courses.models import Competency
from trainingsite.core.days import company_day
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
# Days before the end of the story on which supervisors listened in and said what they saw, and how far below today's
# level people were then.
ROUNDS = [(560, 1), (330, 1), (150, 0), (35, 0)]
SETTLED = 45 * DAY  # nobody is assessed in the first weeks
# How likely somebody is one level below what the position asks, at it, or above; by how often they were assessed.
BESIDE = ([-1, 0, 1], [3, 9, 2])


@dataclass(frozen=True)
class Ears:
    """What those who listen in go by: the bands, the same in all rules of the story, and how many levels there are."""

    rule: RatingRule
    levels: dict[int, int]

    def piece(self, person: User, competency_id: int, level: int, words: str, by: User | None, at: datetime) -> Piece:
        """The row that `assess` makes."""
        assert by is not None  # noqa: S101 - people without a manager are left out
        levels = self.levels[competency_id]
        seen = min(max(level, 1), levels)
        return Piece(
            person_id=person.pk,
            competency_id=competency_id,
            source="assessment",
            key=f"{by.pk}:{company_day(at).isoformat()}",
            title=f"{by}评为 {seen} 级",
            score=middle_of(self.rule, levels, seen),
            at=at,
            by_id=by.pk,
            note=words,
        )


def tell(story: Story) -> None:
    texts, chance = read("ratings"), Random("what supervisors saw")  # its own, so that the rest stays as it is
    now = moment(story.today, 8)
    for model in (Evidence, LevelChange, CurrentLevel, RatingRule):  # what earlier parts set off by themselves
        model.objects.all().delete()
    _rules(story, texts["rule"])
    collected = [piece for _looked_at, pieces in past(now) for piece in pieces if piece.at <= now]
    ears = Ears(rule_at(now), levels_of(Competency.objects.values_list("pk", flat=True), now))
    judged = [*_judgements(story, chance, texts["notes"], ears), *_of_the_trainee(story, texts["trainee"], ears)]
    record_history([*collected, *judged], until=now)


def _rules(story: Story, row: dict[str, Any]) -> None:
    """The rule to begin with, and the one that half a year's experience made of it."""
    first = ensure_first_rule(moment(story.first_day, 10))
    day = story.today - row["days"] * DAY
    weights = first.source_weights | {"assessment": row["assessment"], "typing": row["typing"]}
    draft = replace(draft_of(first, day), source_weights=weights, half_life_days=row["half_life_days"])
    hr = User.objects.get(username="hr")
    publish_rule(draft, reason=row["reason"], by=hr, at=moment(day - 6 * DAY, 10))


def _judgements(story: Story, chance: Random, notes: dict[str, list[str]], ears: Ears) -> Iterator[Piece]:
    """What each supervisor said of each of the own people, in every round, about what their position asks."""
    people = User.objects.people().employed(story.today).exclude(manager=None).exclude(username="trainee")
    wanted = wanted_by(list(people.values_list("pk", flat=True)), story.today)
    for person in people.select_related("manager").order_by("pk"):
        needs = wanted[person.pk].needs if person.pk in wanted else ()
        standing = {need.competency_id: need.level + chance.choices(*BESIDE)[0] for need in needs}
        for ago, below in ROUNDS:
            at = moment(
                story.today - (ago - chance.randint(0, 20)) * DAY, chance.randint(10, 17), chance.randint(0, 59)
            )
            if person.hired_on and company_day(at) > person.hired_on + SETTLED:
                for need in needs:
                    seen = standing[need.competency_id] - below * (chance.random() < 0.7)  # noqa: PLR2004 - most grow
                    words = chance.choice(notes[_beside(seen, need.level)])
                    yield ears.piece(person, need.competency_id, seen, words, person.manager, at)


def _beside(seen: int, needed: int) -> str:
    return "met" if seen == needed else "below" if seen < needed else "above"


def _of_the_trainee(story: Story, rows: dict[str, Any], ears: Ears) -> Iterator[Piece]:
    """The login `trainee` was listened to once, three days ago: some of it is there, some is a gap."""
    trainee = User.objects.get(username="trainee")
    supervisor = User.objects.get(username="supervisor")
    competencies = dict(Competency.objects.values_list("code", "pk"))
    for code, (level, words) in rows.items():
        yield ears.piece(trainee, competencies[code], level, words, supervisor, moment(story.today - 3 * DAY, 16, 20))
