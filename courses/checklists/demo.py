"""The demo's first week at the desk: newcomers who have shown much, something, or wait to be watched."""

from datetime import datetime, timedelta

from courses.checklists.actions import ItemDraft, checklist_of, mark_ready, save_checklist, sign
from courses.checklists.models import CheckItem
from courses.curriculum.actions import add_unit
from courses.curriculum.versions import publish_version
from courses.enrolment.actions import complete_unit, enrol
from courses.enrolment.models import Enrolment
from courses.writeups.demo import learners, practical_course
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
# Of each newcomer: items signed off, one that was not there yet, and how many wait; the demo's trainee is the first.
STANDING = [(3, True, 2), (7, False, 0), (5, False, 1), (2, True, 1), (6, False, 1), (0, False, 2)]
MISSING = "翻了三层目录才找到，直接搜关键词更快；引用时还要附上链接，再练一次。"
NOTES = ["独立完成，动作熟练。", "", "会边做边讲，思路清楚。"]


def tell(story: Story) -> None:
    row = read("practice")["desk_course"]
    owner = User.objects.get(username="instructor")
    course = practical_course(row, topic="tools", owner=owner)
    listed = row["checklist"]
    unit = add_unit(course, kind="checklist", title=listed["title"], minutes=listed["minutes"])
    items = [ItemDraft(text, hint) for text, hint in listed["items"]]
    items += [ItemDraft(text, hint, is_required=False) for text, hint in listed["optional"]]
    checklist = save_checklist(checklist_of(unit), introduction=listed["introduction"], items=items)
    publish_version(course, by=owner, at=moment(story.today - 40 * DAY))
    course.refresh_from_db()
    signer = User.objects.get(username="supervisor")
    with silence():
        for number, person in enumerate(learners(story, "after-sale", len(STANDING))):
            enrolment = enrol(person, course, on=story.today - 12 * DAY, due_on=story.today + 9 * DAY)
            complete_unit(enrolment, course.units.get(kind="article"), at=moment(story.today - 11 * DAY))
            _show(story, enrolment, list(checklist.items.all()), STANDING[number], signer)


def _show(
    story: Story, enrolment: Enrolment, items: list[CheckItem], standing: tuple[int, bool, int], signer: User
) -> None:
    done, missed, waiting = standing
    for place, item in enumerate(items[:done]):
        at = moment(story.today - (9 - place) * DAY, 10, 15)
        mark_ready(enrolment, item, at=at)
        sign(enrolment, item, "done", by=signer, at=at + timedelta(hours=1), note=NOTES[place % len(NOTES)])
    rest = [item for item in items[done:] if item.is_required]
    if missed:
        _fail(enrolment, rest.pop(), signer, moment(story.today - DAY, 14, 30))
    for place, item in enumerate(rest[:waiting]):
        mark_ready(enrolment, item, at=moment(story.today, 9, 5 + 10 * place))


def _fail(enrolment: Enrolment, item: CheckItem, signer: User, at: datetime) -> None:
    mark_ready(enrolment, item, at=at)
    sign(enrolment, item, "not_yet", by=signer, at=at + timedelta(minutes=40), note=MISSING)
