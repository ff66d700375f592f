"""The demo's discussion: posts with replies, one pinned, and a question that the owner has answered."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from courses.curriculum.models import Unit
from courses.discussions.actions import Words, discussion_of, pin, questions_of, write
from courses.discussions.models import Discussion, Post
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def ask(unit: Unit, row: dict[str, Any]) -> None:
    """What the unit discusses."""
    found = discussion_of(unit)
    found.prompt, found.posts_needed = row["prompt"], row["posts_needed"]
    found.save()


def talk(story: Story, unit: Unit, people: Sequence[User], owner: User) -> None:
    """What the people wrote; the demo's trainee, the first of them, has still to write."""
    texts = read("practice")
    found, others = discussion_of(unit), people[1:]
    first: list[Post] = []
    for number, row in enumerate(texts["posts"]):
        at = moment(story.today - (12 - 3 * number) * DAY, 11, 10 * number)
        post = _say(found, others[number], row["body"], at)
        first.append(post)
        for place, reply in enumerate(row["replies"], start=1):
            by = others[(number + 2 * place) % len(others)]
            _say(found, by, reply, at + place * 3 * HOUR, answers=post)
    _say(
        found,
        owner,
        f"@{others[0].name} 这个例子很好，周会上请你讲给大家听。",
        first[0].posted_at + DAY,
        answers=first[0],
    )
    pin(first[0], pinned=True, by=owner, at=first[0].posted_at + DAY)
    _question(story, unit, others[1], owner)


def _say(discussion: Discussion, by: User, body: str, at: Any, **words: Any) -> Post:
    return write(discussion, Words(body, **words), by=by, at=at)


def _question(story: Story, unit: Unit, person: User, owner: User) -> None:
    texts = read("practice")
    about = unit.course.units.get(kind="write_up")
    asked = moment(story.today - 5 * DAY, 16, 20)
    found = questions_of(unit.course)
    question = _say(found, person, texts["question"], asked, about=about)
    _say(found, owner, texts["answer"], asked + 17 * HOUR, answers=question)
