"""What the demo's trainee keeps of the courses: notes, two bookmarks, and the line where reading stopped."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from courses.curriculum.models import Unit
from courses.enrolment.actions import required_units
from courses.enrolment.models import Enrolment
from courses.player.actions import keep_bookmark, keep_note, keep_spot
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment

# Days ago, the course, the unit, and what was written.
NOTES = [
    (9, "seven-day-return", "rule", "七天从签收次日起算：1 号签收，8 号是最后一天。七日内提出就行，不用寄到。"),
    (9, "seven-day-return", "rule", "质量问题不要引导客户选“无理由”，退换货运费由商家承担。"),
    (5, "data-secrecy", "accounts", "发现点了钓鱼链接，十分钟内止损并上报。问一下组长：夜班时先打给谁？"),
    (1, "product-line-basics", "product-lines", "四条产品线各抄一个高频问题，明天接待时对照着用。"),
]
BOOKMARKS = [(9, "seven-day-return", "exceptions"), (1, "product-line-basics", "reading-specs")]
STOPPED_AT = (1, "product-line-basics", "reading-specs", 6.5)
PERSON = "trainee"
DAY = timedelta(days=1)


def tell(story: Story) -> None:
    """After what the trainee has learnt was told: notes belong to an enrolment, and what was not given has none."""
    held = Enrolment.objects.filter(person__username=PERSON).select_related("course").order_by("pk")
    places: dict[tuple[str, str], tuple[Enrolment, Unit]] = {}
    for enrolment in held:
        code = enrolment.course.code
        places |= {(code, unit.slug): (enrolment, unit) for unit in required_units(enrolment)}
    for number, (ago, course, slug, text) in enumerate(NOTES):
        if place := places.get((course, slug)):
            at = moment(story.today - ago * DAY, 15, 30 + 5 * number)
            keep_note(*place, key=uuid5(NAMESPACE_URL, f"note:{number}"), text=text, at=at)
    for ago, course, slug in BOOKMARKS:
        if place := places.get((course, slug)):
            keep_bookmark(*place, is_set=True, at=moment(story.today - ago * DAY, 15, 50))
    ago, course, slug, line = STOPPED_AT
    if place := places.get((course, slug)):
        keep_spot(*place, place=line, at=moment(story.today - ago * DAY, 15, 55))
