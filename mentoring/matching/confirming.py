"""Make the pairings of a round: all of them or none."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.matching import barriers
from mentoring.matching.gone import without_guidance
from mentoring.matching.loading import load
from mentoring.matching.models import Match, MatchingRound, RoundState
from mentoring.matching.rounds import locked
from mentoring.matching.settling import save
from mentoring.pairings.actions import change_mentor, lock, pair, pair_many
from mentoring.pairings.models import Pairing
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.people.models import User

JOB = "matching-confirm"
Problems = dict[int, str]  # match → why it cannot be


class _Undone(Exception):  # noqa: N818 - never leaves this module
    """Some pairs cannot be made, so that none is."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self.problems = problems


def confirm_round(matching: MatchingRound, *, by: User, on: date, at: datetime, tell: bool = True) -> MatchingRound:
    """Pair all as proposed; everything is checked anew. A repeat changes nothing.

    When a pair may not be any more, nothing is created, and the reason stands at its row.
    """
    try:
        return _confirm(matching, by, on, at, tell)
    except _Undone as undone:
        problems = undone.problems
    _write_down(matching, problems)
    words = ngettext(
        "%(n)s pair cannot be made any more; nothing was created. The reason stands in its row.",
        "%(n)s pairs cannot be made any more; nothing was created. The reasons stand in their rows.",
        len(problems),
    )
    raise Refused(words % {"n": len(problems)}, code="not_possible", rows=_rows(matching, problems))


def _rows(matching: MatchingRound, problems: Problems) -> list[tuple[int, str, str]]:
    """The rows at fault as the page numbers them, each with the name."""
    rows = matching.matches.select_related("mentee")
    return [
        (number, "mentor", f"{row.mentee}: {problems[row.pk]}")
        for number, row in enumerate(rows, start=1)
        if row.pk in problems
    ]


def confirm_later(matching: MatchingRound, *, by: User) -> Job:
    """Let a worker do it, for a round of hundreds takes a while; a second job finds it done."""
    title = _("Pairings of “%(title)s”") % {"title": matching}
    arguments = {"round": matching.pk}
    return jobs.start(JOB, title=title, owner=by, arguments=arguments, back_url=matching.get_absolute_url())


@jobs.JOB_KINDS.registers(JOB)
def confirm_in_job(job: Job) -> str:
    matching, now = MatchingRound.objects.get(pk=job.arguments["round"]), clock.now()
    pairs = matching.matches.filter(mentor__isnull=False).count()
    jobs.progress(job, 0, pairs)  # all at once or none, so that there is nothing in between
    confirm_round(matching, by=job.owner, on=company_day(now), at=now)
    jobs.progress(job, pairs, pairs)
    return made_in_words(matching)


def made_in_words(matching: MatchingRound) -> str:
    """How many pairings came of it."""
    made = matching.matches.filter(pairing__isnull=False).count()
    words = ngettext("%(n)s pairing was made; both are told.", "%(n)s pairings were made; all are told.", made)
    return words % {"n": made}


@transaction.atomic
def _confirm(matching: MatchingRound, by: User, on: date, at: datetime, tell: bool) -> MatchingRound:
    found = MatchingRound.objects.select_for_update(of=("self",)).get(pk=matching.pk)
    if found.state == RoundState.CONFIRMED:
        return found
    found = locked(matching.pk)
    pairs = list(found.matches.filter(mentor__isnull=False).select_related("mentor", "mentee").order_by("pk"))
    if not pairs:
        raise Refused(_("There is nobody to pair."), code="nobody")
    problems = _make(found, pairs, by, on, tell)
    if problems:
        raise _Undone(problems)
    save(pairs)
    found.state, found.confirmed_at = RoundState.CONFIRMED, at
    found.save(update_fields=["state", "confirmed_at"])
    return found


def _make(found: MatchingRound, pairs: list[Match], by: User, on: date, tell: bool) -> Problems:
    """Pair each of them; one that is refused does not keep the others from being checked."""
    lock({match.mentor_id for match in pairs if match.mentor_id}, {match.mentee_id for match in pairs})
    first = max(found.starts_on, on)
    left = _left(pairs, first)
    clear = _clear(pairs, left, first)
    problems = _make_many(found, clear, first, tell)
    for match in pairs:
        if match in clear:
            continue
        try:
            with transaction.atomic():
                match.pairing = _pair(found, match, left.get(match.mentee_id), by, on, tell)
                match.problem = ""
        except Refused as refusal:
            problems[match.pk] = str(refusal.message)
    return problems


def _left(pairs: list[Match], first: date) -> dict[int, Pairing]:
    """By mentee the open pairings whose mentor is gone on the first day."""
    rows = without_guidance(first).filter(mentee__in=[match.mentee_id for match in pairs]).select_related("mentor")
    return {row.mentee_id: row for row in rows}


def _clear(pairs: list[Match], left: Mapping[int, Pairing], on: date) -> list[Match]:
    """Those that nothing stands between, each mentor's no more than there are places; seen for all at once."""
    mentors = list(dict.fromkeys(pk for match in pairs if (pk := match.mentor_id)))
    column = {pk: number for number, pk in enumerate(mentors)}
    known = load([match.mentee_id for match in pairs], mentors, on=on)
    barred = barriers.any_of(known, barriers.hard(known).values())
    taken: Counter[int] = Counter()
    clear = []
    for row, match in enumerate(pairs):
        assert match.mentor_id is not None  # noqa: S101 - only matches with a mentor are confirmed
        if barred[row, column[match.mentor_id]]:
            continue
        taken[match.mentor_id] += 1
        guide = known.guides[match.mentor_id]
        if match.mentee_id not in left and guide.load + taken[match.mentor_id] <= guide.capacity:
            clear.append(match)
    return clear


def _make_many(found: MatchingRound, clear: list[Match], on: date, tell: bool) -> Problems:
    """Pair all of these together; a template that cannot be begun is a problem of each."""
    people = [(match.mentor, match.mentee) for match in clear if match.mentor]
    try:
        made = pair_many(people, on=on, goal=found.goal, template=found.template, tell=tell)
    except Refused as refusal:
        return {match.pk: str(refusal.message) for match in clear}
    for match, pairing in zip(clear, made, strict=True):
        match.pairing, match.problem = pairing, ""
    return {}


def _pair(found: MatchingRound, match: Match, left: Pairing | None, by: User, on: date, tell: bool) -> Pairing:
    """A new pairing, or a change of mentor for whoever was left by theirs."""
    mentor, mentee = match.mentor, match.mentee
    assert mentor is not None  # noqa: S101 - only matches with a mentor are confirmed
    first = max(found.starts_on, on)
    if left is not None:
        _check_gone(left, on)
        note = _("Matching “%(title)s” by %(name)s") % {"title": found.title, "name": by}
        return change_mentor(left, mentor, on=on, starts_on=first, reason_note=note, tell=tell)
    return pair(mentor, mentee, on=first, goal=found.goal, template=found.template, tell=tell)


def _check_gone(left: Pairing, on: date) -> None:
    """Whoever leaves later guides until then; the pairing is not closed before."""
    day = left.mentor.left_on
    if day and day > max(on, left.started_on) and not without_guidance(on).filter(pk=left.pk).exists():
        facts = {"mentor": left.mentor, "day": date_format(day, "DATE_FORMAT")}
        raise Refused(
            _("%(mentor)s still guides until %(day)s; confirm from that day on.") % facts, code="still_guided"
        )


@transaction.atomic
def _write_down(matching: MatchingRound, problems: Problems) -> None:
    rows = list(Match.objects.select_for_update(of=("self",)).filter(round=matching.pk))
    for match in rows:
        match.problem = problems.get(match.pk, "")[:300]
    save(rows)
