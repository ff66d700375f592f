"""Two courses that are kept up to date: one has a second version, the draft of the other waits for HR."""

from datetime import date, timedelta

from courses.curriculum.actions import change_unit
from courses.curriculum.models import Course, Reask, Unit
from courses.curriculum.versions import publish_version, send_to_review, start_version
from courses.enrolment.actions import complete_unit, enrol
from courses.enrolment.models import Enrolment
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment
from trainingsite.people.models import User

RENEWED, IN_REVIEW = "coaching-and-quality", "data-to-suggestion"
DAY = timedelta(days=1)
NEW_PART = """

## 质检申诉怎么带

组员对质检结果有异议时，组长先陪他把录音听完，再对照评分表逐条核对，三个工作日内给出书面答复。

::: tip 先问再判
先问“你当时是怎么判断的”，再说评分依据。申诉成立的，当天改分并在班前会说明；不成立的，约好下一次一起听的录音。
:::
"""
LATER_PART = """

## 建议写成三句话

发现了什么（数据和周期）、为什么（至少看过十条会话）、建议谁在什么时候做什么。写不满三句的，先回去补数据。
"""


def tell(story: Story) -> None:
    """After what people learnt was told, since a new version asks those who completed the one before."""
    hr = User.objects.get(username="hr")
    author = User.objects.filter(grants__role="instructor").order_by("pk").first() or hr
    _publish_second(Course.objects.get(code=RENEWED), author, hr, story.today)
    _send(Course.objects.get(code=IN_REVIEW), author, story.today)


def _publish_second(course: Course, author: User, hr: User, today: date) -> None:
    """Somebody stands in the middle of the first version; who completed it is asked for the part that changed."""
    _stand_in_the_middle(course, today)
    start_version(course, by=author, at=moment(today - 12 * DAY, 10))
    _extend(course, NEW_PART)
    send_to_review(course, notes="新增“质检申诉怎么带”。", by=author, at=moment(today - 8 * DAY, 16))
    publish_version(course, reask=Reask.CHANGED, ask_due_on=today + 8 * DAY, by=hr, at=moment(today - 6 * DAY, 9, 30))
    asked = Enrolment.objects.open().filter(course=course, version=2).order_by("pk").first()
    if asked is not None:
        changed = Unit.objects.get(course=course, introduced_in=2)
        complete_unit(asked, changed, at=moment(today - 3 * DAY, 17))


def _stand_in_the_middle(course: Course, today: date) -> None:
    open_one = Enrolment.objects.open().filter(course=course, completed_at=None).order_by("pk").first()
    if open_one is None:
        untaught = User.objects.employed(today).filter(is_service=False).exclude(enrolments__course=course)
        person = untaught.filter(grants__role="trainee").order_by("pk")[0]
        open_one = enrol(person, course, on=today - 20 * DAY, due_on=today + 10 * DAY)
    first = course.units.in_use().order_by("position")[0]
    complete_unit(open_one, first, at=moment(today - 15 * DAY, 15))


def _send(course: Course, author: User, today: date) -> None:
    start_version(course, by=author, at=moment(today - 4 * DAY, 14))
    _extend(course, LATER_PART)
    send_to_review(course, notes="补充建议的写法，附三句话模板。", by=author, at=moment(today - DAY, 11))


def _extend(course: Course, part: str) -> None:
    """Give the last article a part more."""
    article = course.units.in_use().filter(kind="article").order_by("-position")[0]
    change_unit(article, body=article.body.rstrip() + part)
