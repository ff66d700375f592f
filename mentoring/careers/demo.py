"""The demo company's careers: both tracks, reserve lists by each supervisor, nominations in every state."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from assessments.models import Certification
from courses.models import Competency
from mentoring.careers.actions import Asked, Way, save_step
from mentoring.careers.models import CareerStep, Nomination
from mentoring.careers.nominating import apply_due, approve, decline, nominate, withdraw
from mentoring.careers.requirements import measure
from mentoring.careers.reserving import keep_in_reserve
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment, read
from trainingsite.people.models import Position, User

DAY = timedelta(days=1)
ON_THE_LIST = 14
NEAR = 0.5  # who meets this share of a step is thought of
# Who is nominated from where to where, and what became of it; days before today on which it was proposed and decided.
PROPOSED = [
    ("open", "agent P2", "senior-agent P3", 3, 0),
    ("open", "senior-agent P3", "senior-agent P4", 6, 0),
    ("coming", "agent P2", "senior-agent P3", 12, 5),
    ("applied", "complaint-agent P3", "complaint-agent P4", 60, 50),
    ("declined", "agent P2", "complaint-agent P2", 40, 33),
    ("withdrawn", "agent P2", "quality-specialist P2", 25, 21),
]
TAKES_EFFECT = 12  # days from today


def tell(story: Story) -> None:
    texts = read("careers")
    steps = _draw(story, texts["steps"])
    chance = Random("careers")  # its own, so that the rest of the story stays as it is
    with silence():
        _one_for_the_supervisor(story, steps["agent P2", "senior-agent P3"], texts["reserve"]["now"][1])
        _list(story, steps, texts["reserve"], chance)
        for state, begin, end, ago, decided in PROPOSED:
            _propose(story, steps[begin, end], texts["nominations"][state], state, ago, decided)


def _draw(story: Story, rows: list[dict[str, Any]]) -> dict[tuple[str, str], CareerStep]:
    positions = {p.external_id: p for p in Position.objects.all()}
    jobs = {code: positions[key] for code, key in story.kept["position"].items()}
    certificates = {c.code: c for c in Certification.objects.all()}
    competencies = {c.code: c for c in Competency.objects.all()}
    made = {}
    for row in rows:
        begin, end = row["from"].split(), row["to"].split()
        way = Way(jobs[begin[0]], begin[1], jobs[end[0]], end[1])
        asked = Asked(
            **{name: row.get(name) for name in ("fit", "points", "months", "appraisal")},
            certifications=[certificates[code] for code in row.get("certificates", [])],
            competencies=[(competencies[code], level) for code, level in row.get("competencies", {}).items()],
        )
        track = row.get("track", "professional")
        made[row["from"], row["to"]] = save_step(None, way, asked, track=track, summary=row["summary"])
    return made


def _ranked(step: CareerStep, at: datetime) -> list[tuple[User, float]]:
    """Who holds the job that the step leads from, and which share of it each meets; the nearest first."""
    whole = CareerStep.objects.whole().get(pk=step.pk)
    people = User.objects.employed(at.date()).filter(whole.held_by()).exclude(username="trainee")
    measured = [(person, found[step.pk]) for person, found in measure(people.order_by("pk"), [whole], at=at)]
    measured.sort(key=lambda row: (-row[1].met, -row[1].share, row[0].pk))
    return [(person, 1.0 if standing.is_ready else standing.share / 101) for person, standing in measured]


def _bosses(person: User) -> list[User]:
    """Those who supervise the person, the nearest first."""
    path = person.department.path if person.department else ""
    rows = User.objects.filter(grants__role="supervisor", is_active=True).exclude(pk=person.pk)
    found = [boss for boss in rows.distinct().order_by("pk") if any(path.startswith(p) for p in boss.supervised_paths)]
    return sorted(found, key=lambda boss: (boss.username != "supervisor", -max(map(len, boss.supervised_paths))))


def _one_for_the_supervisor(story: Story, step: CareerStep, note: str) -> None:
    """The login `supervisor` has somebody on the list who meets all of a step and is still to be nominated."""
    boss = User.objects.get(username="supervisor")
    ready = [
        person for person, share in _ranked(step, moment(story.today, 8)) if share == 1 and boss in _bosses(person)
    ]
    for person in ready[:1]:
        day = max(story.today - 20 * DAY, person.hired_on or story.first_day)
        keep_in_reserve(person, step, readiness="now", note=note, by=boss, on=day)


def _list(story: Story, steps: dict[tuple[str, str], CareerStep], texts: dict[str, list[str]], chance: Random) -> None:
    """The nearest to each step, and how near they are; who meets all of it could take it now."""
    at, listed = moment(story.today, 8), 0
    for step in steps.values():
        for person, share in _ranked(step, at)[:2]:
            bosses = _bosses(person)
            if not bosses or listed == ON_THE_LIST:
                continue
            readiness = "now" if share == 1 else "year" if share > NEAR else "later"
            day = max(story.today - chance.randint(10, 200) * DAY, person.hired_on or story.first_day)
            keep_in_reserve(
                person, step, readiness=readiness, note=chance.choice(texts[readiness]), by=bosses[0], on=day
            )
            listed += 1


def _propose(story: Story, step: CareerStep, text: dict[str, str], state: str, ago: int, decided: int) -> None:
    """One nomination by the person's own supervisor, and what HR or the supervisor made of it."""
    at = moment(story.today - ago * DAY, 15)
    taken = set(Nomination.objects.values_list("person", flat=True))
    person = next((p for p, share in _ranked(step, at) if share < 1 and p.pk not in taken and _bosses(p)), None)
    if person is None:
        return
    boss, hr = _bosses(person)[0], User.objects.get(username="hr")
    made = nominate(person, step, reason=text["reason"], justification=text["justification"], by=boss, at=at)
    later = moment(story.today - decided * DAY, 10)
    if state == "declined":
        decline(made, reason=text["note"], by=hr, at=later)
    elif state == "withdrawn":
        withdraw(made, reason=text["note"], by=boss, at=later)
    elif state == "coming":
        approve(made, effective_on=story.today + TAKES_EFFECT * DAY, note=text["note"], by=hr, at=later)
    elif state == "applied":
        on = story.today - (decided - 10) * DAY
        approve(made, effective_on=on, note=text["note"], by=hr, at=later)
        apply_due(at=moment(on, 0, 4))
