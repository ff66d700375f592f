"""The tree of topics that a customer service begins with."""

from typing import Any

import yaml
from django.db import transaction

from courses.topics.actions import create_topic
from courses.topics.models import MOST_LEVELS, Topic
from trainingsite.core.demo import CONTENT

FILE = CONTENT / "company" / "topics.yaml"


@transaction.atomic
def load_ready_topics() -> int:
    """Add the topics of the file that are not there yet, and return how many; a repeat adds none."""
    return _add(yaml.safe_load(FILE.read_text(encoding="utf-8")), None)


def _add(rows: list[dict[str, Any]], parent: Topic | None) -> int:
    added = 0
    for row in rows:
        topic = Topic.objects.filter(slug=row["slug"]).first()
        same_title = Topic.objects.in_use().filter(parent=parent, title=row["title"]).first()
        if not topic and not same_title:
            fields = {name: row[name] for name in ("summary", "icon", "translations") if name in row}
            topic = create_topic(title=row["title"], parent=parent, slug=row["slug"], **fields)
            added += 1
        found = topic or same_title
        if found and found.retired_at is None and found.depth < MOST_LEVELS:
            added += _add(row.get("children", []), found)
    return added
