"""The demo company: what the README and the documentation say of it is there, and its history is no news."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum

from analytics.models import Reading
from assessments.models import (
    Appeal,
    Attempt,
    Certificate,
    Invitation,
    ItemTally,
    Override,
    Question,
    QuestionFlag,
    Quiz,
    QuizTally,
    Regrade,
    Response,
)
from assessments.questions.models import Kind
from courses.curriculum.models import Reask
from courses.models import Course, CourseVersion, DueException, Enrolment, Occurrence, Refresher, Topic, Unit
from courses.player.models import Note
from courses.refreshers.models import State
from courses.refreshers.whats import results_of
from mentoring.board import states as board
from mentoring.guidance.models import GuidanceRule
from mentoring.matching.repair import orphaned
from mentoring.models import (
    CheckIn,
    Evaluation,
    Extension,
    JobPlan,
    KeepApart,
    MatchingRound,
    MentorProfile,
    Pairing,
    Ramp,
    TaskSignOff,
    Wish,
)
from mentoring.ramp.survival import survival
from trainingsite.core.demo import tell
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Department, User

TODAY = date(2026, 6, 30)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield tell(TODAY)
        transaction.set_rollback(True)


def test_the_company_has_150_people_in_six_departments_of_three_levels(story):
    levels = Department.objects.values_list("depth").annotate(Count("pk")).order_by("depth")

    assert list(levels) == [(1, 1), (2, 2), (3, 3)]
    assert User.objects.employed(TODAY - timedelta(days=1)).count() == 150
    assert User.objects.filter(is_service=False, left_on__lt=TODAY).count() == 20
    assert not User.objects.filter(is_service=False, department=None).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.API_CLIENT])
def test_every_role_has_its_login(story, role):
    person = User.objects.get(username=role.value)

    assert role in person.roles
    assert person.check_password("kefu-demo-2026")


def test_every_topic_has_courses_of_three_units_and_enough_questions(story):
    taught = Topic.objects.filter(courses__isnull=False).distinct()
    assert (taught.count(), Topic.objects.filter(parent=None).count()) == (11, 14)
    for topic in taught:
        with_quiz = Unit.objects.in_use().filter(kind="quiz").values("course")
        courses = Course.objects.filter(topic=topic, pk__in=with_quiz)
        offered = Unit.objects.in_use().filter(course__in=courses).values_list("course").annotate(n=Count("pk"))
        assert courses.count() >= 2
        assert min(n for _course, n in offered) >= 3
        assert Question.objects.filter(topic=topic).count() >= 25


def test_history_spans_two_years_and_ends_today(story):
    first, last = story.first_day, TODAY

    for model, field in ((Attempt, "submitted_at__date"), (Reading, "day"), (Enrolment, "assigned_on")):
        days = model.objects.values_list(field, flat=True).order_by(field)
        assert days.first() <= first + timedelta(days=31)
        assert last - timedelta(days=7) <= days.last() <= last
    assert Occurrence.objects.count() >= 24
    assert CheckIn.objects.filter(held_on__isnull=False).count() >= 100


def test_history_tells_nobody(story):
    assert Notice.objects.count() == 0


def test_there_is_something_to_do_for_everybody(story):
    assert Enrolment.objects.open().filter(person__username="trainee").exists()
    assert Enrolment.objects.overdue(TODAY).count() >= 5
    assert DueException.objects.waiting().exists()
    assert Pairing.objects.open().filter(mentor__username="mentor", mentee__username="trainee").exists()
    assert Invitation.objects.filter(person__username="trainee", answered_on=None).exists()
    assert Certificate.objects.count() >= 50
    assert Note.objects.filter(enrolment__person__username="trainee").exists()


def test_what_was_completed_was_passed(story):
    completed = Enrolment.objects.completed()
    with_quiz = Unit.objects.filter(kind="quiz").values("course")
    without = completed.filter(course__in=with_quiz).exclude(attempts__passed=True)

    # Who was asked only for what a version changed has passed the quiz with the version before.
    versions = CourseVersion.objects.filter(course=OuterRef("course"), number=OuterRef("version"))
    before = completed.filter(person=OuterRef("person"), course=OuterRef("course"), version__lt=OuterRef("version"))
    carried = Q(Exists(versions.filter(reask=Reask.CHANGED))) & Q(Exists(before.filter(attempts__passed=True)))
    assert without.exclude(carried).count() == 0
    assert completed.filter(completed_at__date__gt=TODAY).count() == 0


def test_the_bank_has_questions_of_every_kind_each_with_its_reason(story):
    ready = Question.objects.in_use()

    assert ready.count() >= 300
    assert set(ready.values_list("kind", flat=True)) == set(Kind.values)
    assert not Question.objects.filter(current__explanation="").exists()
    assert Question.objects.filter(status="draft").exists()
    assert Question.objects.exclude(tags=[]).exists()
    assert Question.objects.exclude(category=None).values("topic").distinct().count() == 2


def test_the_exam_asks_every_part_of_the_work(story):
    exam = Quiz.objects.get(unit__course__code="quarterly-exam", practice=False)
    taken = Response.objects.filter(attempt__quiz=exam)
    asked = set(taken.values_list("version__question__kind", flat=True))

    assert exam.sections.count() == 5
    assert asked >= {"single", "multiple", "best_reply", "case", "typing", "essay", "hotspot"}
    assert exam.attempts.filter(state="graded", passed=True).exists()
    assert exam.attempts.filter(state="graded", passed=False).exists()
    assert Override.objects.filter(quiz=exam, extra_minutes__gt=0).count() == 1
    assert set(Quiz.objects.values_list("behaviour", flat=True)) >= {"deferred", "interactive", "certainty"}
    assert Quiz.objects.filter(practice=True).exists()


def test_every_kind_was_answered_rightly_and_wrongly(story):
    answered = Response.objects.exclude(answer=None)
    kinds = set(answered.values_list("version__question__kind", flat=True))

    assert kinds == set(Kind.values)
    for kind in kinds - {"essay", "upload"}:
        of_kind = answered.filter(version__question__kind=kind)
        assert of_kind.filter(fraction=1).exists(), kind
        assert of_kind.filter(fraction__lt=1).exists(), kind


def test_somebody_has_to_mark_and_to_answer(story):
    waiting = Response.objects.filter(needs_person=True)

    assert waiting.filter(attempt__quiz__unit__course__code="quarterly-exam").count() == 6
    assert waiting.filter(attempt__quiz__second_marker=True).count() == 3
    assert sorted(Appeal.objects.values_list("state", flat=True)) == ["open", "upheld"]


def test_a_question_with_a_wrong_key_was_graded_again(story):
    regrade = Regrade.objects.get()

    assert (regrade.state, regrade.question.code) == ("done", "qe-001")
    assert regrade.changes.higher().count() >= 20


def test_statistics_are_counted_and_flag_what_misbehaves(story):
    graded = Quiz.objects.filter(practice=False, attempts__state="graded").distinct()

    assert QuizTally.objects.filter(quiz__in=graded, stale=False).count() == graded.count()
    assert ItemTally.objects.exists()
    assert QuestionFlag.objects.filter(question__code="qe-002").exists()


def test_the_desk_got_better_with_the_training(story):
    def satisfaction(begin, end):
        sums = Reading.objects.filter(metric__code="satisfaction", day__gte=begin, day__lt=end).aggregate(
            good=Sum("numerator"), rated=Sum("denominator")
        )
        return sums["good"] / sums["rated"]

    month = timedelta(days=30)
    assert satisfaction(TODAY - month, TODAY) > satisfaction(story.first_day, story.first_day + month)


def test_refreshers_of_several_kinds_have_run_with_results_and_will_run_again(story):
    ran = list(Occurrence.objects.ran().select_related("refresher"))
    done = {run.refresher.what for run in ran if results_of([run])[run.pk].done}

    assert Refresher.objects.count() >= 5
    assert done >= {"quiz", "session"}
    assert Occurrence.objects.to_come().values("refresher").distinct().count() >= 4


def test_runs_that_were_left_out_say_why_and_none_was_missed(story):
    skipped = Occurrence.objects.filter(state=State.SKIPPED)

    assert {run.refresher.title for run in skipped.exclude(by_hand=False)} == {"平台规则月度复训", "月度角色扮演考核"}
    assert not skipped.filter(by_hand=False).exists()
    assert not Occurrence.objects.exclude(problem="").exists()


def test_some_runs_were_shifted_over_days_off(story):
    shifted = [run for run in Occurrence.objects.ran().filter(planned_on__isnull=False) if run.shifted]

    assert shifted
    assert all(run.on.weekday() < 5 or run.on != run.planned_on for run in shifted)


def test_newcomers_were_guided_by_plans_and_graduated(story):
    graduated = JobPlan.objects.filter(outcome="graduated", ended_on__gt=TODAY - timedelta(days=365))

    assert graduated.count() >= 20
    assert not graduated.filter(tasks__is_required=True, tasks__done_on=None, pairings__end_note="").exists()
    assert set(TaskSignOff.objects.values_list("result", flat=True)) >= {"done", "not_yet"}
    assert set(Pairing.objects.ended().values_list("end_reason", flat=True)) == {"reached", "changed", "left"}
    assert set(Evaluation.objects.values_list("side", "moment").distinct()) == {
        (side, moment) for side in ("mentee", "mentor") for moment in ("half", "end")
    }
    assert Extension.objects.exists()


def test_pairs_are_on_track_late_and_at_risk(story):
    judged = board.with_state(Pairing.objects.open(), on=TODAY, rule=GuidanceRule.objects.current())

    assert set(judged.values_list("state", flat=True)) == set(board.State)
    assert judged.get(mentee__username="trainee").state == board.State.ON_TRACK
    assert CheckIn.objects.filter(held_on=None, escalated_at__isnull=False).exists()
    assert orphaned(TODAY).count() == 2


def test_hr_has_a_round_to_look_at_and_one_that_was_confirmed(story):
    states = MatchingRound.objects.order_by("pk").values_list("state", flat=True)
    draft = MatchingRound.objects.get(state="draft")

    assert list(states) == ["confirmed", "draft"]
    assert draft.matches.count() == 5
    assert (Wish.objects.exists(), KeepApart.objects.count()) == (True, 2)


def test_mentors_hold_the_certificate_but_for_two(story):
    rule = GuidanceRule.objects.current()
    profiles = MentorProfile.objects.active(TODAY)
    without = profiles.exclude(pk__in=profiles.certified(TODAY, rule))

    assert without.count() == 2
    held = Certificate.objects.filter(certification=rule.certification, person__in=without.values("person"))
    assert [certificate.expires_on < TODAY for certificate in held] == [True]


def test_later_newcomers_settled_in_sooner_though_some_left(story):
    def median(ramps):
        found = survival(*zip(*ramps.values_list("days", "proficient"), strict=True))
        return found.median

    ramps = Ramp.objects.annotate(proficient=Q(proficient_on__isnull=False))
    half = TODAY - timedelta(days=365)
    early, late = ramps.filter(first_contact_on__lt=half), ramps.filter(first_contact_on__gte=half)

    assert 38 <= median(early) <= 52
    assert 26 <= median(late) <= 39
    assert ramps.filter(left=True).exists()
