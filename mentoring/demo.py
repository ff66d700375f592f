"""The demo company's mentoring: experienced agents guide newcomers through their first two months, week by week."""

from datetime import date, timedelta
from typing import Any

from assessments.points.actions import as_it_happened
from courses.models import Topic
from mentoring.careers import demo as careers
from mentoring.checkins.actions import StepText, Talk, note_checkin
from mentoring.development import demo as development
from mentoring.job_plans.models import Side
from mentoring.mentors.actions import save_mentor
from mentoring.pairings.actions import end_pairing, pair
from mentoring.pairings.models import EndReason, Pairing
from mentoring.rotation import demo as rotation
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import read
from trainingsite.people.models import User

DAY = timedelta(days=1)
WEEKS = 8
MENTORS = 14
STILL_ALONE = 4  # newcomers whom HR has yet to pair
PROGRESS = {"ahead": 5, "on-track": 4, "behind": 2}
PHASES = ((2, "early"), (6, "middle"), (WEEKS + 1, "late"))


def tell(story: Story) -> None:
    texts = read("checkins")
    with silence(), as_it_happened():
        mentors = _mentors(story)
        newcomers = _newcomers(story)
        waiting = [n for n in reversed(newcomers) if n.username != "trainee"][:STILL_ALONE]
        for newcomer in newcomers:
            if newcomer not in waiting:
                _guide(story, mentors, newcomer, texts)
        careers.tell(story)
        rotation.tell(story)
        development.tell(story)


def _mentors(story: Story) -> list[User]:
    """The login `mentor` and experienced agents of every team; each knows two or three topics well."""
    topics = list(Topic.objects.order_by("position"))
    known = [story.kept["position"][code] for code in ("senior-agent", "complaint-agent")]
    seniors = User.objects.filter(position__external_id__in=known, hired_on__lt=story.first_day)
    chosen = list(seniors.exclude(username="mentor").order_by("pk"))
    story.rng.shuffle(chosen)
    mentors = [User.objects.get(username="mentor"), *chosen[: MENTORS - 1]]
    for person in mentors:
        skills = story.rng.sample(topics, story.rng.choice([2, 3]))
        save_mentor(person, topics=skills, capacity=story.rng.choice([2, 3, 3]), on=story.today)
    return mentors


def _newcomers(story: Story) -> list[User]:
    agents = User.objects.filter(position__external_id=story.kept["position"]["agent"])
    return list(
        agents.filter(hired_on__gt=story.first_day, hired_on__lt=story.today - 2 * DAY).order_by("hired_on", "pk")
    )


def _guide(story: Story, mentors: list[User], newcomer: User, texts: dict[str, Any]) -> None:
    begin = min((newcomer.hired_on or story.today) + story.rng.randint(2, 6) * DAY, story.today - DAY)
    mentor = _free(story, mentors, newcomer)
    if mentor is None:
        return
    goal = story.rng.choice(texts["goals"])
    pairing = pair(mentor, newcomer, on=begin, goal=goal["text"], first_checkin_on=begin + 7 * DAY, tell=False)
    for week in range(1, WEEKS + 1):
        held = begin + timedelta(days=7 * week + story.rng.choice([-1, 0, 0, 1]))
        if held >= story.today:
            return
        _note(story, pairing, held, week, texts["notes"])
    end = begin + (7 * WEEKS + 5) * DAY
    if end < story.today:
        end_pairing(pairing, reason=EndReason.REACHED, on=end, tell=False)


def _free(story: Story, mentors: list[User], newcomer: User) -> User | None:
    """A mentor with room, of the own department where there is one; the trainee has the mentor of the logins."""
    if newcomer.username == "trainee":
        return mentors[0]
    open_now = Pairing.objects.open().values_list("mentor", flat=True)
    load = {pk: list(open_now).count(pk) for pk in {mentor.pk for mentor in mentors}}
    free = [m for m in mentors if load[m.pk] < (1 if m is mentors[0] else m.mentor_profile.capacity)]
    near = [mentor for mentor in free if mentor.department_id == newcomer.department_id]
    return story.rng.choice(near or free) if free else None


def _note(story: Story, pairing: Pairing, held: date, week: int, notes: list[dict[str, str]]) -> None:
    phase = next(name for until, name in PHASES if week <= until)
    text = story.rng.choice([note for note in notes if note["phase"] == phase])
    talk = Talk(held, text["note"], PROGRESS[text["progress"]], next_steps=[StepText(Side.MENTEE, text["next_step"])])
    last = week == WEEKS
    note_checkin(pairing, talk, next_due_on=None if last else held + 7 * DAY, on=held)
