"""The pages: one's own path, somebody's, and giving paths to many."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.learning_paths.actions import accept, close
from assessments.learning_paths.assigning import assign_in_job
from assessments.learning_paths.suggestions import suggest
from assessments.models import CurrentLevel, LearningPath, PathAssignment
from assessments.ratings.recording import Piece, record
from courses.enrolment.actions import complete_many, enrol
from courses.models import Competency, Enrolment
from tests.factories.learning_paths import has_level, teaching
from trainingsite.core import clock
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)
MINE = reverse("my-path")


@pytest.fixture
def today(db):
    return clock.today()


def begun(person, *courses):
    found = suggest(person, clock.today())
    chosen = [course.pk for course in courses] or [step.course.pk for step in found.steps]
    return accept(person, mark=found.mark, courses=chosen, at=clock.now())


def text_of(response):
    return " ".join(response.content.decode().split())


def sent(person, **given):
    found = suggest(person, clock.today())
    return {"mark": found.mark, "courses": [step.course.pk for step in found.steps], **given}


def test_the_suggestion_says_what_first_why_and_how_long(as_, jing, offered, today):
    response = as_(jing).get(MINE)
    assert [step.course for step in response.context["suggestion"].steps] == [
        offered.typing,
        offered.basics,
        offered.empathy,
    ]
    assert response.context["pace"] == (2, today + 7 * DAY)
    assert response.context["chosen"] == {offered.typing.pk, offered.basics.pk, offered.empathy.pk}


def test_the_pace_is_the_readers(as_, jing, offered, today):
    assert as_(jing).get(MINE, {"hours": 1}).context["pace"] == (1, today + 13 * DAY)
    assert as_(jing).get(MINE, {"hours": "999"}).context["pace"].hours == 2


def test_accepting_leads_to_the_open_path(as_, jing, offered, today):
    response = as_(jing).post(MINE, sent(jing, due_on=(today + 9 * DAY).isoformat()), follow=True)
    found = response.context["found"]
    assert (found.path.due_on, found.next.step.course, found.done, found.minutes) == (
        today + 9 * DAY,
        offered.typing,
        0,
        110,
    )
    assert Enrolment.objects.filter(person=jing).count() == 3


def test_accepting_twice_takes_on_one(as_, jing, offered):
    data = sent(jing)
    client = as_(jing)
    client.post(MINE, data)
    assert client.post(MINE, data).status_code == 422
    assert LearningPath.objects.count() == 1


def test_a_stale_suggestion_shows_the_new_one_and_changes_nothing(as_, jing, offered):
    data = sent(jing)
    has_level(jing, Competency.objects.get(code="typing"), 4)
    response = as_(jing).post(MINE, data, follow=True)
    assert [step.course for step in response.context["suggestion"].steps] == [offered.basics, offered.empathy]
    assert len(response.context["messages"]) == 1
    assert not LearningPath.objects.exists()
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"courses": []}, "请至少选择一门课程"),
        ({"due_on": "2020-01-01"}, "这个日期已过"),
        ({"due_on": "morgen"}, "有效的日期"),
        ({"courses": ["x", "9" * 40]}, "请至少选择一门课程"),
    ],
    ids=["nothing", "past", "no date", "no numbers"],
)
def test_bad_input_is_named_and_changes_nothing(as_, jing, offered, given, words):
    response = as_(jing).post(MINE, sent(jing, **given))
    assert response.status_code == 422
    assert words in text_of(response)
    assert not LearningPath.objects.exists()


@pytest.mark.parametrize("case", ["no profile", "no gap", "no course"])
def test_without_a_step_the_page_says_why(as_, jing, hire, case):
    person = hire(Role.TRAINEE) if case == "no profile" else jing
    if case == "no gap":
        for code in ("typing", "empathy"):
            has_level(jing, Competency.objects.get(code=code), 3)
    response = as_(person).get(MINE)
    words = {"no profile": "还没有岗位画像", "no gap": "岗位要求的能力都已具备", "no course": "没有课程能补上差距"}
    assert words[case] in text_of(response)


def test_a_finished_path_says_what_moved(as_, hire, jing, offered):
    path = begun(jing, offered.typing)
    typing = Competency.objects.get(code="typing")
    assess = Piece(
        jing.pk, typing.pk, "assessment", "1", "听录音", Decimal(70), clock.now(), by_id=hire(Role.MENTOR).pk
    )
    record([assess])
    complete_many([(step.enrolment, clock.now()) for step in path.steps.all()])
    ended = as_(jing).get(MINE).context["ended"]
    assert (ended.path, ended.done, ended.courses) == (path, 1, 1)
    now = CurrentLevel.objects.get(person=jing, competency=typing).level
    assert [(move.before, move.after, move.went_up) for move in ended.moved] == [(1, now, True)]


def test_ending_asks_why(as_, jing, offered):
    path = begun(jing)
    client = as_(jing)
    client.post(reverse("path-close", args=[path.pk]), {"reason": ""})
    path.refresh_from_db()
    assert path.closed_at is None
    client.post(reverse("path-close", args=[path.pk]), {"reason": "先忙大促"})
    path.refresh_from_db()
    assert path.closed_reason == "先忙大促"


@pytest.mark.parametrize(
    ("role", "department", "status"),
    [
        (Role.HR, "centre", 302),
        (Role.SUPERVISOR, "care", 302),
        (Role.SUPERVISOR, "sales", 404),
        (Role.AUDITOR, "centre", 404),
    ],
    ids=["hr", "supervisor", "stranger", "auditor"],
)
def test_who_may_end_the_path_of_another(as_, hire, jing, offered, role, department, status):
    path = begun(jing)
    client = as_(hire(role, department=department))
    assert client.post(reverse("path-close", args=[path.pk]), {"reason": "换岗"}).status_code == status
    path.refresh_from_db()
    assert bool(path.closed_at) is (status == 302)


def test_the_supervisor_sees_the_same_without_the_form(as_, hire, jing, offered):
    response = as_(hire(Role.SUPERVISOR)).get(reverse("person-path", args=[jing.pk]))
    assert response.context["suggestion"] == suggest(jing, clock.today())
    assert 'name="mark"' not in text_of(response)


@pytest.mark.parametrize("courses", [1, 12])
@pytest.mark.parametrize("state", ["suggested", "open", "closed"])
def test_queries_of_both_pages(as_, hire, jing, offered, django_assert_max_num_queries, courses, state):
    for number in range(courses):
        teaching(f"课程 {number}", 10 + number, typing=3)
    if state != "suggested":
        path = begun(jing)
    if state == "closed":
        close(path, reason="换岗", at=clock.now())
    client = as_(jing)
    with django_assert_max_num_queries(12):
        client.get(MINE)
    client = as_(hire(Role.SUPERVISOR))
    with django_assert_max_num_queries(12):
        client.get(reverse("person-path", args=[jing.pk]))


def test_leaving_a_course_out_recounts_and_drops_what_only_it_needs(as_, jing, offered, today):
    ticks = {"picked": 1, "courses": [offered.typing.pk, offered.basics.pk], "changed": offered.empathy.pk}
    response = as_(jing).get(MINE, ticks)
    assert response.context["chosen"] == {offered.typing.pk}
    assert (response.context["count"], response.context["minutes"]) == (1, 30)
    assert response.context["pace"].done_on == today + 2 * DAY
    assert "1 门课程，" in text_of(response)


@pytest.mark.parametrize("ticks", [{}, {"courses": ["x", "9" * 40], "changed": "y"}], ids=["none", "nonsense"])
def test_nothing_may_be_ticked(as_, jing, offered, ticks):
    response = as_(jing).get(MINE, {"picked": 1, **ticks})
    assert (response.context["chosen"], response.context["first"]) == (set(), None)


def test_a_course_that_was_open_keeps_its_day_and_the_path_says_so(as_, jing, offered, today):
    enrol(jing, offered.typing, on=today, due_on=today + 40 * DAY)
    assert as_(jing).get(MINE).context["rows"][0][0].due_on == today + 40 * DAY
    response = as_(jing).post(MINE, sent(jing, due_on=(today + 9 * DAY).isoformat()), follow=True)
    found = response.context["found"]
    assert (found.path.due_on, found.due_later) == (today + 9 * DAY, today + 40 * DAY)
    assert found.next.step.course == offered.typing


# --- Many at once ---


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def typing(jing):
    return Competency.objects.get(code="typing")


def address(typing, **more):
    return reverse("assign-paths", query={"competency": typing.pk, **more})


def test_the_preview_says_who_gets_what_and_who_does_not(as_, hr, hire, jing, offered, typing):
    busy = hire(Role.TRAINEE, name="王芳", position=jing.position)
    begun(busy, offered.basics, offered.empathy)
    able = hire(Role.TRAINEE, name="刘洋", position=jing.position)
    has_level(able, typing, 3)
    found = as_(hr).get(address(typing)).context["found"]
    assert [(row.person, row.state, row.minutes) for row in found.rows] == [(jing, "", 30), (busy, "open", 0)]
    assert (found.count, found.minutes) == (2, 30)


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({"level": 2}, 1),
        ({"level": 4}, 0),
        ({"department": "care"}, 1),
        ({"department": "sales"}, 0),
        ({"profile": 0}, 0),
    ],
    ids=str,
)
def test_the_gap_is_narrowed(as_, hr, company, jing, offered, typing, more, count):
    more = {key: company[value].pk if key == "department" else value for key, value in more.items()}
    assert as_(hr).get(address(typing, **more)).context["found"].count == count


def test_assigning_leads_to_what_came_of_it(as_, hr, jing, offered, typing, today):
    client = as_(hr)
    response = client.post(address(typing), {"people": [jing.pk], "due_on": (today + 20 * DAY).isoformat()})
    made = PathAssignment.objects.get()
    assert response.url == reverse("path-assignment", args=[made.pk])
    page = client.get(response.url)
    assert (page.context["over"], page.context["rows"]) == (False, [])
    Job.objects.filter(pk=made.job_id).update(state="done", summary=assign_in_job(made.job))
    page = client.get(response.url)
    assert [(row.path.person, row.minutes) for row in page.context["rows"]] == [(jing, 30)]
    client.post(reverse("path-assignment-undo", args=[made.pk]))
    made.refresh_from_db()
    assert made.undone_at is not None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"people": []}, "请至少选择一个人"),
        ({"due_on": "2020-01-01"}, "这个日期已过"),
        ({"due_on": ""}, "必填"),
        ({"people": ["0"]}, "不在管理范围"),
    ],
    ids=["nobody", "past", "no date", "unknown"],
)
def test_bad_assignments_are_named_and_change_nothing(as_, hr, jing, offered, typing, today, given, words):
    data = {"people": [jing.pk], "due_on": (today + DAY).isoformat(), **given}
    response = as_(hr).post(address(typing), data)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not PathAssignment.objects.exists()


def test_a_supervisor_gives_only_the_own_people_paths(as_, hire, jing, offered, typing, today):
    client = as_(hire(Role.SUPERVISOR, department="sales"))
    assert client.get(address(typing)).context["found"].rows == ()
    assert client.post(address(typing), {"people": [jing.pk], "due_on": today.isoformat()}).status_code == 422
    assert not PathAssignment.objects.exists()


@pytest.mark.parametrize("people", [1, 30])
def test_queries_of_the_preview(as_, hr, hire, jing, offered, typing, django_assert_max_num_queries, people):
    for _number in range(people):
        hire(Role.TRAINEE, position=jing.position)
    client = as_(hr)
    with django_assert_max_num_queries(12):
        client.get(address(typing))


@pytest.mark.parametrize("people", [1, 30])
def test_queries_of_what_was_assigned(
    as_, hr, hire, jing, offered, typing, today, django_assert_max_num_queries, people
):
    hired = [hire(Role.TRAINEE, position=jing.position).pk for _number in range(people)]
    client = as_(hr)
    client.post(address(typing), {"people": hired, "due_on": today.isoformat()})
    made = PathAssignment.objects.get()
    assign_in_job(made.job)
    Job.objects.filter(pk=made.job_id).update(state="done")
    for page in (reverse("path-assignment", args=[made.pk]), reverse("path-assignments")):
        with django_assert_max_num_queries(12):
            client.get(page)
