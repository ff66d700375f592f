"""Areas on a picture: rectangles, circles and polygons, in pixels of the picture."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused

RECT, CIRCLE, POLY = "rect", "circle", "poly"
LARGEST_SIDE, MOST_CORNERS = 12_000, 60
_NUMBERS = {RECT: 4, CIRCLE: 3}
Area = Mapping[str, Any]


def holds(area: Area, x: int, y: int) -> bool:
    """Whether the point lies in the area; the edge belongs to it."""
    coords = area["coords"]
    if area["shape"] == RECT:
        left, top, right, bottom = coords
        return bool(left <= x <= right and top <= y <= bottom)
    if area["shape"] == CIRCLE:
        middle_x, middle_y, radius = coords
        return bool((x - middle_x) ** 2 + (y - middle_y) ** 2 <= radius**2)
    corners = list(zip(coords[::2], coords[1::2], strict=True))
    return _in_polygon([*corners, corners[0]], x, y)


def _in_polygon(ring: Sequence[tuple[int, int]], x: int, y: int) -> bool:
    """By counting the edges to the right of the point: an odd number is inside."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        if cross == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
        if (y1 > y) != (y2 > y) and (cross > 0) == (y2 > y1):
            inside = not inside
    return inside


def checked_coords(shape: str, given: Any, size: tuple[int, int], number: int) -> list[int]:
    """The coordinates as whole numbers within the picture; refused with the number of the area."""
    coords = _whole(given.replace(";", ",").split(",") if isinstance(given, str) else given)
    fitting = coords is not None and (
        len(coords) == _NUMBERS[shape]
        if shape in _NUMBERS
        else len(coords) % 2 == 0 and 6 <= len(coords) <= 2 * MOST_CORNERS  # noqa: PLR2004 - three corners
    )
    if coords is None or not fitting:
        raise _refused(_("Area %(n)s has no proper coordinates.") % {"n": number}, "bad_coords")
    if shape == RECT:
        left, top, right, bottom = coords
        coords = [min(left, right), min(top, bottom), max(left, right), max(top, bottom)]
    if not _is_within(shape, coords, size):
        raise _refused(_("Area %(n)s does not lie on the picture.") % {"n": number}, "outside")
    return coords


def _is_within(shape: str, coords: Sequence[int], size: tuple[int, int]) -> bool:
    width, height = size
    points = coords[:2] if shape == CIRCLE else coords
    if shape == CIRCLE and not 0 < coords[2] <= LARGEST_SIDE:
        return False
    if shape == RECT and (coords[0] == coords[2] or coords[1] == coords[3]):
        return False
    return all(0 <= x <= width for x in points[::2]) and all(0 <= y <= height for y in points[1::2])


def _whole(given: Any) -> list[int] | None:
    if not isinstance(given, Iterable) or isinstance(given, Mapping):
        return None
    try:
        numbers = [round(float(each)) for each in given]
    except (TypeError, ValueError, OverflowError):
        return None
    return numbers if all(abs(number) <= 2 * LARGEST_SIDE for number in numbers) else None


def _refused(message: str, code: str) -> Refused:
    return Refused(message, field="areas", code=code)
