"""Taking a path on, following it, ending it."""

from datetime import date, timedelta

import pytest

from assessments.learning_paths.actions import accept, close
from assessments.learning_paths.suggestions import suggest
from assessments.models import LearningPath
from courses.enrolment.actions import complete_many, enrol, withdraw
from courses.models import Competency, Enrolment
from tests.factories.learning_paths import NOON, has_level, teaching
from tests.factories.planning import SeasonFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

TODAY = NOON.date()
DAY = timedelta(days=1)
LATER = NOON + 2 * DAY


def take(person, *courses, **given):
    """Accept the courses, all without any, of what is suggested now."""
    found = suggest(person, TODAY)
    chosen = [course.pk for course in courses] or [step.course.pk for step in found.steps]
    return accept(person, **{"mark": found.mark, "courses": chosen, "at": NOON, **given})


def steps(path):
    return [(step.course.title, step.gave, step.enrolment.due_on, step.minutes) for step in path.steps.all()]


def done(*enrolments, at=LATER):
    complete_many([(each, at) for each in enrolments])


def test_accepting_enrols_with_dates_in_order(jing, offered):
    path = take(jing, due_on=TODAY + 11 * DAY)
    assert steps(path) == [
        ("打字提速", True, TODAY + 3 * DAY, 30),
        ("沟通基础", True, TODAY + 5 * DAY, 20),
        ("共情进阶", True, TODAY + 11 * DAY, 60),
    ]
    assert (path.origin, path.given_by, path.begun_at, path.due_on) == ("accepted", None, NOON, TODAY + 11 * DAY)
    typing = Competency.objects.get(code="typing")
    assert path.steps.first().closes == [{"competency": typing.pk, "from": 1, "to": 3, "need": 3}]
    assert Notice.objects.count() == 0  # what one does oneself is no news


def test_without_a_date_it_is_due_at_two_hours_a_week(jing, offered):
    assert take(jing).due_on == TODAY + 7 * DAY  # 110 minutes


def test_what_is_due_keeps_clear_of_peak_seasons(jing, offered):
    SeasonFactory(starts_on=TODAY + 4 * DAY, ends_on=TODAY + 20 * DAY)
    path = take(jing, due_on=TODAY + 11 * DAY)
    assert {due for _title, _gave, due, _minutes in steps(path)} == {TODAY + 3 * DAY}
    assert path.due_on == TODAY + 3 * DAY


def test_an_open_course_is_linked_and_keeps_its_date(jing, offered):
    held = enrol(jing, offered.typing, on=TODAY, due_on=TODAY + 40 * DAY)
    path = take(jing)
    assert steps(path)[0] == ("打字提速", False, TODAY + 40 * DAY, 30)
    assert path.steps.first().enrolment == held
    assert Enrolment.objects.count() == 3


def test_steps_may_be_left_out(jing, offered):
    assert [row[0] for row in steps(take(jing, offered.typing))] == ["打字提速"]


def refused(code, **given):
    def attempt(person, *courses):
        with pytest.raises(Refused) as caught:
            take(person, *courses, **given)
        assert caught.value.code == code
        assert LearningPath.objects.filter(person=person, closed_at=None).count() == Enrolment.objects.count() == 0

    return attempt


def test_a_course_without_what_it_needs_is_refused(jing, offered):
    refused("course_needed_first")(jing, offered.empathy)


def test_nothing_chosen_is_refused(jing, offered):
    refused("no_course_chosen", courses=[])(jing)


def test_a_course_that_is_not_suggested_counts_for_nothing(jing, offered):
    refused("no_course_chosen")(jing, teaching("别的课程", 10))


def test_a_past_date_is_refused(jing, offered):
    refused("due_in_past", due_on=date(2026, 5, 31))(jing)


def test_another_suggestion_than_the_one_seen_is_refused(jing, offered):
    found = suggest(jing, TODAY)
    has_level(jing, Competency.objects.get(code="typing"), 2)
    refused("suggestion_changed", mark=found.mark)(jing)


def test_a_second_path_is_refused(jing, offered):
    first = take(jing, offered.typing)
    found = suggest(jing, TODAY)
    with pytest.raises(Refused) as caught:
        accept(jing, mark=found.mark, courses=[offered.typing.pk], at=NOON)
    assert caught.value.code == "path_open"
    assert list(LearningPath.objects.all()) == [first]


def test_a_path_is_done_with_its_last_course(jing, offered):
    path = take(jing)
    first, second, third = [step.enrolment for step in path.steps.all()]
    done(first, second)
    path.refresh_from_db()
    assert path.closed_at is None
    has_level(jing, Competency.objects.get(code="typing"), 3)
    done(third)
    path.refresh_from_db()
    typing, empathy = Competency.objects.get(code="typing"), Competency.objects.get(code="empathy")
    assert (path.closed_at, path.closed_reason) == (LATER, "")
    by_competency = {row.pop("competency"): row for row in path.moved}
    assert by_competency[typing.pk] == {"from": 1, "to": 3, "need": 3}
    assert by_competency.keys() == {typing.pk, empathy.pk}
    notice = Notice.objects.get(kind="path_done")
    assert notice.facts["moved"][0] == [typing.title, 1, 3]


def test_a_withdrawn_course_does_not_keep_the_path_open(jing, offered):
    path = take(jing)
    first, second, third = [step.enrolment for step in path.steps.all()]
    withdraw(third, reason="转岗", at=NOON)
    done(first, second)
    path.refresh_from_db()
    assert path.closed_at == LATER


def test_a_step_follows_the_enrolment_that_completed_its_course(jing, offered):
    path = take(jing, offered.typing)
    withdraw(path.steps.get().enrolment, reason="重新开始", at=NOON)
    again = enrol(jing, offered.typing, on=TODAY)
    done(again)
    path.refresh_from_db()
    assert (path.steps.get().enrolment, path.closed_at) == (again, LATER)


def test_another_course_moves_no_path(jing, offered, hire):
    path = take(jing, offered.typing)
    done(enrol(jing, offered.basics, on=TODAY), enrol(hire(), offered.typing, on=TODAY))
    path.refresh_from_db()
    assert path.closed_at is None


def test_ending_a_path_keeps_its_courses(jing, offered):
    path = take(jing)
    ended = close(path, reason="换岗,先停", at=LATER)
    assert (ended.closed_at, ended.closed_reason) == (LATER, "换岗,先停")
    assert Enrolment.objects.open().count() == 3
    assert close(path, reason="再来一次", at=LATER + DAY).closed_reason == "换岗,先停"
    assert take(jing).pk != path.pk  # the next one may be begun


def test_ending_without_a_reason_is_refused(jing, offered):
    path = take(jing)
    with pytest.raises(Refused) as caught:
        close(path, reason="  ", at=LATER)
    assert caught.value.code == "reason_missing"
    path.refresh_from_db()
    assert path.closed_at is None
