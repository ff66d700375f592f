from courses.discussions.actions import Words, questions_of, write
from tests.access.matrix import Row
from tests.factories.practice import NINE, discussion_unit, enrolled
from trainingsite.core import clock

READERS = "trainee hr instructor assessor supervisor mentor auditor"
SEES_ALL = "hr instructor auditor"
OUTSIDE = "assessor supervisor mentor"


def discussion(world):
    """The discussion of a course that the trainee and the stranger learn."""

    def make():
        found = discussion_unit()
        for person in (world.people["trainee"], world.stranger):
            world.make(f"discussing {person.pk}", lambda person=person: enrolled(person, found.unit))
        questions_of(found.course)
        return found

    return world.make("discussion", make)


def other(world):
    """A discussion of a course that none of them learns."""
    return world.make("other discussion", discussion_unit)


def of_it(world, _person):
    return {"pk": discussion(world).pk}


def of_other(world, _person):
    return {"pk": other(world).pk}


def course(world, _person):
    return {"pk": discussion(world).course_id}


def other_course(world, _person):
    return {"pk": other(world).course_id}


def mine(world, person):
    found = world.make("discussion that all learn", discussion_unit)
    enrolment = world.make(f"learning to discuss {person.pk}", lambda: enrolled(person, found.unit))
    return {"pk": enrolment.pk, "unit_pk": found.unit_id}


def of_stranger(world, _person):
    return mine(world, world.stranger)


def post(world, _person):
    found = discussion(world)
    how = Words("先道歉")
    return {"pk": world.make("post", lambda: write(found, how, by=world.stranger, at=NINE)).pk}


def own_post(world, person):
    found = discussion(world)
    if person.may("courses.edit") or person == world.people["trainee"]:
        how = Words("我的经验")
        made = world.make(f"post of {person.pk}", lambda: write(found, how, by=person, at=clock.now()))
        return {"pk": made.pk}
    return post(world, person)


ROWS = {
    "learn-discussion": Row("trainee", own=mine, foreign=of_stranger, methods="GET POST"),
    "discussion-edit": Row("hr instructor", own=lambda w, _p: {"pk": discussion(w).unit_id}, methods="GET POST"),
    "course-questions": Row(
        READERS, own=course, unseen=OUTSIDE, foreign=other_course, sees_foreign=SEES_ALL, methods="GET POST"
    ),
    "discussion": Row(READERS, own=of_it, unseen=OUTSIDE, foreign=of_other, sees_foreign=SEES_ALL, methods="GET POST"),
    "discussion-people": Row(READERS, own=of_it, unseen=OUTSIDE, foreign=of_other, sees_foreign=SEES_ALL),
    "discussion-close": Row(
        READERS,
        own=of_it,
        unseen=f"{OUTSIDE} trainee auditor",
        foreign=of_other,
        sees_foreign="hr instructor",
        methods="POST",
    ),
    "post": Row(READERS, own=post, unseen=OUTSIDE, methods="GET POST"),
    "post-edit": Row(READERS, own=own_post, unseen=f"{OUTSIDE} auditor", foreign=post, methods="GET POST"),
    "post-hide": Row(READERS, own=post, unseen=f"{OUTSIDE} trainee auditor"),
    "post-moderate": Row(READERS, own=post, unseen=f"{OUTSIDE} trainee auditor", methods="POST"),
}
