"""The demo company's pairings: two years of newcomers, colleagues who change to another desk, and how each went."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from mentoring.checkins.demo import talks
from mentoring.evaluations.demo import at_half_time, words
from mentoring.evaluations.models import Moment
from mentoring.job_plans.demo import Event, signatures
from mentoring.job_plans.history import Signed, record_signatures
from mentoring.job_plans.models import Side
from mentoring.matching.demo import past_round
from mentoring.pairings.actions import (
    GoalText,
    agree,
    change_mentor,
    end_pairing,
    extend,
    graduate,
    pair,
    reach_goal,
    save_agreement,
)
from mentoring.pairings.models import EndReason, Pairing
from trainingsite.core.days import company_day
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
PLANS_SINCE = 365 * DAY  # before that, mentors and newcomers talked, without a plan
OLD_WEEKS = 8
STILL_ALONE = 5  # newcomers whom HR has yet to pair
COHORT = (34, 12)  # hired so many days ago: paired in one round
# For how many days nothing has happened between two who are still paired; most are on track.
QUIET = (0, 0, 4, 0, 0, 13, 0, 0, 2)
# Who changes to another desk: the plan, the job, and how many days ago it began.
CHANGES = (
    ("complaints", "complaint-agent", 130),
    ("complaints", "complaint-agent", 39),
    ("complaints", "complaint-agent", 33),
    ("complaints", "complaint-agent", 17),
    ("complaints", "complaint-agent", 5),
    ("phone", "senior-agent", 75),
    ("phone", "senior-agent", 16),
    ("phone", "senior-agent", 9),
    ("phone", "agent", 18),
    ("phone", "agent", 6),
)


@dataclass
class Cast:
    """Who plays a part, and what they say."""

    story: Story
    mentors: Sequence[User]
    chance: Random = field(default_factory=lambda: Random("pairings"))
    texts: dict[str, Any] = field(default_factory=lambda: read("mentoring_pairs"))
    old_goals: list[dict[str, str]] = field(default_factory=lambda: read("checkins")["goals"])
    hr: User = field(default_factory=lambda: User.objects.get(username="hr"))
    told: int = 0  # pairings that went by the plan
    going: int = 0  # those that are still open

    @property
    def ready(self) -> Sequence[User]:
        """All but the last two, who hold no certificate."""
        return self.mentors[:-2]

    def mentor_for(self, mentee: User) -> User:
        """One with little to do, of the own department where that makes no difference; the login has the trainee."""
        if mentee.username == "trainee":
            return self.mentors[0]
        open_now = Counter(Pairing.objects.open().values_list("mentor", flat=True))
        load = {mentor.pk: open_now[mentor.pk] for mentor in self.ready}
        free = [each for each in self.ready if each != mentee and load[each.pk] < each.mentor_profile.capacity - 1]
        self.chance.shuffle(free)
        return min(free, key=lambda each: (load[each.pk] // 2, each.department_id != mentee.department_id))


def tell(story: Story, mentors: Sequence[User], former: Sequence[User]) -> list[User]:
    """All pairings up to yesterday; returns the newcomers who wait for a mentor."""
    cast = Cast(story, mentors)
    present = _newcomers(story)
    waiting = [person for person in reversed(present) if person.username != "trainee"][:STILL_ALONE]
    people = sorted({*present, *former} - set(waiting), key=lambda person: (person.hired_on or story.today, person.pk))
    cohort = [person for person in people if _is_of_cohort(story, person)]
    for person in people:
        if person not in cohort:
            _guide(cast, person)
    for pairing in past_round(story, cast.ready, cohort, on=story.today - (COHORT[1] - 2) * DAY):
        _follow(cast, pairing, pairing.mentee)
    _change_desks(cast)
    return waiting


def _newcomers(story: Story) -> list[User]:
    agents = User.objects.employed(story.today).filter(position__external_id=story.kept["position"]["agent"])
    found = agents.filter(hired_on__gt=story.first_day, hired_on__lt=story.today - 2 * DAY)
    return list(found.order_by("hired_on", "pk"))


def _is_of_cohort(story: Story, person: User) -> bool:
    ago = (story.today - (person.hired_on or story.first_day)).days
    return COHORT[1] <= ago <= COHORT[0] and person.username != "trainee" and person.left_on is None


def _guide(cast: Cast, person: User) -> None:
    hired = person.hired_on or cast.story.today
    begin = min(hired + cast.chance.randint(2, 6) * DAY, cast.story.today - DAY)
    if begin < cast.story.today - PLANS_SINCE:
        _without_plan(cast, person, begin)
    else:
        _follow(cast, _pair(cast, person, begin, "newcomer"), person)


def _pair(cast: Cast, person: User, begin: date, plan: str) -> Pairing:
    template = cast.story.kept["templates"][plan]
    first = begin + 6 * DAY
    return pair(
        cast.mentor_for(person),
        person,
        on=begin,
        goal=cast.texts["round"]["goal"],
        template=template,
        first_checkin_on=first,
        tell=False,
    )


def _without_plan(cast: Cast, person: User, begin: date) -> None:
    goal = cast.chance.choice(cast.old_goals)["text"]
    pairing = pair(cast.mentor_for(person), person, on=begin, goal=goal, first_checkin_on=begin + 7 * DAY, tell=False)
    last = begin + (7 * OLD_WEEKS + 5) * DAY
    _live(talks(pairing, OLD_WEEKS, cast.chance, plain=True), min(last, (person.left_on or last) - DAY))
    _end(cast, pairing, last)


def _end(cast: Cast, pairing: Pairing, last: date) -> None:
    """On the day of leaving where that comes first."""
    left = pairing.mentee.left_on
    if left and left <= last:
        end_pairing(pairing, reason=EndReason.LEFT, on=left, note=cast.texts["left"], tell=False)
    else:
        end_pairing(pairing, reason=EndReason.REACHED, on=last, tell=False)


def _sign(cast: Cast, pairing: Pairing, until: date) -> None:
    """What both signed of the plan until the day."""
    signed = [row for row in signatures(pairing, cast.chance, cast.texts["not_yet"]) if company_day(row.at) <= until]
    record_signatures(_of_the_trainee(cast, pairing, signed) if pairing.mentee.username == "trainee" else signed)


def _of_the_trainee(cast: Cast, pairing: Pairing, signed: list[Signed]) -> list[Signed]:
    """Of this week's tasks the last is still to do, and the one before waits for the mentor."""
    assert pairing.plan is not None  # noqa: S101 - the trainee has one
    day = cast.story.today - DAY
    *_others, waiting, to_do = pairing.plan.tasks.filter(week=pairing.plan.week_of(day))
    kept = [row for row in signed if row.task.pk not in {waiting.pk, to_do.pk}]
    return [*kept, Signed(waiting, Side.MENTEE, pairing.mentee, moment(day, 17, 30))]


def _live(events: Iterable[Event], until: date) -> None:
    """Let happen what happens until the day, in its order."""
    for event in sorted(events, key=lambda event: (event.day, event.hour)):
        if event.day <= until:
            event.happen()


def _follow(cast: Cast, pairing: Pairing, person: User) -> None:
    """Weeks by the plan: most graduate, some take longer, change the mentor, leave or fall behind."""
    cast.told += 1
    planned_end = pairing.planned_end or cast.story.today
    over = planned_end + 4 * DAY < cast.story.today
    if person.left_on and person.left_on <= planned_end + 4 * DAY:
        _go(cast, pairing, person.left_on - DAY)
        end_pairing(pairing, reason=EndReason.LEFT, on=person.left_on, note=cast.texts["left"], tell=False)
    elif not over:
        quiet = 0 if person.username == "trainee" else QUIET[cast.going % len(QUIET)]
        cast.going += 1
        _go(cast, pairing, cast.story.today - (1 + quiet) * DAY)
    elif cast.told % 7 == 3:  # noqa: PLR2004 - one in seven
        _take_longer(cast, pairing, planned_end)
    elif cast.told % 7 == 5:  # noqa: PLR2004 - one in seven
        _with_another(cast, pairing)
    elif cast.told % 7 == 1:
        _sign(cast, pairing, planned_end - 5 * DAY)  # the last tasks stay open, and HR says why that will do
        _live(_weeks(cast, pairing), planned_end + 4 * DAY)
    else:
        _go(cast, pairing, planned_end + 4 * DAY)


def _go(cast: Cast, pairing: Pairing, until: date) -> None:
    _sign(cast, pairing, until)
    _live(_weeks(cast, pairing), until)


def _weeks(cast: Cast, pairing: Pairing, *, end: date | None = None) -> Iterator[Event]:
    """Everything between the two beside the plan, up to the graduation."""
    end = end or pairing.planned_end or pairing.started_on
    last_talk = pairing.plan.ends_on if pairing.plan else end
    yield from _agreement(cast, pairing)
    first = pairing.started_on + 6 * DAY
    yield from talks(pairing, max((max(end, last_talk) - first).days // 7 + 1, 1), cast.chance, first=first)
    yield from at_half_time(pairing, cast.chance)
    for day in [*(pairing.started_on + days * DAY for days in (7, 14, 21)), end]:
        yield Event(day, 13, partial(_reach_goals, pairing, day))
    yield from words(pairing, Moment.END, end, cast.chance)
    done = end + cast.chance.randint(1, 3) * DAY
    despite = cast.texts["despite"]  # kept only where something is missing
    yield Event(done, 19, partial(graduate, pairing, by=cast.hr, on=done, despite=despite, tell=False))


def _agreement(cast: Cast, pairing: Pairing) -> Iterator[Event]:
    """Goals on the first day, and both say yes on the next."""
    day, end = pairing.started_on, pairing.planned_end or pairing.started_on
    rows = [cast.chance.choice(choices) for choices in cast.texts["goals"]]
    goals = [GoalText(row["text"], min(day + row["day"] * DAY, end)) for row in rows]
    write = partial(
        save_agreement,
        pairing,
        goals,
        planned_end=end,
        goal=pairing.goal or cast.texts["round"]["goal"],
        by=pairing.mentor,
        at=moment(day, 10),
    )
    yield Event(day, 10, write)
    for side, by, hour in ((Side.MENTOR, pairing.mentor, 11), (Side.MENTEE, pairing.mentee, 14)):
        yield Event(day, hour, partial(agree, pairing, side, by=by, at=moment(day, hour)))


def _reach_goals(pairing: Pairing, day: date) -> None:
    for goal in pairing.goals.filter(reached_on=None, by_day__lte=day):
        reach_goal(goal, by=pairing.mentor, at=moment(day, 13))


def _take_longer(cast: Cast, pairing: Pairing, planned_end: date) -> None:
    """Nothing happens in the last days; two more weeks are given, and then it goes well."""
    asked, longer = planned_end - 2 * DAY, planned_end + 14 * DAY
    events = list(_weeks(cast, pairing, end=longer))
    _sign(cast, pairing, asked)
    _live(events, asked - DAY)
    extend(pairing, longer, reason=cast.chance.choice(cast.texts["extensions"]), by=cast.hr, at=moment(asked, 15))
    for side, by in ((Side.MENTOR, pairing.mentor), (Side.MENTEE, pairing.mentee)):
        agree(pairing, side, by=by, at=moment(asked + DAY, 11))
    _sign(cast, pairing, planned_end)
    _live([event for event in events if event.day >= asked], min(longer + 4 * DAY, cast.story.today - DAY))


def _with_another(cast: Cast, pairing: Pairing) -> None:
    """After two weeks another mentor goes on."""
    day = pairing.started_on + 14 * DAY
    _go(cast, pairing, day - DAY)
    mentor = next(each for each in cast.ready if each not in {pairing.mentor, pairing.mentee})
    note = cast.chance.choice(cast.texts["changes"])
    new = change_mentor(pairing, mentor, on=day, reason_note=note, tell=False)
    _go(cast, new, min((new.planned_end or day) + 4 * DAY, cast.story.today - DAY))


def _change_desks(cast: Cast) -> None:
    """Colleagues who have been here for long learn another desk."""
    jobs = {code: _settled(cast, code) for _plan, code, _ago in CHANGES}
    for plan, code, ago in CHANGES:
        person = jobs[code].pop()
        _follow(cast, _pair(cast, person, cast.story.today - ago * DAY, plan), person)


def _settled(cast: Cast, job: str) -> list[User]:
    people = User.objects.filter(position__external_id=cast.story.kept["position"][job])
    people = people.filter(hired_on__lt=cast.story.first_day, left_on=None)
    return list(people.exclude(pk__in=[mentor.pk for mentor in cast.mentors]).order_by("-pk"))
