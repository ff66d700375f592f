"""Posts as the pages show them: first posts by pages, each with its last replies, in few queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.safestring import SafeString

from courses.discussions.mentions import with_names_marked
from courses.discussions.models import Post, PostQuerySet
from courses.discussions.rights import may_edit
from trainingsite.core import markdown
from trainingsite.people.models import User

REPLIES_SHOWN = 3


@dataclass(frozen=True)
class Shown:
    """A post with its text as HTML, what the reader may do with it, and its replies."""

    post: Post
    reader: User
    may_edit: bool
    moderated: bool
    replies: "list[Shown]" = field(default_factory=list)
    reply_count: int = 0

    @property
    def html(self) -> SafeString:
        return markdown.render(with_names_marked(self.post))

    @property
    def is_readable(self) -> bool:
        """A hidden post is read by moderators only."""
        return self.post.hidden_at is None or self.moderated

    @property
    def knows_why(self) -> bool:
        """Why a post was hidden is between its author and the moderators."""
        return self.moderated or self.post.author_id == self.reader.pk

    @property
    def more(self) -> int:
        """How many replies stand on the thread's own page only."""
        return self.reply_count - len(self.replies)


def full(posts: PostQuerySet) -> PostQuerySet:
    """With all that is shown of a post."""
    return posts.select_related("author__department", "answers__author", "about", "hidden_by").prefetch_related(
        "mentions__person"
    )


def first_posts(posts: PostQuerySet) -> PostQuerySet:
    """First posts with the number of their replies."""
    return full(posts.starting()).annotate(reply_count=Count("replies")).newest_first()


def shown(posts: Sequence[Post], reader: User, *, moderated: bool, at: datetime) -> list[Shown]:
    """The first posts as the reader sees them, each with its last replies."""
    replies = _last_replies(posts)
    return [
        Shown(
            post,
            reader,
            may_edit(reader, post, at=at),
            moderated,
            [Shown(reply, reader, may_edit(reader, reply, at=at), moderated) for reply in replies[post.pk]],
            max(getattr(post, "reply_count", 0), len(replies[post.pk])),
        )
        for post in posts
    ]


def _last_replies(posts: Sequence[Post]) -> dict[int, list[Post]]:
    place = Window(RowNumber(), partition_by=F("parent"), order_by=[F("posted_at").desc(), F("pk").desc()])
    every = Post.objects.filter(parent__in=[post.pk for post in posts])
    last = full(every.annotate(place=place).filter(place__lte=REPLIES_SHOWN))
    found = defaultdict(list)
    for reply in last.order_by("posted_at", "pk"):
        found[reply.parent_id or 0].append(reply)
    return found
