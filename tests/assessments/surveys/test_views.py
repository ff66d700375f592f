from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.models import Reply, Survey
from assessments.surveys.actions import answer, send
from assessments.surveys.panels import waiting
from assessments.surveys.results import results_of
from tests.factories.people import PersonFactory
from tests.factories.surveys import SurveyFactory
from trainingsite.core import clock
from trainingsite.core.jobs.actions import run
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR, name="陈人力"))


@pytest.fixture
def make(today):
    """`make(people=…, …)`: a survey open from today for a week; with people it is sent, before which they are hired."""

    def survey(people=0, **fields):
        made = SurveyFactory(**{"opens_on": today, "closes_on": today + timedelta(days=7)} | fields)
        if people:
            PersonFactory.create_batch(people)
            send(made, at=clock.now())
            made.refresh_from_db()
        return made

    return survey


def reply(survey, *given):
    """Everybody who was invited answers, in turn, with one of these triples."""
    keys = list(survey.questions.values_list("pk", flat=True))
    for invitation, answers in zip(survey.invitations.select_related("person"), given, strict=False):
        answer(survey, invitation.person, dict(zip(keys, answers, strict=False)), at=clock.now())


def posted(today, questions=(("scale", "讲得清楚吗", ""),), **fields):
    data = {
        "title": "培训反馈",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=7)).isoformat(),
        "audience-source": "rule",
        "audience-confirmed": "on",  # everybody
        "questions": str(len(questions)),
    }
    for number, (kind, text, options) in enumerate(questions):
        data |= {f"q{number}-kind": kind, f"q{number}-text": text, f"q{number}-options": options}
    return data | fields


def test_hr_makes_a_draft(hr, today):
    questions = (("scale", "讲得清楚吗", ""), ("choice", "节奏如何", "快\n\n 慢 \n"))

    response = hr.post(reverse("survey-new"), posted(today, questions, is_anonymous="on", **{"q0-is_required": "on"}))

    survey = Survey.objects.get()
    assert response["Location"] == reverse("survey", args=[survey.pk])
    assert (survey.title, survey.is_anonymous, survey.released_at) == ("培训反馈", True, None)
    assert list(survey.questions.values_list("kind", "text", "options", "is_required")) == [
        ("scale", "讲得清楚吗", [], True),
        ("choice", "节奏如何", ["快", "慢"], False),
    ]


@pytest.mark.parametrize(
    ("fields", "where", "field"),
    [
        ({"title": ""}, "form", "title"),
        ({"opens_on": "bald"}, "form", "opens_on"),
        ({"closes_on": "2020-01-01"}, "form", "closes_on"),
        ({"opens_on": "2199-12-01"}, "form", "closes_on"),
        ({"q0-text": ""}, "question", "text"),
        ({"q0-kind": "essay"}, "question", "kind"),
        ({"q0-kind": "choice", "q0-options": "一个"}, "question", "options"),
        ({"audience-source": "saved"}, "who", "saved"),
    ],
)
def test_bad_input_is_named_at_its_field_and_saves_nothing(hr, today, fields, where, field):
    response = hr.post(reverse("survey-new"), posted(today, **fields))

    page = response.context["page"]
    form = {"form": page.form, "who": page.who, "question": page.builder.forms[0]}[where]
    assert (response.status_code, list(form.errors), Survey.objects.count()) == (422, [field], 0)


@pytest.mark.parametrize(
    ("step", "texts"),
    [
        ("add", ["一", "二", "三", None]),
        ("remove-1", ["一", "三"]),
        ("up-2", ["一", "三", "二"]),
        ("down-0", ["二", "一", "三"]),
        ("up-0", ["一", "二", "三"]),
        ("down-2", ["一", "二", "三"]),
        ("remove-9", ["一", "二", "三"]),
        ("dance", ["一", "二", "三"]),
    ],
)
def test_steps_move_the_questions_and_save_nothing(hr, today, step, texts):
    data = posted(today, [("text", text, "") for text in ("一", "二", "三")], step=step)

    response = hr.post(reverse("survey-new"), data)

    forms = response.context["page"].builder.forms
    assert ([form.initial.get("text") for form in forms], Survey.objects.count()) == (texts, 0)


def test_step_of_htmx_changes_the_questions_only(hr, today):
    response = hr.post(reverse("survey-new"), posted(today, step="add"), headers={"HX-Request": "true"})

    assert ('name="q1-text"' in response.content.decode(), "<html" in response.content.decode()) == (True, False)


def test_sent_survey_can_no_longer_be_edited_or_deleted(hr, make):
    survey = make(people=1)

    pages = [reverse(name, args=[survey.pk]) for name in ("survey-edit", "survey-delete")]

    assert [hr.post(page).status_code for page in pages] == [404, 404]


def test_draft_shows_the_preview_and_how_many_it_reaches(hr, make):
    context = hr.get(reverse("survey", args=[make().pk])).context

    assert (context["reached"], [question.text for question, _ in context["form"].rows()]) == (
        1,
        ["讲得清楚吗", "节奏如何", "建议"],
    )


def test_sending_starts_a_job_that_asks_everybody_once_though_clicked_twice(hr, make):
    survey = make()

    places = [hr.post(reverse("survey-send", args=[survey.pk]))["Location"] for _ in range(2)]
    for job in Job.objects.all():
        run(job.pk)

    assert (places[0], survey.invitations.count()) == (reverse("job", args=[Job.objects.earliest("pk").pk]), 1)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_survey_of_a_later_day_waits(hr, make, today):
    survey = make(opens_on=today + timedelta(days=2))

    assert hr.post(reverse("survey-send", args=[survey.pk]))["Location"] == reverse("survey", args=[survey.pk])
    assert (hr.get(reverse("survey", args=[survey.pk])).context["state"], Job.objects.count()) == ("scheduled", 0)


def test_survey_without_questions_is_not_sent(hr, make):
    survey = make(questions=[])

    hr.post(reverse("survey-send", args=[survey.pk]))

    survey.refresh_from_db()
    assert (survey.released_at, Job.objects.count()) == (None, 0)


def test_results_count_the_answers(make):
    survey = make(people=4)
    reply(survey, ("4", "快", "多些案例"), ("5", "快", ""), ("3", "慢", "谢谢"))

    results = results_of(survey)

    scale, choice, text = results.questions
    assert (results.invited, results.replied, results.rate) == (4, 3, 0.75)
    assert (scale.counts, scale.mean) == ([("1", 0), ("2", 0), ("3", 1), ("4", 1), ("5", 1)], 4.0)
    assert (choice.counts, choice.mean, sorted(text.texts)) == ([("快", 2), ("慢", 1)], None, ["多些案例", "谢谢"])


@pytest.mark.parametrize(("replies", "hidden"), [(4, True), (5, False)])
def test_anonymous_answers_stay_hidden_below_five(hr, make, replies, hidden):
    survey = make(people=6, is_anonymous=True)
    reply(survey, *[("4", "快", "秘密")] * replies)

    page = hr.get(reverse("survey", args=[survey.pk]))
    download = hr.get(reverse("survey-export", args=[survey.pk]))

    assert ("秘密" in page.content.decode(), page.context["results"].hidden) == (not hidden, hidden)
    assert download.status_code == (302 if hidden else 200)


def csv_of(response):
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_export_of_a_named_survey_has_names(hr, make, today):
    survey = make(people=1)
    reply(survey, ("4", "快", "=1+1"))

    person = Reply.objects.get().person
    lines = csv_of(hr.get(reverse("survey-export", args=[survey.pk])))

    assert lines[1] == f"{person.employee_number},{person.name},{today},4,快,'=1+1"


def test_export_of_an_anonymous_survey_has_no_names(hr, make):
    survey = make(people=5, is_anonymous=True)
    reply(survey, *[("4", "快", "")] * 5)

    lines = csv_of(hr.get(reverse("survey-export", args=[survey.pk])))

    assert lines == ["讲得清楚吗,节奏如何,建议", *["4,快,"] * 5]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["草稿", "待发", "进行", "截止"]),
        ("state=draft", ["草稿"]),
        ("state=scheduled", ["待发"]),
        ("state=open", ["进行"]),
        ("state=closed", ["截止"]),
        ("q=进&sort=title", ["进行"]),
        ("state=x&sort=x", ["草稿", "待发", "进行", "截止"]),
    ],
)
def test_list_is_filtered_by_the_address(hr, make, today, query, found):
    now, day = clock.now(), timedelta(days=1)
    make(title="截止", opens_on=today - 9 * day, closes_on=today - day, released_at=now, sent_at=now)
    make(title="进行", opens_on=today - 3 * day, released_at=now, sent_at=now)
    make(title="待发", opens_on=today + day, released_at=now)
    make(title="草稿", opens_on=today + 2 * day)

    assert [survey.title for survey, _state, _level in hr.get(f"/surveys/?{query}").context["rows"]] == found


@pytest.mark.parametrize("rows", [1, 20])
def test_list_takes_seven_queries(hr, make, rows, django_assert_max_num_queries):
    for _ in range(rows):
        make()

    with django_assert_max_num_queries(7):
        hr.get("/surveys/")


@pytest.mark.parametrize("replies", [6, 30])
def test_results_take_nine_queries(hr, make, replies, django_assert_max_num_queries):
    survey = make(people=replies)
    reply(survey, *[("4", "快", "好")] * replies)

    with django_assert_max_num_queries(9):
        hr.get(reverse("survey", args=[survey.pk]))


@pytest.fixture
def trainee(hire):
    return hire(name="王小明")


def fill(client, survey, *given):
    fields = {f"q{pk}": value for pk, value in zip(survey.questions.values_list("pk", flat=True), given, strict=False)}
    return client.post(reverse("survey-answer", args=[survey.pk]), fields)


def test_trainee_answers_once_and_a_second_click_is_harmless(as_, trainee, make):
    survey, client = make(people=1), as_(trainee)

    first, second = fill(client, survey, "4", "快", "好"), fill(client, survey, "1", "慢", "改")

    assert (first.status_code, second.status_code, second.context["answered"]) == (302, 200, True)
    assert [list(answers.values()) for answers in Reply.objects.values_list("answers", flat=True)] == [[4, "快", "好"]]


def test_every_open_question_is_named(as_, trainee, make):
    survey = make(people=1)
    scale, choice, _text = survey.questions.all()

    response = fill(as_(trainee), survey, "9")

    assert (response.status_code, set(response.context["form"].errors)) == (422, {f"q{scale.pk}", f"q{choice.pk}"})
    assert Reply.objects.count() == 0


def test_after_the_last_day_it_is_refused(as_, trainee, make, today):
    survey = make(people=1)
    Survey.objects.update(opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))

    client = as_(trainee)
    page, sent = client.get(reverse("survey-answer", args=[survey.pk])), fill(client, survey, "4", "快")

    assert (page.context["answered"], sent.status_code, Reply.objects.count()) == (False, 422, 0)


def test_who_was_not_asked_gets_404(as_, make, hire):
    survey = make(people=1)

    assert as_(hire()).get(reverse("survey-answer", args=[survey.pk])).status_code == 404


def test_panel_shows_what_waits_until_it_is_answered(trainee, make, today):
    survey = make(people=1)

    before = [invitation.survey for invitation in waiting(trainee, today)["invitations"]]
    answer(
        survey,
        trainee,
        {q.pk: {"scale": "4", "choice": "快"}.get(q.kind, "") for q in survey.questions.all()},
        at=clock.now(),
    )

    assert (before, waiting(trainee, today)) == ([survey], {})
