"""Who may do what in a discussion."""

from datetime import datetime

from courses.acts import EDIT_COURSES
from courses.discussions.models import EDITABLE_FOR, Discussion, Post
from courses.enrolment.models import Enrolment
from trainingsite.people.models import User


def moderates(user: User, discussion: Discussion) -> bool:
    """The owner of the course, instructors and HR hide, pin and close."""
    return user.may(EDIT_COURSES) or discussion.course.owner_id == user.pk


def may_write(user: User, discussion: Discussion) -> bool:
    """Learners of the course while the discussion is open, moderators always; an auditor reads."""
    if moderates(user, discussion):
        return True
    if discussion.closed_at is not None:
        return False
    return Enrolment.objects.filter(person=user, course=discussion.course_id, withdrawn_at=None).exists()


def may_edit(user: User, post: Post, *, at: datetime) -> bool:
    """The own post, for a while, as long as nobody had to hide it."""
    return post.author_id == user.pk and post.hidden_at is None and at < post.posted_at + EDITABLE_FOR
