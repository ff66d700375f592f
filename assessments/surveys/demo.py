"""The demo company's surveys: one long closed, one just closed, one that people are answering."""

from datetime import date, timedelta
from typing import Any

from assessments.surveys import unit_demo
from assessments.surveys.actions import Draft, Frame, answer, save_survey, send
from assessments.surveys.models import AnswerKind, Invitation, Survey, SurveyQuestion
from courses.audiences.actions import save_audience
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
# Days before today on which it opened, days it is open, share of people who have answered, and who is asked.
PLAN: dict[str, tuple[int, int, float, dict[str, int | str]]] = {
    "training-satisfaction": (3, 7, 0.55, {"department": "after-sale"}),
    "onboarding-experience": (12, 7, 0.8, {"hired_within": 120}),
    "mentoring-feedback": (96, 7, 0.72, {"hired_within": 200}),
}
AFTER_A_SESSION = 0.88
IN_A_COURSE = "training-satisfaction"
MOODS = {"good": (4, 5), "mixed": (3, 4), "poor": (1, 3)}


def tell(story: Story) -> None:
    hr = User.objects.get(username="hr")
    for row in read("surveys")["surveys"]:
        ago, days, share, who = PLAN[row["code"]]
        opens = story.today - ago * DAY
        survey = _make(story, row, opens, opens + days * DAY, who, hr)
        send(survey, at=moment(opens, 10), tell_people=False)
        _collect(story, survey, row["comments"], share, min(ago, days))
        if row["code"] == IN_A_COURSE:
            unit_demo.tell(story, survey)
            _after_sessions(story, row["comments"])


def _after_sessions(story: Story, comments: list[dict[str, str]]) -> None:
    """What people said after the sessions of the last months."""
    for survey in Survey.objects.filter(session__isnull=False).order_by("opens_on", "pk"):
        days = min((story.today - survey.opens_on).days, (survey.closes_on - survey.opens_on).days)
        _collect(story, survey, comments, AFTER_A_SESSION, days)


def _make(story: Story, row: dict[str, Any], opens: date, closes: date, who: dict[str, Any], hr: User) -> Survey:
    conditions: list[dict[str, Any]] = []
    if code := who.get("department"):
        conditions.append({"kind": "department", "value": [story.kept["department"][code].pk]})
    if within := who.get("hired_within"):
        conditions.append({"kind": "hired_since", "value": (opens - within * DAY).isoformat()})
    audience = save_audience(f"{row['title']} · {opens:%Y-%m}", conditions, owner=hr)
    questions = [
        Draft(kind=question["kind"], text=question["text"], options=question.get("options", []), is_required=True)
        if question["kind"] != AnswerKind.TEXT
        else Draft(kind=question["kind"], text=question["text"], options=[], is_required=False)
        for question in row["questions"]
    ]
    frame = Frame(title=row["title"], introduction=row["summary"], is_anonymous=True, opens_on=opens, closes_on=closes)
    return save_survey(None, frame, questions, audience=audience, owner=hr)


def _collect(story: Story, survey: Survey, comments: list[dict[str, str]], share: float, days: int) -> None:
    questions = list(survey.questions.all())
    opened = survey.opens_on
    for invitation in Invitation.objects.filter(survey=survey).select_related("person").order_by("pk"):
        if invitation.person.username == "trainee" or story.rng.random() > share:
            continue
        comment = story.rng.choice(comments)
        given = {question.pk: _given(story, question, comment) for question in questions}
        at = moment(opened + story.rng.randint(0, max(days - 1, 0)) * DAY, story.rng.randint(10, 20))
        answer(survey, invitation.person, {pk: text for pk, text in given.items() if text}, at=at)


def _given(story: Story, question: SurveyQuestion, comment: dict[str, str]) -> str:
    if question.kind == AnswerKind.SCALE:
        return str(story.rng.choice(MOODS[comment["mood"]]))
    if question.kind == AnswerKind.CHOICE:
        return str(story.rng.choice(question.options))
    return comment["text"] if story.rng.random() < 1 / 3 else ""
