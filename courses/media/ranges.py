"""A file by pieces, as players ask for it (RFC 9110, section 14)."""

import re
from collections.abc import Callable, Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

PIECE = 64 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.IGNORECASE)


class OutOfReachError(Exception):
    """The range that was asked for lies outside of the file."""


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that `header` asks for; None when it is to be passed over, as several ranges may be."""
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        begin, end = max(size - int(last), 0), size - 1
        if int(last) == 0:
            raise OutOfReachError
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < int(first):
            return None
    if begin >= size:
        raise OutOfReachError
    return begin, end


def answer(
    request: HttpRequest, opened: Callable[[], IO[bytes]], *, size: int, mime: str, etag: str
) -> HttpResponseBase:
    """The whole file, the piece that was asked for, or that there is no such piece; `opened` gives the file."""
    if request.headers.get("If-None-Match", "") in {etag, "*"}:
        return HttpResponse(status=304, headers={"ETag": etag})
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        header = ""
    try:
        asked = asked_range(header, size)
    except OutOfReachError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = asked or (0, size - 1)
    headers = {"Content-Length": str(last - first + 1), "Accept-Ranges": "bytes", "ETag": etag}
    if asked:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    body = _pieces(opened, first, 0 if request.method == "HEAD" else last - first + 1)
    return StreamingHttpResponse(body, status=206 if asked else 200, content_type=mime, headers=headers)


def _pieces(opened: Callable[[], IO[bytes]], first: int, left: int) -> Iterator[bytes]:
    if left <= 0:
        return
    with opened() as file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
