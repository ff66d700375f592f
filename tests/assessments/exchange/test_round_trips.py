"""What is written and read again is the same, for every type that a format has."""

import pytest

from assessments.exchange.formats import excel
from assessments.exchange.formats.excel.examples import EXAMPLES
from assessments.exchange.known import FORMATS, guess, parse
from tests.assessments.exchange.samples import ENTRIES, PICTURE, find, only, pairs, plain

EVERY = {entry["kind"] for entry in ENTRIES}
CHOICES = {"single", "multiple", "true_false", "best_reply"}
HELD = {
    "yaml": EVERY,
    "excel": EVERY - {"hotspot", "case"},
    "moodle": EVERY - {"hotspot", "case", "typing"},
    "gift": CHOICES | {"matching", "short", "numerical", "essay"},
    "aiken": {"single"},
    "qti2": EVERY - {"typing"},
    "qti3": EVERY - {"typing"},
}
LOSES = {"gift": {"essay": {"content": {}}}}


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_holds_comes_back_as_it_was(name):
    written = FORMATS[name].write(ENTRIES, find)
    parsed = parse(name, written.data)
    assert parsed.problems == []
    kept = [entry for entry in ENTRIES if entry["kind"] in HELD[name]]
    if name == "aiken":
        assert [draft.entry["kind"] for draft in parsed.drafts] == ["single"]
        return
    lost = LOSES.get(name, {})
    expected = [only({**entry, **lost.get(entry["kind"], {})}, *FORMATS[name].keeps) for entry in kept]
    assert [plain(draft.entry) for draft in parsed.drafts] == expected


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_has_no_kind_for_is_named(name):
    written = FORMATS[name].write(ENTRIES, find)
    left_out = {row.place for row in written.unmapped if row.whole}
    assert left_out == {entry["code"] for entry in ENTRIES if entry["kind"] not in HELD[name]}


@pytest.mark.parametrize("name", FORMATS)
def test_writing_twice_makes_the_same_file(name):
    if name != "excel":  # a workbook says when it was made
        assert FORMATS[name].write(ENTRIES, find).data == FORMATS[name].write(ENTRIES, find).data


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"aiken"}))
def test_partners_stay_together(name):
    matching = next(entry for entry in ENTRIES if entry["kind"] == "matching")
    [draft] = parse(name, FORMATS[name].write([matching], find).data).drafts
    assert pairs(draft.entry) == pairs(matching)


@pytest.mark.parametrize("name", ["yaml", "moodle", "qti2", "qti3"])
def test_pictures_travel_with_their_questions(name):
    parsed = parse(name, FORMATS[name].write(ENTRIES[:2], find).data)
    assert {short: file.data for short, file in parsed.files.items()} == {PICTURE.short: PICTURE.data}


@pytest.mark.parametrize("name", ["gift", "moodle", "qti3", "excel", "aiken"])
def test_translations_that_stay_behind_are_named(name):
    entry = {**ENTRIES[0], "translations": {"en": {"stem": "How?"}}}
    reasons = [row.reason for row in FORMATS[name].write([entry], find).unmapped if not row.whole]
    assert any("en" in reason for reason in reasons)


def test_translations_travel_in_yaml():
    entry = {**ENTRIES[0], "translations": {"en": {"stem": "How?", "texts": {"options.a": "Accept"}}}}
    [draft] = parse("yaml", FORMATS["yaml"].write([entry], find).data).drafts
    assert draft.entry == entry


def test_the_sheet_to_fill_in_reads_as_its_examples():
    parsed = excel.read(excel.template())
    assert (parsed.problems, parsed.unmapped) == ([], [])
    assert [draft.entry["kind"] for draft in parsed.drafts] == [entry["kind"] for entry in EXAMPLES]


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_of_a_file_is_told_from_what_is_in_it(name):
    data = FORMATS[name].write(ENTRIES, find).data
    told = guess(f"file.{FORMATS[name].ending}", data)
    assert FORMATS[told].read is FORMATS[name].read  # packages of QTI 2.1 and 3 are read alike
