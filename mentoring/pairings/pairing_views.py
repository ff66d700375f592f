"""One pairing as its mentor, HR and supervisors see it, and the mentee's page of the own mentor."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mentoring.acts import GUIDE, HAVE_MENTOR, VIEW_MENTORING, VIEW_PAIRING
from mentoring.board.lines import Line, lines_of, reminders_of
from mentoring.board.states import with_state
from mentoring.checkins.learning import learning_of
from mentoring.checkins.overview import talks_of
from mentoring.evaluations.due import given_in, open_for, window, with_given
from mentoring.evaluations.models import Moment
from mentoring.evaluations.reading import mean_of_mentor, said_in
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import Side
from mentoring.pairings import graduation
from mentoring.pairings.models import Pairing
from mentoring.pairings.rights import leads, may_graduate, may_write, side_of
from trainingsite.core import days
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

STILL_SHOWN = timedelta(days=60)  # after the end, for the evaluation and to look back


def _rows(pairings: QuerySet[Pairing], on: date) -> QuerySet[Pairing]:
    """These with all that their page shows of them, in one query."""
    people = ("mentor__department", "mentee__department", "mentee__position", "plan__certification")
    return with_given(graduation.with_facts(pairings, on=on).select_related(*people))


def _standing(found: Any, user: User, day: date, rule: GuidanceRule) -> dict[str, Any]:
    """The agreement, the conditions and what may be done now."""
    side = side_of(found, user)
    asked = graduation.conditions(found)
    return {
        "pairing": found,
        "day": day,
        "side": side,
        "goals": list(found.goals.all()),
        "conditions": asked,
        "met": sum(each.is_met for each in asked),
        "ready": bool(asked) and all(each.is_met for each in asked),
        "to_evaluate": [moment for of, moment in open_for(found, day, rule, given_in(found)) if of == side],
        "may_write": may_write(user, found),
        "may_agree": _may_agree(found, side),
    }


def _may_agree(found: Pairing, side: Side | None) -> bool:
    if side is None or not found.is_open or found.planned_end is None:
        return False
    return (found.mentor_agreed_at if side == Side.MENTOR else found.mentee_agreed_at) is None


@require_GET
@allowed(VIEW_PAIRING)
def pairing(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about the pair: what is agreed and missing, the talks, what was said of each other, what happened."""
    user, day, rule = me(request), days.today(), GuidanceRule.objects.current()
    seen = Pairing.objects.filter(pk__in=Pairing.objects.visible_to(user).values("pk"))
    found: Any = get_object_or_404(_rows(with_state(seen, on=day, rule=rule), day), pk=pk)
    tab = request.GET.get("tab", "")
    tab = tab if tab in PARTS else ""
    context = {
        "pairing": found,
        "day": day,
        "side": side_of(found, user),
        "tab": tab,
        "is_mine": found.mentor_id == user.pk and user.may(GUIDE),
        "may_lead": found.is_open and leads(user, found),
        "may_graduate": may_graduate(user, found),
        "may_view_list": user.may(VIEW_MENTORING),
        **PARTS[tab](found, user, day, rule),
    }
    return render(request, "mentoring/pairings/pairing.html", context)


def _now(found: Pairing, user: User, day: date, rule: GuidanceRule) -> dict[str, Any]:
    shown = _standing(found, user, day, rule) | {"line": _line(found, user, day)}
    return shown | {"talks": talks_of(found, on=day), "learning": learning_of(found.mentee, on=day)}


def _line(found: Any, user: User, day: date) -> Line | None:
    """How the board judges a pair that goes on; mentees are not told how they are judged."""
    if not found.is_open or side_of(found, user) == Side.MENTEE:
        return None
    told = reminders_of([found], on=day) if found.state and leads(user, found) else None
    return next(lines_of([found], on=day, reminded=told))


def _said(found: Pairing, user: User, _day: date, rule: GuidanceRule) -> dict[str, Any]:
    """What was said, as far as the user may read it; the mentor gets the mean over all mentees."""
    is_mentor = side_of(found, user) == Side.MENTOR
    return {
        "evaluations": said_in(found, user),
        "days": [(moment.label, days) for moment in Moment if (days := window(found, moment, rule))],
        "mean": mean_of_mentor(found.mentor_id) if is_mentor else None,
        "is_mentor": is_mentor,
    }


def _past(found: Pairing, _user: User, _day: date, _rule: GuidanceRule) -> dict[str, Any]:
    others = found.mentee.pairings.exclude(pk=found.pk).select_related("mentor").order_by("-started_on", "-pk")
    return {"extensions": list(found.extensions.select_related("by")), "others": list(others)}


PARTS = {"": _now, "evaluations": _said, "history": _past}


@require_GET
@allowed(HAVE_MENTOR)
def my_mentor(request: HttpRequest) -> HttpResponse:
    """Who guides me, what we agreed on, when we talk next, and what is still to do."""
    user, day = me(request), days.today()
    mine = _rows(Pairing.objects.with_next_checkin(), day).filter(mentee=user)
    found: Any = (
        mine.filter(Q(ended_on=None) | Q(ended_on__gte=day - STILL_SHOWN)).order_by("-started_on", "-pk").first()
    )
    if found is None:
        return render(request, "mentoring/pairings/mentor.html", {"pairing": None})
    context = _standing(found, user, day, GuidanceRule.objects.current()) | {"talks": talks_of(found, on=day)}
    return render(request, "mentoring/pairings/mentor.html", context)
