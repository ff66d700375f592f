from datetime import UTC, date, datetime, timedelta

import pytest

from assessments.models import Invitation, Reply, Survey
from assessments.surveys.actions import (
    Draft,
    Frame,
    answer,
    delete_survey,
    release,
    remind,
    save_survey,
    send,
    send_due,
)
from tests.factories.courses import MONDAY, AudienceFactory
from tests.factories.people import PersonFactory
from tests.factories.surveys import SurveyFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

MORNING = datetime(2026, 6, 1, 1, tzinfo=UTC)  # 09:00 in Shanghai
FRAME = Frame(title="培训反馈", opens_on=MONDAY, closes_on=date(2026, 6, 10))
QUESTIONS = [
    Draft("scale", "讲得清楚吗"),
    Draft("choice", "节奏如何", ["快", "慢"]),
    Draft("text", "建议", is_required=False),
]


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.field, refusal.value.code


def asked(survey):
    return list(survey.questions.values_list("position", "kind", "text", "options", "is_required"))


@pytest.fixture
def people(db):
    return [PersonFactory(name=name) for name in ("王小明", "李静", "赵磊")]


@pytest.fixture
def survey(people):
    """Named, open from 1 to 10 June, asked of three people; a scale, a choice and a text that may stay empty."""
    survey = SurveyFactory()
    send(survey, at=MORNING)
    survey.refresh_from_db()
    Notice.objects.all().delete()
    return survey


def answers(survey, *given):
    return dict(zip(survey.questions.values_list("pk", flat=True), given, strict=False))


def test_saving_keeps_the_questions_in_order(db):
    survey = save_survey(None, FRAME, QUESTIONS, audience=AudienceFactory(), owner=None)

    assert asked(survey) == [
        (0, "scale", "讲得清楚吗", [], True),
        (1, "choice", "节奏如何", ["快", "慢"], True),
        (2, "text", "建议", [], False),
    ]


def test_saving_again_reorders_adds_and_removes(db):
    survey = save_survey(None, FRAME, QUESTIONS, audience=AudienceFactory(), owner=None)

    save_survey(survey, FRAME, [QUESTIONS[2], QUESTIONS[0]], audience=survey.audience, owner=None)

    assert asked(survey) == [(0, "text", "建议", [], False), (1, "scale", "讲得清楚吗", [], True)]


@pytest.mark.parametrize("options", [[], ["一个"], ["同", "同"], ["长" * 101, "短"], [str(n) for n in range(13)]])
def test_choice_without_proper_answers_is_refused_and_nothing_kept(db, options):
    drafts = [Draft("choice", "节奏如何", options)]

    assert refusal_of(save_survey, None, FRAME, drafts, audience=AudienceFactory(), owner=None)[1] == "bad_options"
    assert Survey.objects.count() == 0


def test_closing_before_opening_is_refused(db):
    frame = Frame(title="x", opens_on=MONDAY, closes_on=MONDAY - timedelta(days=1))

    refusal = refusal_of(save_survey, None, frame, QUESTIONS, audience=AudienceFactory(), owner=None)

    assert refusal == ("closes_on", "closes_before_opening")


def test_sent_survey_can_be_neither_changed_nor_deleted(survey):
    assert refusal_of(save_survey, survey, FRAME, QUESTIONS, audience=survey.audience, owner=None)[1] == "survey_sent"
    assert refusal_of(delete_survey, survey)[1] == "survey_sent"


def test_draft_can_be_deleted(db):
    delete_survey(SurveyFactory())

    assert Survey.objects.count() == 0


def test_sending_invites_the_audience_and_tells_each_once(people):
    survey = SurveyFactory()

    assert [send(survey, at=MORNING), send(survey, at=MORNING)] == [3, 0]
    assert set(Invitation.objects.values_list("person", "answered_on")) == {(person.pk, None) for person in people}
    assert set(Notice.objects.values_list("person", "kind", "url")) == {
        (person.pk, "survey_sent", f"/surveys/{survey.pk}/answer/") for person in people
    }


def test_history_is_sent_without_notices(people):
    send(SurveyFactory(), at=MORNING, tell_people=False)

    assert (Invitation.objects.count(), Notice.objects.count()) == (3, 0)


def test_survey_of_a_later_day_waits_until_beat_finds_its_day(people):
    survey = SurveyFactory(opens_on=date(2026, 6, 3))

    assert send(survey, at=MORNING) == 0
    assert [send_due(at=MORNING + timedelta(days=days)) for days in (0, 1, 2, 2, 3)] == [0, 0, 3, 0, 0]


def test_drafts_are_not_sent_by_beat(people):
    SurveyFactory()

    assert send_due(at=MORNING) == 0


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"questions": []}, "no_questions"),
        ({"opens_on": date(2026, 5, 1), "closes_on": date(2026, 5, 31)}, "closes_in_past"),
        ({"audience__conditions": [{"kind": "hired_since", "value": "2030-01-01"}]}, "audience_empty"),
    ],
)
def test_what_cannot_be_answered_is_not_let_go(people, fields, code):
    survey = SurveyFactory(**fields)

    assert refusal_of(release, survey, at=MORNING)[1] == code
    survey.refresh_from_db()
    assert survey.released_at is None


def test_answer_of_a_named_survey_is_kept_with_person_and_day(survey, people):
    assert answer(survey, people[0], answers(survey, "4", "快", " 多些案例 "), at=MORNING)

    scale, choice, text = survey.questions.all()
    reply = Reply.objects.get()
    assert (reply.person, reply.answered_on) == (people[0], MONDAY)
    assert reply.answers == {str(scale.pk): 4, str(choice.pk): "快", str(text.pk): "多些案例"}


def test_second_answer_is_not_kept(survey, people):
    answer(survey, people[0], answers(survey, "4", "快"), at=MORNING)

    assert not answer(survey, people[0], answers(survey, "1", "慢"), at=MORNING)
    assert list(Reply.objects.values_list("answers", flat=True)) == [
        {str(pk): value for pk, value in answers(survey, 4, "快").items()}
    ]


def test_anonymous_answer_shares_no_column_with_the_person(people):
    survey = SurveyFactory(is_anonymous=True)
    send(survey, at=MORNING)

    answer(survey, people[0], answers(survey, "4", "快"), at=MORNING)

    reply = Reply.objects.values().get()
    kept = {name: value for name, value in reply.items() if name not in {"id", "answers"}}
    assert kept == {"survey_id": survey.pk, "person_id": None, "answered_on": None}
    assert {field.name for field in Reply._meta.get_fields()} == {"id", "survey", "person", "answered_on", "answers"}
    assert [field.get_internal_type() for field in Invitation._meta.fields if "on" in field.name.split("_")] == [
        "DateField"
    ]


def test_keys_of_replies_tell_no_order(people):
    survey = SurveyFactory(is_anonymous=True)
    send(survey, at=MORNING)

    for person in people:
        answer(survey, person, answers(survey, "4", "快"), at=MORNING)

    assert {reply.pk.version for reply in Reply.objects.all()} == {4}


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (("", "快"), 0),
        (("6", "快"), 0),
        (("4.5", "快"), 0),
        (("4", "中"), 1),
        (("4", ""), 1),
        (("4", "快", "长" * 1001), 2),
    ],
)
def test_bad_answer_is_named_at_its_question_and_nothing_kept(survey, people, given, place):
    question = survey.questions.all()[place]

    refusal = refusal_of(answer, survey, people[0], answers(survey, *given), at=MORNING)

    assert refusal == (f"q{question.pk}", "bad_answer")
    assert (Reply.objects.count(), Invitation.objects.unanswered().count()) == (0, 3)


def test_last_day_still_counts_and_the_next_does_not(survey, people):
    last = MORNING + timedelta(days=9)

    assert answer(survey, people[0], answers(survey, "4", "快"), at=last)
    refusal = refusal_of(answer, survey, people[1], answers(survey, "4", "快"), at=last + timedelta(days=1))
    assert (refusal[1], Reply.objects.count()) == ("survey_closed", 1)


def test_uninvited_are_refused(survey):
    assert refusal_of(answer, survey, PersonFactory(), answers(survey, "4", "快"), at=MORNING)[1] == "not_invited"


def told():
    return sorted(Notice.objects.values_list("person__name", "key"))


def test_reminded_three_days_and_one_day_before_the_end_only_those_who_have_not_answered(survey, people):
    answer(survey, people[0], answers(survey, "4", "快"), at=MORNING)

    numbers = [remind(on=MONDAY + timedelta(days=day)) for day in range(12) for _beat in range(2)]

    key = f"survey:{survey.pk}:left"
    assert told() == [("李静", f"{key}1"), ("李静", f"{key}3"), ("赵磊", f"{key}1"), ("赵磊", f"{key}3")]
    assert sum(numbers) == 4


def test_missed_reminder_is_made_up_for_once(survey):
    assert [remind(on=date(2026, 6, 8)), remind(on=date(2026, 6, 8)), remind(on=date(2026, 6, 10))] == [3, 0, 3]


def test_who_was_invited_today_is_not_reminded_at_once(people):
    send(SurveyFactory(closes_on=date(2026, 6, 2)), at=MORNING)

    assert [remind(on=MONDAY), remind(on=date(2026, 6, 2))] == [0, 3]
