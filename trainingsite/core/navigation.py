"""The navigation: each app registers its places, a person sees those whose act he or she may do."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PHONE_PLACES = 5


@dataclass(frozen=True)
class Place:
    """One entry: `act` is the permission it needs ("" for everybody); `phone` > 0 ranks it for the bottom bar."""

    label: str | Promise
    icon: str
    url_name: str
    act: str = ""
    section: str = "learn"
    order: int = 100
    phone: int = 0


@dataclass
class Item:
    label: str | Promise
    icon: str
    url: str
    active: bool


@dataclass
class Section:
    label: str | Promise
    items: list[Item] = field(default_factory=list)


SECTIONS: dict[str, str | Promise] = {
    "learn": _("Learn"),
    "grow": _("Competencies and growth"),
    "plan": _("Plan"),
    "assess": _("Assess"),
    "mentor": _("Mentor"),
    "see": _("See"),
    "manage": _("Manage"),
}
_places: list[Place] = []


def register(place: Place) -> None:
    """Add a place; registering the same place twice changes nothing."""
    if place not in _places:
        _places.append(place)


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context: `navigation` (sections of items) and `bottom_bar` (up to five items for the phone)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": [], "bottom_bar": []}
    places = sorted((p for p in _places if not p.act or user.may(p.act)), key=lambda place: place.order)
    items = {place: _item(place, request.path) for place in places}
    sections = {key: Section(label) for key, label in SECTIONS.items()}
    for place, item in items.items():
        sections[place.section].items.append(item)
    phone = sorted((place for place in places if place.phone), key=lambda place: place.phone)[:PHONE_PLACES]
    return {
        "navigation": [section for section in sections.values() if section.items],
        "bottom_bar": [items[place] for place in phone],
    }


def _item(place: Place, path: str) -> Item:
    url = reverse(place.url_name)
    return Item(place.label, place.icon, url, active=path == url if url == "/" else path.startswith(url))
