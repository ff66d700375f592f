"""Small real files. The clips were recorded from a canvas by Chromium's MediaRecorder: 3.8 s of VP8, 3.7 s of H.264."""

import io
import math
import struct
import wave
import zlib
from functools import cache
from pathlib import Path

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

FILES = Path(__file__).parent / "files"
CLIP = (FILES / "clip.webm").read_bytes()
MP4 = (FILES / "clip.mp4").read_bytes()


@cache
def tone(seconds: float = 4.0, rate: int = 8000) -> bytes:
    """A WAV file: 440 Hz, 8 bits."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 1, rate, 0, "NONE", ""))
        file.writeframes(bytes(128 + int(60 * math.sin(n * 440 * math.tau / rate)) for n in range(int(seconds * rate))))
    return buffer.getvalue()


@cache
def png(width: int = 2, height: int = 2, shade: int = 90) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes([shade]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@cache
def pdf(pages: int = 3) -> bytes:
    """A document whose pages are numbered."""
    body = "#pagebreak()\n".join(f"= Page {number}\n" for number in range(1, pages + 1))
    return typst.compile(body.encode())


def lying(seconds: float) -> bytes:
    """The clip of 3.8 s, whose header says another length."""
    place = CLIP.index(b"\x44\x89\x84") + 3
    return CLIP[:place] + struct.pack(">f", seconds * 1000) + CLIP[place + 4 :]


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
