"""Evidence of quizzes, courses and checklists, recorded in the transaction in which they happen."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.attempts.actions import save_answer, start, submit
from assessments.attempts.grading import settle
from assessments.marking.actions import Verdict, mark
from assessments.models import CurrentLevel, Evidence, Response
from assessments.ratings.backfill import COLLECT, collect_all
from assessments.ratings.recording import void
from assessments.ratings.sources import label_of, link_of
from courses.checklists.actions import ItemDraft, checklist_of, save_checklist, sign, take_back
from courses.competencies.actions import retire_competency, set_teaches
from courses.enrolment.actions import complete_many, complete_unit
from courses.enrolment.models import Scope
from tests.assessments.conftest import NOON
from tests.factories.assessments import QuestionFactory, put
from tests.factories.courses import EnrolmentFactory, UnitFactory
from tests.factories.ratings import DAY, competency
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.notices.actions import silence
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def skills(asked, empathy):
    """The first two questions test empathy, the third rules; of the first two the second counts three points."""
    rules = competency("rules", title="规则熟悉度")
    for question, of in zip(asked, (empathy, empathy, rules), strict=True):
        question.competency = of
        question.save()
    return empathy, rules


def shown():
    rows = Evidence.objects.standing().order_by("competency", "pk")
    return [(row.source, row.competency.code, row.key, row.score) for row in rows]


def taken(enrolment, quiz, *right, at=NOON):
    """An attempt in which these questions, by position, are answered right, all others wrong."""
    attempt = start(enrolment, quiz, at=at)
    for position, response in enumerate(attempt.responses.select_related("version"), start=1):
        options = response.version.content["options"]
        answer = [one["id"] for one in options if one["correct"] == (position in right)]
        answer = answer if position in right else answer[:1]
        save_answer(attempt, position, answer, position, at=at)
    return submit(attempt, at=at + timedelta(minutes=5))


# --- Quizzes --------------------------------------------------------------------------------------------------------


def test_a_graded_quiz_shows_each_competency_of_its_questions_by_points(enrolment, quiz, skills):
    quiz.items.filter(position=1).update(points=3)
    attempt = taken(enrolment, quiz, 1, 3)
    assert shown() == [
        ("quiz", "empathy", f"attempt:{attempt.pk}", Decimal("25.00")),
        ("quiz", "rules", f"attempt:{attempt.pk}", Decimal("100.00")),
    ]
    made = Evidence.objects.first()
    assert (made.title, made.at, made.by) == (
        "七天无理由退货 · 测验:七天无理由退货",
        NOON + timedelta(minutes=5),
        None,
    )
    assert CurrentLevel.objects.get(competency__code="empathy").pieces == 1


def test_a_quiz_without_competencies_shows_nothing(enrolment, quiz):
    taken(enrolment, quiz, 1)
    assert (Evidence.objects.count(), CurrentLevel.objects.count()) == (0, 0)


def test_a_retired_competency_gets_no_evidence(enrolment, quiz, skills):
    retire_competency(skills[1], at=NOON)
    taken(enrolment, quiz, 3)
    assert [row[1] for row in shown()] == ["empathy"]


def test_practice_is_no_evidence(enrolment, quiz, skills):
    quiz.practice = True
    quiz.save()
    taken(enrolment, quiz, 1, 2, 3)
    assert shown() == []


def test_a_typing_test_is_a_source_of_its_own(enrolment, quiz, skills, asked):
    attempt = taken(enrolment, quiz, 1, 2)
    asked[2].kind = "typing"
    asked[2].save()
    Response.objects.filter(attempt=attempt, version__question=asked[2]).update(fraction=Decimal("0.5"))
    settle(attempt, at=NOON)
    assert [(row[0], row[3]) for row in shown()] == [("quiz", Decimal("100.00")), ("typing", Decimal("50.00"))]


def test_an_answer_that_cost_points_earned_none(enrolment, quiz, skills):
    attempt = taken(enrolment, quiz, 2)
    Response.objects.filter(attempt=attempt, fraction=0).update(fraction=Decimal("-0.5"))
    settle(attempt, at=NOON)
    assert [row[3] for row in shown()] == [Decimal("50.00"), Decimal("0.00")]


def test_each_attempt_is_an_event_and_the_next_one_another(enrolment, quiz, skills):
    first, second = taken(enrolment, quiz), taken(enrolment, quiz, 1, 2, 3, at=NOON + DAY)
    assert [(row[2], row[3]) for row in shown() if row[1] == "empathy"] == [
        (f"attempt:{first.pk}", Decimal("0.00")),
        (f"attempt:{second.pk}", Decimal("100.00")),
    ]


def test_a_changed_mark_corrects_and_grading_the_same_again_does_nothing(enrolment, quiz, skills):
    attempt = taken(enrolment, quiz, 1)
    settle(attempt, at=NOON)
    assert Evidence.objects.count() == 2
    attempt.responses.filter(position=2).update(fraction=1)
    settle(attempt, at=NOON)
    assert shown()[0] == ("quiz", "empathy", f"attempt:{attempt.pk}#2", Decimal("100.00"))
    assert [(row.void.reason, row.void.by) for row in Evidence.objects.exclude(void=None)] == [
        ("成绩有更正", None),
    ]


def test_a_question_that_counts_no_more_takes_its_evidence_along(enrolment, quiz, skills):
    attempt = taken(enrolment, quiz, 1, 3)
    attempt.responses.filter(position=3).update(points=0)
    settle(attempt, at=NOON)
    assert [row[1] for row in shown()] == ["empathy"]


def test_what_people_mark_waits_for_them_and_a_corrected_mark_corrects(enrolment, quiz, empathy, course, hire):
    essay = QuestionFactory(topic=course.topic, kind="essay", content={}, competency=empathy)
    quiz.items.all().delete()
    put(quiz, essay)
    attempt = start(enrolment, quiz, at=NOON)
    save_answer(attempt, 1, "先安抚客户，再查订单。", 1, at=NOON)
    submit(attempt, at=NOON)
    assert shown() == []
    marker = hire(Role.ASSESSOR)
    course.owner = marker
    course.save()
    response = attempt.responses.get()
    mark(response, Verdict(percent=60), by=marker, at=NOON)
    mark(response, Verdict(percent=75), by=marker, at=NOON)
    assert [(row[2], row[3]) for row in shown()] == [(f"attempt:{attempt.pk}#2", Decimal("75.00"))]


# --- Courses --------------------------------------------------------------------------------------------------------


@pytest.fixture
def taught(course, empathy):
    article = UnitFactory(course=course, kind="article")
    set_teaches(course, [(empathy, 3)])
    return article


def test_a_completed_course_is_worth_the_middle_of_the_level_it_teaches(enrolment, taught):
    complete_unit(enrolment, taught, at=NOON)
    complete_unit(enrolment, taught, at=NOON)
    assert shown() == [("course", "empathy", f"enrolment:{enrolment.pk}", Decimal("79.00"))]
    assert (label_of("course"), label_of("gone")) == ("完成课程", "gone")


def test_many_completions_are_recorded_at_once(course, taught, hire, django_assert_max_num_queries):
    enrolments = [EnrolmentFactory(person=hire(), course=course) for _ in range(20)]
    with django_assert_max_num_queries(40):
        complete_many([(one, NOON) for one in enrolments])
    assert Evidence.objects.filter(score=79, at=NOON).count() == 20


def test_a_refresher_of_the_quiz_alone_is_no_completed_course(trainee, course, taught):
    again = EnrolmentFactory(person=trainee, course=course, scope=Scope.ASSESSMENT)
    complete_many([(again, NOON)])
    assert shown() == []


def test_a_course_that_teaches_nothing_is_no_evidence(enrolment, course):
    complete_unit(enrolment, UnitFactory(course=course, kind="article"), at=NOON)
    assert shown() == []


# --- Checklists -----------------------------------------------------------------------------------------------------


@pytest.fixture
def checklist(course, empathy):
    set_teaches(course, [(empathy, 2)])
    UnitFactory(course=course, kind="article")
    unit = UnitFactory(course=course, kind="checklist", title="上机实操")
    items = [ItemDraft("建单"), ItemDraft("查物流"), ItemDraft("改价"), ItemDraft("讲解", is_required=False)]
    return save_checklist(checklist_of(unit), introduction="", items=items)


def test_a_checklist_counts_once_all_that_is_required_is_signed_off(enrolment, checklist, supervisor):
    first, second, third, extra = checklist.items.all()
    for item in (first, second):
        sign(enrolment, item, "done", by=supervisor, at=NOON)
    assert shown() == []
    sign(enrolment, third, "done", by=supervisor, at=NOON + DAY)
    key = f"checklist:{enrolment.pk}:{checklist.unit_id}"
    assert shown() == [("checklist", "empathy", key, Decimal("45.00"))]
    made = Evidence.objects.get()
    assert (made.by, made.at, made.title) == (supervisor, NOON + DAY, "上机实操")
    sign(enrolment, extra, "done", by=supervisor, at=NOON + DAY)
    assert shown() == [("checklist", "empathy", f"{key}#2", Decimal("60.00"))]
    assert CurrentLevel.objects.get().level == 2
    assert link_of(made, supervisor) == f"/sign-offs/{enrolment.pk}/units/{checklist.unit_id}/"
    assert link_of(made, enrolment.person) == f"/learn/{enrolment.pk}/checklists/{checklist.unit_id}/"


def test_a_sign_off_that_is_taken_back_takes_the_evidence_along(enrolment, checklist, supervisor):
    signs = [sign(enrolment, item, "done", by=supervisor, at=NOON) for item in checklist.items.all()[:3]]
    take_back(signs[0], by=supervisor, at=NOON)
    assert (shown(), CurrentLevel.objects.get().level) == ([], None)
    sign(enrolment, signs[0].item, "done", by=supervisor, at=NOON)
    assert [row[3] for row in shown()] == [Decimal("45.00")]


@pytest.mark.parametrize(("taught", "worth"), [(1, 25), (2, 60), (3, 79), (4, 94)])
def test_a_full_sign_off_is_evidence_of_the_level_that_the_course_teaches(
    enrolment, checklist, supervisor, course, empathy, taught, worth
):
    set_teaches(course, [(empathy, taught)])
    for item in checklist.items.all():
        sign(enrolment, item, "done", by=supervisor, at=NOON)
    assert ([row[3] for row in shown()], CurrentLevel.objects.get().level) == ([Decimal(worth)], taught)


def test_a_checklist_of_a_course_that_teaches_nothing_is_no_evidence(enrolment, checklist, supervisor, course):
    set_teaches(course, [])
    for item in checklist.items.all():
        sign(enrolment, item, "done", by=supervisor, at=NOON)
    assert shown() == []


# --- What happened before -------------------------------------------------------------------------------------------


@pytest.fixture
def past(enrolment, quiz, skills, checklist, supervisor, course, hire):
    """A graded attempt, a signed checklist and a completed course, all of before ratings were there."""
    with silence():
        taken(enrolment, quiz, 1)
        for item in checklist.items.all():
            sign(enrolment, item, "done", by=supervisor, at=NOON)
        complete_many([(EnrolmentFactory(person=hire(), course=course), NOON)])
    assert not Evidence.objects.exists()


def test_what_happened_before_is_collected_once(past):
    heard = []
    assert collect_all(lambda *far: heard.append(far)) == 4
    assert sorted(row[0] for row in shown()) == ["checklist", "course", "quiz", "quiz"]
    assert (collect_all(), heard[-1]) == (0, (3, 3))


def test_what_somebody_voided_is_not_collected_again(past, supervisor):
    collect_all()
    void(Evidence.objects.filter(source="course").get(), reason="代学", by=supervisor, at=NOON + 4000 * DAY)
    assert (collect_all(), Evidence.objects.standing().filter(source="course").exists()) == (0, False)


def test_a_job_collects_and_says_how_much(past, supervisor):
    job = jobs.start(COLLECT, title="补采", owner=supervisor, arguments={})
    jobs.run(job.pk)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.done, done.total, "4" in done.summary) == ("done", 3, 3, True)
