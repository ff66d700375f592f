import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from courses.media.actions import media_url, store
from courses.media.models import Media, MediaKind, library
from tests.courses.media import samples
from tests.courses.media.samples import upload
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (samples.png(), ("image", "image/png", None, None)),
        (samples.pdf(3), ("document", "application/pdf", None, 3)),
        (samples.tone(4), ("audio", "audio/wav", 4.0, None)),
        (samples.CLIP, ("video", "video/webm", 3.785, None)),
        (samples.MP4, ("video", "video/mp4", 3.666, None)),
    ],
    ids=["png", "pdf", "wav", "webm", "mp4"],
)
def test_file_is_known_by_its_content_whatever_its_name(hire, content, found):
    hr = hire(Role.HR)

    media = store(upload(content, "季度复盘.exe"), by=hr)

    assert (media.kind, media.mime, media.seconds, media.pages) == found
    assert (media.name, media.size, media.uploaded_by) == ("季度复盘.exe", len(content), hr)
    with library().open(media.file.name) as kept:
        assert kept.read() == content


def test_same_file_again_is_kept_once(hire):
    first = store(upload(samples.png(), "退货流程.png"), by=hire(Role.HR))
    again = store(upload(samples.png(), "另一个名字.png"), by=hire(Role.INSTRUCTOR))

    assert again == first
    assert again.file.name == f"{first.sha256[:2]}/{first.sha256}.png"
    assert list(Media.objects.values_list("name", flat=True)) == ["退货流程.png"]


def test_file_that_was_lost_on_the_disk_comes_back_with_the_next_upload(hire):
    first = store(upload(samples.png(shade=17), "a.png"), by=None)
    library().delete(first.file.name)

    again = store(upload(samples.png(shade=17), "b.png"), by=None)

    assert again == first
    assert library().exists(first.file.name)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "empty.png", "empty"),
        (b"<html><script>alert(1)</script></html>", "picture.png", "unknown_type"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "drawing.svg", "unknown_type"),
        (b"MZ" + b"\0" * 500, "video.mp4", "unknown_type"),
        (samples.png()[:20], "half.png", "damaged"),
        (b"%PDF-1.7\n" + b"x" * 300, "broken.pdf", "damaged"),
        (samples.tone(4)[:40], "cut.wav", "damaged"),
        (samples.lying(1), "short.webm", "longer_than_it_says"),
        (samples.lying(600), "long.webm", "shorter_than_it_says"),
        (samples.png(13_000, 1), "wide.png", "too_many_pixels"),
    ],
)
def test_bad_file_is_refused_and_nothing_kept(content, name, code):
    with pytest.raises(Refused) as refusal:
        store(upload(content, name), by=None)

    assert (refusal.value.field, refusal.value.code) == ("file", code)
    assert not Media.objects.exists()


def test_locked_pdf_is_refused():
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(samples.pdf(1))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)

    with pytest.raises(Refused) as refusal:
        store(upload(buffer.getvalue(), "locked.pdf"), by=None)

    assert refusal.value.code == "locked"


def test_kind_that_is_not_wanted_here_is_refused():
    with translation.override("en"), pytest.raises(Refused, match="“Picture”; wanted is: Video") as refusal:
        store(upload(samples.png(), "a.mp4"), by=None, kinds=[MediaKind.VIDEO])

    assert refusal.value.code == "wrong_kind"


def test_size_limit_is_the_kinds_own(settings):
    settings.UPLOAD_LIMITS_MB = {"image": 0, "document": 50, "audio": 100, "video": 500}

    with pytest.raises(Refused, match="0 MB") as refusal:
        store(upload(samples.png(), "a.png"), by=None)

    assert refusal.value.code == "too_large"
    assert store(upload(samples.pdf(1), "a.pdf"), by=None).kind == "document"


def test_file_larger_than_any_kind_is_refused_before_it_is_read(settings):
    settings.UPLOAD_LIMITS_MB = {"image": 0, "document": 0, "audio": 0, "video": 0}

    with pytest.raises(Refused) as refusal:
        store(SimpleUploadedFile("a.bin", b"whatever"), by=None)

    assert refusal.value.code == "too_large"


def test_address_is_made_of_the_digest():
    media = store(upload(samples.png(), "a.png"), by=None)

    assert media_url(media) == f"/media/{media.sha256[:12]}/"
    assert media.reference == f"media:{media.sha256[:12]}"
