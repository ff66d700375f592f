import pytest
from django.utils import translation

from courses.media.actions import store
from courses.media.markdown import problems, references, render
from tests.courses.media import samples
from tests.courses.media.samples import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    return store(upload(samples.png(), "流程.png"), by=None)


def test_picture_is_shown_from_the_library(picture):
    shown = render(f"![退货流程图]({picture.reference})")

    assert shown == f'<p><img src="/media/{picture.sha256[:12]}/" alt="退货流程图" loading="lazy"></p>\n'


def test_of_a_picture_with_a_wrong_address_the_words_are_shown():
    assert render("![退货流程图](media:nothing)") == "<p>退货流程图</p>\n"


def test_references_are_the_keys_of_all_pictures():
    assert references("![a](media:0123456789ab) ![b](/x.png)\n\n`![c](media:ffffffffffff)`") == {"0123456789ab"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("好\n<script>alert(1)</script>", 2),
        ("好\n\n< / SCRIPT >", 3),
        ("[点这里](javascript:alert(1))", 1),
        ("一\n[x](<java&#115;cript:alert(1)>)", 2),
        ("[x]: vbscript:run", 1),
        ("![x](data:image/png;base64,AAAA)", 1),
        ("<javascript:alert(1)>", 1),
        ('一\n二\n<img src=x onerror="alert(1)">', 3),
        ("一\n<a\n  href=x onclick=go()>", 3),
        ("<svg/onload=alert(1)>", 1),
        ('<a href="javascript:go()">x</a>', 1),
    ],
)
def test_script_is_named_with_its_line(text, line):
    with translation.override("en"):
        found = problems(text)

    assert [problem.split(":")[0] for problem in found][:1] == [f"Line {line}"]


@pytest.mark.parametrize(
    "text",
    [
        "普通的一段,3 < 5,on = 开",
        "`<script>` 是什么,`javascript:` 又是什么",
        "```html\n<script>alert(1)</script>\n<img onerror=x>\n```",
        "    <script>在代码块里</script>",
        "[官网](https://example.com/javascript:介绍)",
        "客户说:onion = 洋葱",
    ],
)
def test_what_only_looks_like_a_script_is_left_alone(text):
    assert problems(text) == []


def test_missing_picture_is_named_with_its_line(picture):
    with translation.override("en"):
        found = problems(f"![有]({picture.reference})\n\n看图:\n![没有](media:ffffffffffff)")

    assert found == ["Line 4: there is no picture “media:ffffffffffff”; insert it anew."]


def test_recording_is_no_picture():
    tone = store(upload(samples.tone(1), "a.wav"), by=None)

    assert len(problems(f"![声音]({tone.reference})")) == 1


def test_picture_without_words_or_of_another_site_is_named(picture):
    with translation.override("en"):
        found = problems(f"![]({picture.reference})\n\n![外站](https://example.com/a.png)")

    assert found == [
        "Line 1: say in the square brackets what the picture shows, for those who cannot see it.",
        "Line 3: pictures of other sites are not shown; upload it here.",
    ]
