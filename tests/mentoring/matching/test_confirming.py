"""All pairings of a round are made, or none is."""

from datetime import timedelta

import pytest

from mentoring.matching import rounds
from mentoring.matching.confirming import confirm_later, confirm_round
from mentoring.models import JobPlanTemplate, Pairing
from tests.factories.job_plans import JobPlanFactory
from tests.factories.mentoring import PairingFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.actions import run
from trainingsite.core.jobs.models import JobState
from trainingsite.notices.models import Notice

DAY = timedelta(days=1)


@pytest.fixture
def confirm(hr, today):
    return lambda matching: confirm_round(matching, by=hr, on=today, at=clock.now())


def test_confirming_makes_all_pairings_with_plan_and_goal(begin, mentee, mentor, confirm, today):
    template = JobPlanTemplate.objects.create(title="四周带教", weeks=4)
    template.tasks.create(week=1, phase="observe", text="旁听十通电话")
    people, guide = [mentee("甲"), mentee("乙")], mentor("李静")
    matching = begin(people, {guide: 2}, template=template, goal="独立接待", starts_on=today + 3 * DAY)

    confirmed = confirm(matching)

    made = Pairing.objects.open().order_by("mentee__name")
    facts = [(row.mentor, row.goal, row.started_on, row.plan.template) for row in made]
    assert facts == [(guide, "独立接待", today + 3 * DAY, template)] * 2
    assert (confirmed.state, set(confirmed.matches.values_list("pairing", flat=True))) == (
        "confirmed",
        {row.pk for row in made},
    )


def test_a_repeat_makes_nothing_twice(begin, mentee, mentor, confirm):
    matching = begin([mentee()], {mentor(): 1})

    confirm(matching)
    confirm(matching)

    assert Pairing.objects.count() == 1
    assert Notice.objects.filter(kind="pairing_started").count() == 2


def test_a_pair_that_may_not_be_any_more_is_named_and_nothing_is_made(begin, mentee, mentor, confirm):
    first, second = mentee("甲"), mentee("乙")
    matching = begin([first, second], {mentor("李静"): 2})
    PairingFactory(mentee=second, mentor=mentor("先到"))

    with pytest.raises(Refused) as refusal:
        confirm(matching)

    matching.refresh_from_db()
    problems = dict(matching.matches.values_list("mentee__name", "problem"))
    assert (matching.state, first.pairings.exists(), problems["甲"]) == ("draft", False, "")
    assert "先到" in problems["乙"]
    assert refusal.value.rows == [(2, "mentor", f"乙: {problems['乙']}")]


def test_a_problem_is_gone_after_solving_again(begin, mentee, mentor, confirm, today):
    first, second = mentee("甲"), mentee("乙")
    matching = begin([first, second], {mentor("李静"): 2})
    PairingFactory(mentee=second, mentor=mentor("先到"))
    with pytest.raises(Refused):
        confirm(matching)

    rounds.solve_round(matching, on=today)
    confirm(matching)

    assert first.pairings.get().mentor.name == "李静"
    assert matching.matches.get(mentee=second).pairing is None


def test_a_mentor_who_lost_places_meanwhile_stops_it(begin, mentee, mentor, confirm):
    guide = mentor("李静", capacity=1)
    matching = begin([mentee("甲")], {guide: 1})
    PairingFactory(mentor=guide)

    with pytest.raises(Refused, match="1"):
        confirm(matching)

    assert guide.guided_pairings.count() == 1


def test_whose_mentor_is_gone_gets_another_with_the_same_goal(begin, mentee, mentor, confirm, today):
    gone = mentor("离职", left_on=today)
    old = PairingFactory(mentor=gone, mentee=mentee("王小明"), started_on=today - 9 * DAY, goal="独立接待")
    matching = begin([old.mentee], {mentor("周敏"): 1})

    confirm(matching)

    old.refresh_from_db()
    new = old.mentee.pairings.open().get()
    assert (old.end_reason, old.ended_on) == ("changed", today)
    assert (new.mentor.name, new.goal, new.started_on) == ("周敏", "独立接待", today)


def test_a_large_round_is_confirmed_by_a_worker(begin, mentee, mentor, hr):
    matching = begin([mentee("甲"), mentee("乙")], {mentor("李静"): 2})

    job = confirm_later(matching, by=hr)
    run(job.pk)
    run(confirm_later(matching, by=hr).pk)

    job.refresh_from_db()
    assert (job.state, job.back_url, "2" in job.summary) == (JobState.DONE, matching.get_absolute_url(), True)
    assert Pairing.objects.count() == 2


def test_a_worker_names_the_rows_that_cannot_be(begin, mentee, mentor, hr):
    matching = begin([mentee("甲")], {mentor("李静"): 1})
    PairingFactory(mentee=matching.matches.get().mentee, mentor=mentor("先到"))

    job = confirm_later(matching, by=hr)
    run(job.pk)

    job.refresh_from_db()
    assert (job.state, [number for number, _text in job.problems]) == (JobState.FAILED, [1])


def test_nobody_to_pair_is_refused(begin, mentee, mentor, confirm):
    with pytest.raises(Refused) as refusal:
        confirm(begin([mentee()], {mentor(load=3): 1}))

    assert refusal.value.code == "nobody"


def test_a_confirmed_round_is_not_discarded(begin, mentee, mentor, confirm):
    matching = confirm(begin([mentee()], {mentor(): 1}))

    with pytest.raises(Refused) as refusal:
        rounds.discard_round(matching)

    assert refusal.value.code == "confirmed"


def test_a_round_whose_day_has_come_begins_today(begin, mentee, mentor, hr, today):
    matching = begin([mentee()], {mentor(): 1})

    confirm_round(matching, by=hr, on=today + 2 * DAY, at=clock.now())

    assert Pairing.objects.get().started_on == today + 2 * DAY


def test_a_mentor_with_one_place_left_for_two_is_named_at_the_second(begin, mentee, mentor, confirm):
    guide = mentor("李静", capacity=2)
    matching = begin([mentee("甲"), mentee("乙")], {guide: 2})
    PairingFactory(mentor=guide)

    with pytest.raises(Refused) as refusal:
        confirm(matching)

    assert [row for row, _field, _text in refusal.value.rows] == [2]
    assert guide.guided_pairings.count() == 1


def test_a_template_that_is_retired_is_said_at_every_row(begin, mentee, mentor, confirm):
    template = JobPlanTemplate.objects.create(title="四周带教", weeks=4)
    template.tasks.create(week=1, phase="observe", text="旁听十通电话")
    matching = begin([mentee("甲"), mentee("乙")], {mentor("李静"): 2}, template=template)
    JobPlanTemplate.objects.update(retired_at=clock.now())

    with pytest.raises(Refused) as refusal:
        confirm(matching)

    assert [row for row, _field, _text in refusal.value.rows] == [1, 2]


def test_a_plan_that_has_begun_goes_on(begin, mentee, mentor, confirm, today):
    template = JobPlanTemplate.objects.create(title="四周带教", weeks=4)
    template.tasks.create(week=1, phase="observe", text="旁听十通电话")
    person = mentee("甲")
    plan = JobPlanFactory(mentee=person, started_on=today - 3 * DAY)
    confirm(begin([person, mentee("乙")], {mentor("李静"): 2}, template=template))

    assert person.pairings.get().plan == plan
    assert person.pairings.get().planned_end == plan.ends_on
    assert person.job_plans.count() == 1
