"""Where would you click? One point on a screenshot, right within the areas that the author has drawn."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pymediainfo import MediaInfo

from assessments.questions.fields import ContentForm, RowForm, RowsField, RowsWidget
from assessments.questions.types import options as rows
from assessments.questions.types.areas import CIRCLE, POLY, RECT, checked_coords, holds
from assessments.questions.types.base import NONE, TYPES, Content, Json, Key, QuestionType, misfit, part_of_one
from assessments.questions.types.parts import HUNDRED, check_ids, credit_of, with_keys
from assessments.questions.types.written import storable
from courses.media.models import SHORT, Media, library
from trainingsite.core.errors import Refused

MOST_AREAS, GRID, MARK = 20, 40, 60
SHAPES = [
    (RECT, gettext_lazy("Rectangle")),
    (CIRCLE, gettext_lazy("Circle")),
    (POLY, gettext_lazy("Polygon")),
]
_KEY = re.compile(r"(?:media:)?([0-9a-f]{12,64})")


class AreaRow(RowForm):
    bare = ()
    shape = forms.ChoiceField(label=gettext_lazy("Shape"), choices=SHAPES, initial=RECT, required=False)
    coords = forms.CharField(
        label=gettext_lazy("Coordinates"),
        required=False,
        max_length=800,
        widget=forms.TextInput(attrs={"data-coords": ""}),
    )
    label = forms.CharField(label=gettext_lazy("What is there"), required=False, max_length=100)
    credit = forms.IntegerField(
        label=gettext_lazy("Points (%)"), required=False, min_value=0, max_value=HUNDRED, initial=HUNDRED
    )

    @classmethod
    def shown(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "coords": ", ".join(map(str, row["coords"]))}

    def has_changed(self) -> bool:
        return bool({"coords", "label"} & set(self.changed_data))


class AreasWidget(RowsWidget):
    """The rows below the picture on which they are drawn."""

    template_name = "assessments/questions/types/hotspot/areas.html"

    class Media:
        js = (Script("js/hotspot-edit.js", defer=True),)


class PictureField(forms.ModelChoiceField[Media]):
    """A picture of the library; its cleaned value is the short name."""

    def __init__(self) -> None:
        super().__init__(
            Media.objects.pictures(),
            label=gettext_lazy("picture"),
            to_field_name="sha256",
            widget=forms.Select(attrs={"data-hotspot-picture": ""}),
            help_text=gettext_lazy("A screenshot of the library, or a new one. Then draw the areas on it."),
        )

    def prepare_value(self, value: Any) -> Any:
        """A short name as the digest that stands among the choices."""
        found = picture_of(value) if isinstance(value, str) and len(value) == SHORT else None
        return found.sha256 if found else super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.short if found else None


class HotspotForm(ContentForm):
    image = PictureField()
    areas = RowsField(
        AreaRow,
        widget=AreasWidget,
        label=gettext_lazy("areas"),
        add=gettext_lazy("Add an area"),
        fewest=1,
        most=MOST_AREAS,
        spare=1,
        help_text=gettext_lazy(
            "In pixels of the picture: left, top, right, bottom; of a circle its middle and radius; "
            "of a polygon x and y of each corner."
        ),
    )


class Hotspot(QuestionType):
    """The best of the areas that hold the point decides; outside of all nothing is earned."""

    label = gettext_lazy("Hotspot on a screenshot")
    hint = gettext_lazy("A screenshot: where would you click?")
    icon = "target"
    folder = "hotspot"
    form = HotspotForm

    def check(self, content: Mapping[str, Any]) -> Content:
        media = _picture(content)
        size = size_of(media.path)
        given = [{**row, "text": row.get("label")} for row in rows.rows_of(content, "areas")]
        if not 1 <= len(given) <= MOST_AREAS:
            message = _("Draw 1 to %(most)s areas.") % {"most": MOST_AREAS}
            raise Refused(message, field="areas", code="number_of_areas")
        areas = [_tidy(row, size, n) for n, row in enumerate(with_keys(given), start=1)]
        check_ids(areas, "areas")
        if max(area["credit"] for area in areas) != HUNDRED:
            raise Refused(_("Give 100 % to the right area."), field="areas", code="no_right_area")
        return {"image": media.short, "width": size[0], "height": size[1], "areas": areas}

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        if given in (None, [], ""):
            return None
        if not isinstance(given, list) or len(given) != 2 or not all(_is_number(each) for each in given):  # noqa: PLR2004 - x and y
            raise misfit()
        x, y = (round(each) for each in given)
        if not (0 <= x <= content["width"] and 0 <= y <= content["height"]):
            raise misfit()
        return [x, y]

    def from_form(self, data: QueryDict, name: str) -> Json:
        told = [data.get(f"{name}-{axis}", "").strip() for axis in "xy"]
        if not all(told):
            return None
        if not all(re.fullmatch(r"[0-9]{1,5}", each, re.ASCII) for each in told):
            raise misfit()
        return [int(each) for each in told]

    def grade(self, content: Content, answer: Json) -> Decimal:
        return part_of_one(max((area["credit"] for area in _hit(content, answer)), default=0), HUNDRED)

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        x, y = answer or ("", "")
        size = {"width": content["width"], "height": content["height"]}
        return {**size, "url": url_of(content), "mark": max(*size.values(), MARK) // MARK, "x": x, "y": y}

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        hit = _hit(content, answer)
        drawn = [{**area, **_drawn(area)} for area in content["areas"]]
        return {
            **self.asked(content, order, answer),
            "areas": drawn,
            "credit": max((a["credit"] for a in hit), default=0),
        }

    def texts(self, content: Content) -> dict[str, str]:
        return {f"areas.{area['id']}": area["label"] for area in content["areas"] if area["label"]}

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        areas = [{**area, "label": texts.get(f"areas.{area['id']}") or area["label"]} for area in content["areas"]]
        return {**content, "areas": areas}

    def keys(self, content: Content) -> list[Key]:
        return [
            Key(
                "",
                area["id"],
                area["label"] or ", ".join(map(str, area["coords"])),
                part_of_one(area["credit"], HUNDRED),
            )
            for area in content["areas"]
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        return [("", area["id"]) for area in _hit(content, answer)[:1]]

    def guess(self, content: Content) -> Decimal:
        """The mean over an even grid of clicks."""
        width, height = content["width"], content["height"]
        clicks = [
            [width * (2 * i + 1) // (2 * GRID), height * (2 * j + 1) // (2 * GRID)]
            for i in range(GRID)
            for j in range(GRID)
        ]
        return part_of_one(sum((self.grade(content, click) for click in clicks), NONE), len(clicks))

    def summary(self, content: Content, answer: Json) -> str:
        if not answer:
            return ""
        label = next((area["label"] for area in _hit(content, answer) if area["label"]), "")
        return f"{answer[0]}, {answer[1]}" + (f" ({label})" if label else "")

    def right(self, content: Content) -> Json:
        best = (area for area in content["areas"] if area["credit"] == HUNDRED)
        points = ([x, y] for area in best for x, y in _inside(area) if holds(area, x, y))
        return next(points, None)


def picture_of(key: str) -> Media | None:
    """The picture of the library that a short name or a digest names."""
    found = _KEY.fullmatch(key)
    return Media.objects.pictures().filter(sha256__startswith=found[1]).first() if found else None


def url_of(content: Content) -> str:
    return reverse("media-file", args=[content["image"]])


@lru_cache(maxsize=256)
def size_of(path: str) -> tuple[int, int]:
    """Width and height of a picture of the library; its path names its content, so it never changes."""
    with library().open(path, "rb") as file:
        tracks = MediaInfo.parse(file).tracks
    found = next((track for track in tracks if track.track_type == "Image"), None)
    if found is None or not found.width or not found.height:
        raise Refused(_("This picture is damaged and cannot be shown."), field="image", code="damaged")
    return int(found.width), int(found.height)


def _picture(content: Mapping[str, Any]) -> Media:
    media = picture_of(str(content.get("image") or ""))
    if media is None or not library().exists(media.path):
        raise Refused(_("Choose a picture of the library."), field="image", code="no_picture")
    return media


def _tidy(row: Mapping[str, Any], size: tuple[int, int], number: int) -> dict[str, Any]:
    shape = str(row.get("shape") or RECT)
    if shape not in dict(SHAPES):
        raise Refused(_("Area %(n)s has no shape that is known.") % {"n": number}, field="areas", code="shape")
    given = row.get("credit")
    return {
        "id": row["id"],
        "shape": shape,
        "coords": checked_coords(shape, row.get("coords"), size, number),
        "label": storable(str(row.get("label") or "")).strip()[:100],
        "credit": credit_of(HUNDRED if given in (None, "") else given, "areas", number),
    }


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and abs(given) < 10**6


def _hit(content: Content, answer: Json) -> list[dict[str, Any]]:
    """The areas that hold the point, the best first."""
    if not answer:
        return []
    hit = [area for area in content["areas"] if holds(area, *answer)]
    return sorted(hit, key=lambda area: -int(area["credit"]))


def _drawn(area: Mapping[str, Any]) -> dict[str, Any]:
    """What SVG wants to know of the shape."""
    coords = area["coords"]
    if area["shape"] == RECT:
        return {"width": coords[2] - coords[0], "height": coords[3] - coords[1]}
    return {"points": " ".join(map(str, coords))}


def _inside(area: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Points that may lie inside: the middle first, then the corners."""
    coords = area["coords"]
    if area["shape"] == CIRCLE:
        return [(coords[0], coords[1])]
    corners = list(zip(coords[::2], coords[1::2], strict=True))
    middle = (sum(x for x, _y in corners) // len(corners), sum(y for _x, y in corners) // len(corners))
    return [middle, *corners]


TYPES.register("hotspot", Hotspot())
