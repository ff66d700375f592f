"""The demo company: every app tells its part of the story, in the order of the apps, through its own acts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

CONTENT = Path(settings.BASE_DIR) / "courses" / "content"
HISTORY = timedelta(days=730)


@dataclass
class Story:
    """What the parts share: one seeded source of chance, the last day, and what earlier parts made (`kept`)."""

    today: date
    rng: Random = field(default_factory=lambda: Random(20240618))
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def first_day(self) -> date:
        return self.today - HISTORY


def tell(today: date) -> Story:
    """Make the whole company, with two years of history that end on `today`."""
    story = Story(today)
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "demo") and config.label != "core":
            import_module(f"{config.name}.demo").tell(story)
    return story
