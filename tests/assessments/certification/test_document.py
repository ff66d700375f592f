"""The paper itself, looked at by a machine: the picture's QR code is read module by module."""

import struct
import zlib

import pytest
import segno

from assessments.certification.document import pdf_of, png_of, spaced, verify_url
from tests.factories.assessments import CertificateFactory, CertificationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(course, hire):
    rule = CertificationFactory(courses=[course])
    return CertificateFactory(certification=rule, person=hire(name="欧阳𬀩"), code="ABCDEFGH23456789")


def grey(png: bytes) -> list[list[int]]:
    """The first channel of an 8-bit PNG without interlacing (https://www.w3.org/TR/png/)."""
    place, data, width, height, channels = 8, b"", 0, 0, 4
    while place < len(png):
        (length,), kind = struct.unpack(">I", png[place : place + 4]), png[place + 4 : place + 8]
        body = png[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, _depth, colour = struct.unpack(">IIBB", body[:10])
            channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
        data += body if kind == b"IDAT" else b""
        place += length + 12
    raw, stride, before, rows = zlib.decompress(data), width * channels, bytearray(width * channels), []
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        before = unfilter(kind, line, before, channels)
        rows.append(list(before[::channels]))
    return rows


def unfilter(kind, line, above, step):
    for x in range(len(line)):
        left, up, corner = (line[x - step] if x >= step else 0), above[x], (above[x - step] if x >= step else 0)
        paeth = min((left, up, corner), key=lambda value: abs(left + up - corner - value))
        line[x] = (line[x] + [0, left, up, (left + up) // 2, paeth][kind]) % 256
    return line


def test_the_code_on_the_paper_leads_to_the_verification(certificate):
    picture = grey(png_of(certificate))
    wanted = [list(row) for row in segno.make(verify_url(certificate), error="m", micro=False).matrix]
    side, height, width = len(wanted), len(picture), len(picture[0])
    mm = width / 297
    right, bottom = width - 34 * mm, height - 24 * mm  # the margins of the template
    module = 26 * mm / side
    read = [
        [
            int(
                picture[round(bottom - 26 * mm + (y + 0.5) * module)][round(right - 26 * mm + (x + 0.5) * module)] < 128
            )
            for x in range(side)
        ]
        for y in range(side)
    ]
    assert read == wanted


def test_a_name_of_any_length_stays_on_one_page(certificate):
    certificate.person_name, certificate.title = "阿卜杜热合曼·买买提吐尔逊" * 3, "售后处理与投诉升级高级认证" * 4
    assert pdf_of(certificate).count(b"/Type/Page/") + pdf_of(certificate).count(b"/Type /Page\n") <= 1


def test_the_number_is_read_in_groups():
    assert spaced("ABCDEFGH23456789") == "ABCD EFGH 2345 6789"
