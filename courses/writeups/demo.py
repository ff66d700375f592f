"""The demo's practical course on complaints: its rubric, its write-ups in every state, and its discussion."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from courses.curriculum.actions import add_unit, create_course
from courses.curriculum.models import Course, Unit
from courses.curriculum.versions import publish_version
from courses.discussions import demo as discussion
from courses.enrolment.actions import complete_unit, enrol
from courses.enrolment.models import Enrolment
from courses.rubrics.actions import BandDraft, CriterionDraft, save_rubric
from courses.rubrics.models import Rubric
from courses.topics.models import Topic
from courses.writeups.actions import Verdict, Written, brief_of, grade, hand_in, save_brief, save_draft
from courses.writeups.models import WriteUp
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
GOOD, WEAK, OTHER = 0, 1, 2
# Days ago it was handed in, which text, and what came of it; the demo's trainee is the first.
WRITTEN = [
    (6, WEAK, "returned"),
    (19, GOOD, "graded"),
    (17, WEAK, "revised"),
    (15, OTHER, "graded"),
    (12, GOOD, "graded"),
    (6, OTHER, "waiting"),
    (4, WEAK, "waiting"),
    (2, OTHER, "waiting"),
    (1, GOOD, "waiting"),
    (0, OTHER, "waiting"),
    (0, WEAK, "draft"),
]
MARKS = {GOOD: (10, 10, 10, 7), WEAK: (4, 4, 4, 4), OTHER: (10, 7, 7, 7)}
PRAISE = "原话可以直接用，时间线也清楚。复盘里的衡量办法再具体一点就更好：由谁、什么时候看数据。"
ASK = "方向对，但还不能发给客户：请补上时间线，写出前三句原话，方案写清时限和责任人，并引用具体条款。"
REMARKS = {0: "按时间列出三个节点就够了。", 2: "“换货”要写明几点前发出、由谁跟进。"}


def tell(story: Story) -> None:
    row = read("practice")["complaint_course"]
    owner = User.objects.get(username="instructor")
    course = practical_course(row, topic="complaint-handling", owner=owner)
    unit = add_unit(course, kind="write_up", title=row["write_up"]["title"], minutes=row["write_up"]["minutes"])
    _ask(unit, row["write_up"])
    talk = add_unit(course, kind="discussion", title=row["discussion"]["title"], minutes=row["discussion"]["minutes"])
    discussion.ask(talk, row["discussion"])
    publish_version(course, by=owner, at=moment(story.today - 40 * DAY))
    course.refresh_from_db()
    people = learners(story, "after-sale", len(WRITTEN))
    with silence():
        enrolments = [enrol(person, course, on=story.today - 30 * DAY) for person in people]
        for enrolment in enrolments:
            complete_unit(enrolment, course.units.get(kind="article"), at=moment(story.today - 28 * DAY))
        _write(story, enrolments, unit, owner)
        discussion.talk(story, talk, people, owner)


def practical_course(row: dict[str, Any], *, topic: str, owner: User) -> Course:
    """A draft with its article; the units of other kinds follow."""
    course = create_course(
        topic=Topic.objects.get(slug=topic),
        title=row["title"],
        code=row["code"],
        summary=row["summary"],
        objectives=row["objectives"],
        by=owner,
    )
    article = row["article"]
    add_unit(course, kind="article", title=article["title"], minutes=article["minutes"], body=article["body"])
    return course


def learners(story: Story, department: str, count: int) -> list[User]:
    """The demo's trainee, then others of the department who were hired last."""
    team = User.objects.employed(story.today).in_department(story.kept["department"][department])
    others = team.exclude(username__in=["trainee", "mentor", "supervisor"]).order_by("-hired_on", "pk")
    return [User.objects.get(username="trainee"), *others[: count - 1]]


def _ask(unit: Unit, row: dict[str, Any]) -> None:
    names = ("brief", "pass_percent", "min_chars", "max_chars")
    fields = {name: row[name] for name in names} | {"rubric": _rubric(), "allow_file": True}
    save_brief(brief_of(unit), graders=[User.objects.get(username="assessor")], **fields)


def _rubric() -> Rubric:
    row = read("practice")["rubric"]
    criteria = [
        CriterionDraft(c["title"], c["weight"], c["description"], [BandDraft(*band) for band in c["bands"]])
        for c in row["criteria"]
    ]
    return save_rubric(None, title=row["title"], summary=row["summary"], criteria=criteria, by=None)


def _write(story: Story, enrolments: Sequence[Enrolment], unit: Unit, owner: User) -> None:
    texts = read("practice")["write_ups"]
    assessor = User.objects.get(username="assessor")
    for number, (enrolment, (ago, which, state)) in enumerate(zip(enrolments, WRITTEN, strict=True)):
        at = moment(story.today - ago * DAY, 9, number * 4)
        if state == "draft":
            save_draft(enrolment, unit, Written(texts[which][:160]), at=at)
            continue
        made = hand_in(enrolment, unit, Written(texts[which]), at=at)
        grader = owner if number % 2 else assessor
        if state != "waiting":
            _decide(made, which, passes=state == "graded", by=grader, days=min(2, ago))
        if state == "revised":
            again = hand_in(enrolment, unit, Written(texts[OTHER]), at=at + 4 * DAY)
            _decide(again, OTHER, passes=True, by=grader, days=1)


def _decide(write_up: WriteUp, which: int, *, passes: bool, by: User, days: int) -> None:
    criteria = list(Rubric.objects.get(case_briefs__unit=write_up.unit).criteria.all())
    points = {criterion.pk: point for criterion, point in zip(criteria, MARKS[which], strict=True)}
    remarks = {} if passes else {criteria[place].pk: text for place, text in REMARKS.items()}
    verdict = Verdict(passes, points, remarks, PRAISE if passes else ASK)
    assert write_up.handed_in_at is not None  # noqa: S101 - it was handed in a moment ago
    grade(write_up, verdict, by=by, at=write_up.handed_in_at + days * DAY + timedelta(hours=5))
