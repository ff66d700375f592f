from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from analytics.models import Reading
from mentoring.models import Ramp, RampBand, RampRule
from mentoring.ramp.actions import reckon, save_rule, values_of
from mentoring.ramp.models import SETTLED
from mentoring.ramp.tasks import reckon_ramps
from tests.factories.people import PersonFactory
from tests.mentoring.ramp.conftest import APRIL, DAY, JANUARY, TODAY, figures
from trainingsite.core import clock
from trainingsite.core.days import start_of
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role


def facts(person):
    return Ramp.objects.filter(person=person).values_list("first_contact_on", "proficient_on", "days", "left").first()


def test_bands_of_earlier_cohorts_by_day_and_settled(rule, earlier, reckoned):
    reckoned()

    first, tenth, settled = (RampBand.objects.get(day=day) for day in (1, 10, SETTLED))
    assert (first.metric, first.low, first.middle, first.high, first.people) == ("satisfaction", 60, 60, 60, 6)
    assert (tenth.low, tenth.middle, tenth.high) == pytest.approx((67.5, 68 + 1 / 3, 69 + 1 / 6))  # smoothed
    assert settled.people == 6
    assert RampBand.objects.count() == 31
    assert settled.low == 82


def test_people_of_the_present_quarter_are_not_in_the_band(rule, earlier, newcomer, reckoned):
    newcomer("王小明", APRIL, [10] * 30)

    reckoned()

    assert RampBand.objects.get(day=1).people == 6


def test_fewer_than_five_earlier_people_make_no_band_and_nobody_proficient(rule, newcomer, reckoned):
    people = [newcomer(f"前辈{n}", JANUARY, [90] * 30) for n in range(4)]

    reckoned()

    assert not RampBand.objects.exists()
    assert facts(people[0]) == (JANUARY, None, 30, False)


def test_proficient_on_the_first_day_of_the_run(rule, earlier, newcomer, reckoned):
    person = newcomer("王小明", APRIL, [70, 95, 50, 50, 90, 90, 90, 90, 90])

    reckoned()

    assert facts(person) == (APRIL, APRIL + 6 * DAY, 7, False)  # smoothed over three days


def test_leaver_is_censored_on_the_last_day_and_one_on_the_way_today(rule, earlier, newcomer, reckoned):
    leaver = newcomer("李走", APRIL, [60] * 8, left_on=APRIL + 9 * DAY)
    beginner = newcomer("周新", TODAY - 4 * DAY, [60, None, 60])
    slow = newcomer("吴慢", APRIL, [60] * 30)

    reckoned()

    assert facts(leaver) == (APRIL, None, 9, True)
    assert facts(beginner) == (TODAY - 4 * DAY, None, 5, False)
    assert facts(slow) == (APRIL, None, 30, False)  # no further than is looked at


def test_who_leaves_later_is_no_leaver_yet_and_who_was_proficient_stays_so(rule, earlier, newcomer, reckoned):
    going = newcomer("李将走", TODAY - 4 * DAY, [60] * 5, left_on=TODAY + DAY)
    done = newcomer("赵出师", APRIL, [90] * 8, left_on=APRIL + 9 * DAY)
    after = newcomer("钱后走", JANUARY, [60] * 30, left_on=APRIL + 9 * DAY)

    reckoned()

    assert facts(going) == (TODAY - 4 * DAY, None, 5, False)
    assert facts(done) == (APRIL, APRIL, 1, False)
    assert facts(after) == (JANUARY, None, 30, False)  # was seen to the end


def test_transferred_person_keeps_the_history(rule, earlier, newcomer, reckoned, company):
    person = newcomer("王小明", APRIL, [60] * 5)
    person.department = company["sales"]
    person.save()
    figures(person, APRIL + 5 * DAY, [90] * 5)

    reckoned()

    assert facts(person)[:2] == (APRIL, APRIL + 7 * DAY)


def test_all_chosen_figures_count(rule, earlier, newcomer, reckoned):
    rule.metrics = ["satisfaction", "complaint-rate"]
    rule.save()
    for one in earlier:
        figures(one, JANUARY, [9] * 9 + [2, 3] * 10, metric="complaint-rate")
    person, other = (newcomer(name, APRIL, [90] * 12) for name in ("王小明", "周新"))
    figures(person, APRIL, [9] * 4 + [1] * 8, metric="complaint-rate")

    reckoned()

    assert facts(person)[:2] == (APRIL, APRIL + 6 * DAY)  # lower is better: 1 is better than the band
    assert facts(other)[:2] == (APRIL, None)  # one figure was never measured


def test_repeat_changes_nothing_and_says_since_when(rule, earlier, reckoned):
    first = reckoned()
    before = list(Ramp.objects.order_by("pk").values())

    again = reckoned(at=start_of(TODAY) + timedelta(hours=5))

    assert (first, again) == (6, 0)
    assert list(Ramp.objects.order_by("pk").values()) == before
    rule.refresh_from_db()
    assert rule.reckoned_at == start_of(TODAY) + timedelta(hours=5)


def test_reckoning_is_no_change_of_the_rule(rule, earlier, reckoned):
    events = RampRule.pgh_event_model.objects.count()

    reckoned()

    assert RampRule.objects.get().modified_at == rule.modified_at
    assert RampRule.pgh_event_model.objects.count() == events


def test_next_day_moves_only_those_on_the_way(rule, earlier, newcomer, reckoned):
    newcomer("周新", TODAY - 4 * DAY, [60, 60])
    reckoned()

    assert reckoned(TODAY + DAY) == 1


def test_corrected_readings_count_and_gone_newcomers_go(rule, earlier, newcomer, reckoned):
    person = newcomer("王小明", APRIL, [90] * 5)
    reckoned()
    Reading.objects.filter(person=person).update(superseded_at=timezone.now())

    assert reckoned() == 1
    assert facts(person) is None


def test_nothing_there_reckons_to_nothing(db, reckoned):
    """The rule's row is made, so that it is known when ramps were reckoned."""
    assert reckoned() == 0
    assert RampRule.objects.get().reckoned_at == start_of(TODAY)


def test_rule_changed_meanwhile_keeps_nothing(rule, earlier):
    def change(done, _total):
        if done == 6:
            RampRule.objects.update(run_days=9)

    assert reckon(on=TODAY, at=start_of(TODAY), tell=change) == 0
    assert (Ramp.objects.count(), RampBand.objects.count()) == (0, 0)


def test_tells_how_far_it_is(rule, earlier, monkeypatch):
    monkeypatch.setattr("mentoring.ramp.measuring.BATCH", 4)
    heard = []

    reckon(on=TODAY, at=start_of(TODAY), tell=lambda done, total: heard.append((done, total)))

    assert heard == [(4, 6), (6, 6)]


def test_batches_give_the_same_bands(rule, earlier, reckoned, monkeypatch):
    reckoned()
    whole = list(RampBand.objects.order_by("day").values_list("day", "low", "high", "people"))
    monkeypatch.setattr("mentoring.ramp.measuring.BATCH", 1)

    assert reckoned() == 0
    assert list(RampBand.objects.order_by("day").values_list("day", "low", "high", "people")) == whole


def test_task_reckons_as_of_today(rule, long_ago):
    today = clock.today()
    figures(PersonFactory(hired_on=today - 9 * DAY), today - 2 * DAY, [80])

    assert [reckon_ramps(), reckon_ramps()] == [1, 0]
    assert Ramp.objects.get().days == 3


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="陈人力", department="centre")


def test_changed_rule_is_reckoned_in_a_job(rule, earlier, hr):
    values = replace(values_of(rule), run_days=25, metrics=["satisfaction"])

    job = save_rule(values, by=hr)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.back_url) == ("done", 6, 6, "/mentoring/ramp/")
    assert values_of(RampRule.objects.get()) == values
    assert Ramp.objects.count() == 6


def test_same_rule_again_changes_nothing(rule, hr):
    assert save_rule(values_of(rule), by=hr) is None
    assert not Job.objects.exists()


def test_other_goal_needs_no_reckoning(rule, hr):
    assert save_rule(replace(values_of(rule), goal_days=28), by=hr) is None
    assert (RampRule.objects.get().goal_days, Job.objects.count()) == (28, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"metrics": []}, "metrics"),
        ({"metrics": ["nothing"]}, "metrics"),
        ({"metrics": ["completion-rate"]}, "metrics"),
        ({"settled_from": 30}, "settled_from"),
        ({"run_days": 31}, "run_days"),
        ({"low": 50}, "low"),
        ({"high": 50}, "high"),
        ({"cohort_months": 2}, "cohort_months"),
    ],
    ids=["none", "unknown", "not of readings", "settles late", "long run", "low", "high", "short"],
)
def test_bad_rule_is_refused(rule, hr, changes, field):
    with pytest.raises(Refused) as refusal:
        save_rule(replace(values_of(rule), **changes), by=hr)

    assert refusal.value.field == field
    assert values_of(RampRule.objects.get()) == values_of(rule)


def test_band_reaches_from_the_tenth_to_the_ninetieth_percentile_unless_hr_says_otherwise(db):
    rule = RampRule.objects.current()

    assert (rule.low, rule.high) == (10, 90)
