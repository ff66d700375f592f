"""Files that other systems made, where they are at hand; nothing of them is kept in the project."""

from pathlib import Path

import pytest

from assessments.exchange.known import FORMATS, guess, parse
from tests.assessments.exchange.samples import plain

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
FILES = [*sorted(SAMPLES.glob("moodle/*.xml")), *sorted(SAMPLES.glob("qti3/*.xml"))]
pytestmark = pytest.mark.skipif(not FILES, reason="the samples lie beside the project, not in it")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_another_system_is_read_without_a_fault(path):
    data = path.read_bytes()
    parsed = parse(guess(path.name, data), data)
    assert parsed.problems == []
    assert parsed.drafts or parsed.unmapped


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_comes_back_as_it_was_read(path):
    data = path.read_bytes()
    name = guess(path.name, data)
    parsed = parse(name, data)
    entries = [draft.entry for draft in parsed.drafts]
    if not entries:
        pytest.skip("all of it is left out, with the reason")
    again = parse(name, FORMATS[name].write(entries, parsed.files.get).data)
    assert [plain(draft.entry) for draft in again.drafts] == [plain(entry) for entry in entries]


def read(name):
    path = next((path for path in FILES if path.name == name), None)
    if path is None:
        pytest.skip("this sample is not at hand")
    return parse(guess(name, path.read_bytes()), path.read_bytes())


def test_nested_categories_of_moodle():
    shelves = [draft.entry.get("category") for draft in read("nested_categories_with_questions.xml").drafts]
    assert shelves == ["Iota", "Iota/Kappa", "Iota/Kappa", "Iota/Kappa/Lambda", "Iota/Mu"]


def test_an_item_without_its_picture_is_left_out_with_the_reason():
    parsed = read("QTI3-hotspot.xml")
    assert [(row.place, row.whole) for row in parsed.unmapped] == [("QTI3-hotspot", True)]


def test_the_order_that_is_right():
    [draft] = read("QTI3-order.xml").drafts
    assert [row["id"] for row in draft.entry["content"]["items"]] == ["DriverC", "DriverA", "DriverB"]
