"""Ready templates of sessions: what many teams hold again and again. HR takes one, looks it over and saves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.series.models import Entry, SessionKind, SessionTemplate
from courses.sessions.agendas import agendas


@dataclass(frozen=True)
class ReadyTemplate:
    """`name` is the English msgid; one whose title has a word of `words` is taken for this one."""

    name: str
    kind: str
    minutes: int
    entry: str
    capacity: int
    words: tuple[str, ...]

    def title(self) -> str:
        return _(self.name)

    def initial(self) -> Mapping[str, Any]:
        """The form as this template fills it in."""
        same = {name: getattr(self, name) for name in ("kind", "minutes", "entry", "capacity")}
        return {**same, "title": self.title(), "agenda": agendas().get(self.kind, "")}

    def found(self) -> SessionTemplate | None:
        """The one in use that HR has made of it, the oldest first."""
        named = Q()
        for word in self.words:
            named |= Q(title__icontains=word)
        return SessionTemplate.objects.in_use().filter(named, kind=self.kind).order_by("pk").first()


READY_TEMPLATES: Mapping[str, ReadyTemplate] = {
    "emotion-workshop": ReadyTemplate(
        gettext_noop("Workshop on emotions and stress"),
        SessionKind.WORKSHOP,
        90,
        Entry.SIGN_UP,
        12,
        ("情绪", "情緒", "emotion", "stress"),
    ),
    "monthly-roleplay": ReadyTemplate(
        gettext_noop("Role-play assessment"),
        SessionKind.ROLEPLAY,
        60,
        Entry.ASSIGNED,
        16,
        ("角色扮演", "role-play", "role play"),
    ),
}
