import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

Files = dict[str, str]

COURSE = """\
code: returns
title: 七天无理由退货
summary: 会判断
level: basic
objectives: {knowledge: [规则]}
translations: {en: {title: Returns}}
units:
  - {slug: rule, kind: article, title: 规则, minutes: 8, file: 01-rule.md}
  - {slug: exceptions, kind: article, title: 例外, minutes: 7, file: 02-exceptions.md}
"""


@pytest.fixture
def files() -> Files:
    """A sound pack: one topic, one course of two articles."""
    return {
        "pack.yaml": "title: 内容包\nversion: 2026-03-02\nlanguage: zh-hans\ntopics: [rules]\n",
        "rules/topic.yaml": "slug: rules\norder: 1\ntitle: 平台规则\nsummary: 规则\nicon: gavel\n",
        "rules/returns/course.yaml": COURSE,
        "rules/returns/01-rule.md": "## 规则",
        "rules/returns/02-exceptions.md": "## 例外",
    }


@pytest.fixture
def zipped() -> Callable[[Files], bytes]:
    """`zipped(files)`: the files as a zip."""

    def pack(files: Files) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return buffer.getvalue()

    return pack


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield
