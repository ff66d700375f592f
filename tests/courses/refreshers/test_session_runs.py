from datetime import date, time, timedelta

import pytest

from courses.models import Occurrence, Season, Session, SessionPlace
from courses.refreshers.actions import Rule, beat, run_now, save_rule
from courses.refreshers.whats import WHATS, Result, results_of
from courses.sessions.actions import schedule
from tests.courses.refreshers.conftest import moment, runs
from tests.factories.courses import AudienceFactory
from tests.factories.sessions import RoomFactory, SessionTemplateFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

FRIDAY, MONDAY = date(2026, 6, 12), date(2026, 6, 15)
DAY = timedelta(days=1)


@pytest.fixture
def team(hire):
    """Ten people, one of whom is HR: a quarter of them may be away at once, so two sessions seat them."""
    two = [hire(Role.HR, name="人力", tags=["内训种子"]), hire(tags=["内训种子"])]
    return [*two, *(hire() for _number in range(8))]


@pytest.fixture
def few(team):
    return AudienceFactory(conditions=[{"kind": "tag", "value": ["内训种子"]}])


def saved(audience, **template):
    found = SessionTemplateFactory(**{"minutes": 90, **template})
    rule = Rule(
        what="session",
        template=found,
        audience=audience,
        rrule="FREQ=MONTHLY;BYMONTHDAY=12",
        starts_on=FRIDAY,
        at_time=time(14),
        announce_days=14,
        reminders=(3,),
    )
    return save_rule(None, rule, by=None, at=moment(FRIDAY - 30 * DAY))


def told(kind):
    return Notice.objects.filter(kind=kind).count()


def test_session_is_planned_as_long_ahead_as_it_is_announced_with_everybody_who_fits(few, team):
    saved(few)

    assert [beat(at=moment(FRIDAY - days * DAY, 14)) for days in (15, 14, 14, 13)] == [0, 1, 0, 0]

    session = Session.objects.get()
    assert (session.title, session.starts_at, session.minutes, session.entry) == (
        "情绪与压力管理工作坊",
        moment(FRIDAY, 14),
        90,
        "assigned",
    )
    assert set(session.places.values_list("person", flat=True)) == {team[0].pk, team[1].pk}
    assert runs("on", "due_on", "state", "reached", "enrolled", "sessions")[0] == (
        FRIDAY,
        FRIDAY,
        "open",
        2,
        2,
        session.pk,
    )
    assert (told("session_planned"), told("refresher")) == (2, 0)


@pytest.mark.parametrize(("template", "facts"), [({"capacity": 1}, (1, 2)), ({"capacity": None}, (None, 10))])
def test_when_not_all_fit_or_may_be_away_people_sign_up_and_hr_hears_of_it(few, template, facts):
    audience = few if template["capacity"] else AudienceFactory()
    saved(audience, **template)

    beat(at=moment(FRIDAY - 14 * DAY, 14))

    session = Session.objects.get()
    assert (session.entry, session.audience, session.places.count()) == ("sign_up", audience, 0)
    (short,) = Notice.objects.filter(kind="refresher_short")
    assert ((short.facts["seats"], short.facts["people"]), short.person.name) == (facts, "人力")
    assert told("refresher_sign_up") == facts[1]


def test_template_that_people_sign_up_for_opens_the_sign_up(few):
    saved(few, entry="sign_up", capacity=12)

    beat(at=moment(FRIDAY - 14 * DAY, 14))

    assert (Session.objects.get().entry, told("refresher_short"), told("refresher_sign_up")) == ("sign_up", 0, 2)


def occupied(room, day):
    return schedule(
        title="别的会",
        starts_at=moment(day, 14),
        minutes=60,
        room=room,
        by=None,
        at=moment(FRIDAY - 30 * DAY),
        anyway=True,
    )


def test_taken_room_leads_to_the_next_working_day(few):
    room = RoomFactory()
    occupied(room, FRIDAY)
    saved(few, room=room)

    beat(at=moment(FRIDAY - 14 * DAY, 14))

    (run,) = Occurrence.objects.ran()
    assert (run.on, run.due_on, run.planned_on, run.shifted) == (MONDAY, MONDAY, FRIDAY, True)
    assert run.sessions.get().starts_at == moment(MONDAY, 14)


def test_blackout_is_passed_over(few):
    Season.objects.create(name="618", starts_on=FRIDAY, ends_on=date(2026, 6, 18))
    saved(few)

    beat(at=moment(FRIDAY - 14 * DAY, 14))

    assert Session.objects.get().starts_at.date() == date(2026, 6, 22)  # 19 June is the Dragon Boat Festival


def test_when_no_day_can_be_had_the_run_keeps_the_reason_and_hr_hears_it_once(few):
    room = RoomFactory(name="唯一的培训室")
    for number in range(20):
        occupied(room, FRIDAY + number * DAY)
    saved(few, room=room)

    for hour in (14, 15):
        beat(at=moment(FRIDAY - 14 * DAY, hour))

    run = Occurrence.objects.get(planned_on=FRIDAY)
    assert (run.state, "唯一的培训室" in run.problem, told("refresher_problem")) == ("planned", True, 1)
    beat(at=moment(FRIDAY, 14))
    run.refresh_from_db()
    assert (run.state, run.skipped_reason == run.problem) == ("skipped", True)


def test_session_missed_until_it_has_begun_is_not_planned(few):
    saved(few)

    assert beat(at=moment(FRIDAY, 14)) == 0
    assert runs("on", "state", "skipped_reason")[0] == (FRIDAY, "skipped", "missed")
    assert not Session.objects.exists()


def test_outage_until_the_day_before_still_plans_it(few):
    saved(few)

    assert beat(at=moment(FRIDAY - DAY, 20)) == 1


def test_who_was_there_is_the_result_and_who_was_not_is_unfinished(few, team):
    saved(few)
    beat(at=moment(FRIDAY - 14 * DAY, 14))
    (run,) = Occurrence.objects.ran().select_related("refresher")
    assert {person for person, _url in WHATS["session"].unfinished(run)} == {team[0].pk, team[1].pk}

    SessionPlace.objects.filter(person=team[0]).update(attended_at=clock.now())

    assert results_of([run]) == {run.pk: Result(2, 1)}
    assert WHATS["session"].unfinished(run) == [(team[1].pk, f"/sessions/{run.sessions.get().pk}/")]


def test_session_that_was_cancelled_counts_nobody(few):
    saved(few)
    beat(at=moment(FRIDAY - 14 * DAY, 14))
    Session.objects.update(cancelled_at=clock.now())
    (run,) = Occurrence.objects.ran().select_related("refresher")

    assert (results_of([run]), WHATS["session"].unfinished(run)) == ({run.pk: Result()}, [])


def test_run_now_plans_a_session_as_far_ahead_as_the_rule_announces_it(few):
    refresher = saved(few)

    runs_ = [run_now(refresher, reason="投诉上升", by=None, at=moment(date(2026, 5, 13))) for _click in range(2)]

    assert runs_[0] == runs_[1]
    assert Session.objects.get().starts_at == moment(date(2026, 5, 27), 14)


@pytest.mark.parametrize(
    ("template", "code"),
    [({"room": None}, "place_missing"), ({"retired_at": moment(date(2026, 1, 1))}, "template_retired")],
)
def test_template_that_cannot_be_used_is_refused(few, template, code):
    with pytest.raises(Refused) as refusal:
        saved(few, **template)
    assert (refusal.value.field, refusal.value.code) == ("template", code)


def test_session_needs_a_template_and_days_ahead(few):
    rule = Rule(what="session", audience=few, rrule="FREQ=MONTHLY", starts_on=FRIDAY, reminders=())
    for template, refusal_of in [(None, "template_missing"), (SessionTemplateFactory(), "announced_too_late")]:
        with pytest.raises(Refused) as refusal:
            save_rule(None, Rule(**{**vars(rule), "template": template}), by=None, at=moment(FRIDAY - DAY))
        assert refusal.value.code == refusal_of


def test_form_offers_templates_in_use(db):
    known, _retired = SessionTemplateFactory(), SessionTemplateFactory(retired_at=clock.now())

    assert list(WHATS["session"].fields()["template"].queryset) == [known]
