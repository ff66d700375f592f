"""Who is meant by @ in a post."""

import re
from collections.abc import Iterable

from django.db.models import Q

from courses.curriculum.models import Course
from courses.discussions.models import Post
from courses.enrolment.models import Enrolment
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User
from trainingsite.people.staff.models import PersonQuerySet

LONGEST_NAME = 30
MOST_MENTIONS = 20
_AFTER_AT = re.compile(rf"@([^\s@][^@\n]{{0,{LONGEST_NAME - 1}}})")


def people_in(course: Course) -> PersonQuerySet:
    """Whom a post of the course can name: its learners, its owner, and the instructors."""
    learners = Enrolment.objects.filter(course=course, withdrawn_at=None).values("person")
    instructors = RoleGrant.objects.filter(role=Role.INSTRUCTOR).values("user")
    known = User.objects.filter(Q(pk__in=learners) | Q(pk=course.owner_id) | Q(pk__in=instructors))
    found: PersonQuerySet = known.filter(is_active=True, is_service=False)
    return found


def named_in(text: str, course: Course) -> list[User]:
    """The people whom the text names with @: the longest name counts, one number behind it decides among namesakes."""
    tails = _AFTER_AT.findall(text)[:MOST_MENTIONS]
    beginnings = {tail[:length] for tail in tails for length in range(1, len(tail) + 1)}
    if not beginnings:
        return []
    people = list(people_in(course).filter(name__in=beginnings).order_by("pk"))
    found = {person.pk: person for tail in tails for person in _meant(tail, people)}
    return list(found.values())


def _meant(tail: str, people: Iterable[User]) -> list[User]:
    fitting = [person for person in people if tail.startswith(person.name)]
    longest = max((len(person.name) for person in fitting), default=0)
    namesakes = [person for person in fitting if len(person.name) == longest]
    numbered = [p for p in namesakes if p.employee_number and tail[longest:].startswith(f"({p.employee_number})")]
    return numbered or namesakes


def with_names_marked(post: Post) -> str:
    """The post's Markdown with the names of those it mentions in bold."""
    names = sorted({mention.person.name for mention in post.mentions.all()}, key=len, reverse=True)
    if not names:
        return post.body
    return re.sub("@(?:" + "|".join(map(re.escape, names)) + ")", r"**\g<0>**", post.body)
