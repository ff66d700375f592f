"""The certificate on paper: a PDF by Typst, with a QR code that leads to its verification."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.certification.models import Certificate

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "assessments" / "certification" / "certificate.typ"
FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "noto-sans-sc"


def verify_url(certificate: Certificate) -> str:
    """The public address that says whether the certificate is genuine."""
    return settings.BASE_URL.rstrip("/") + reverse("verify-certificate", args=[certificate.code])


def pdf_of(certificate: Certificate) -> bytes:
    """The certificate as a PDF with its fonts embedded; the same in whatever language it is looked at."""
    return _compile(certificate, "pdf")


def png_of(certificate: Certificate) -> bytes:
    """The certificate as a picture, to look at."""
    return _compile(certificate, "png")


def spaced(code: str) -> str:
    """The code in groups of four, to be read aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _compile(certificate: Certificate, kind: str) -> bytes:
    files = {
        "main": TEMPLATE.read_bytes(),
        "facts.json": json.dumps(_facts(certificate), ensure_ascii=False).encode(),
        "qr.svg": _qr(verify_url(certificate)),
    }
    options: dict[str, Any] = {"format": kind, "font_paths": _fonts(), "ppi": 110}
    return bytes(typst.compile(files, **options))


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _qr(text: str) -> bytes:
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=0, dark="#12352f")
    return drawing.getvalue()


def _facts(certificate: Certificate) -> dict[str, str]:
    expires = certificate.expires_on
    return {
        "academy": _("Kefu Academy"),
        "heading": _("Certificate"),
        "person": certificate.person_name,
        "sentence": _("has fulfilled every requirement and is awarded"),
        "title": certificate.title,
        "score_label": _("Score"),
        "score": f"{certificate.score.normalize():f}",
        "issued_label": _("Issued on"),
        "issued": date_format(certificate.issued_on, "DATE_FORMAT"),
        "expires_label": _("Valid until"),
        "expires": date_format(expires, "DATE_FORMAT") if expires else _("without limit"),
        "number_label": _("Number"),
        "number": spaced(certificate.code),
        "verify": _("Scan to verify"),
        "url": verify_url(certificate),
    }
