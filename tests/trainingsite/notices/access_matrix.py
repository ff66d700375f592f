"""Who gets through at a person's own notices."""

from tests.access.matrix import HUMANS, Row
from trainingsite.notices.models import Notice


def notice_of(world, person):
    how = lambda: Notice.objects.create(person=person, kind="test", key="it", url="/profile/")  # noqa: E731
    return {"pk": world.make(f"notice {person.pk}", how).pk}


def notice_of_stranger(world, _person):
    return notice_of(world, world.stranger)


ROWS = {
    "notices": Row(HUMANS),
    "notices-read-all": Row(HUMANS, methods="POST"),
    "notice-open": Row(HUMANS, own=notice_of, foreign=notice_of_stranger),
    "notice-read": Row(HUMANS, own=notice_of, foreign=notice_of_stranger, methods="POST"),
}
