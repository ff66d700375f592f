"""Whatever a file holds, reading it gives questions or says no with a place; nothing else is ever raised."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from assessments.exchange.archives import MAX_BYTES as MOST_UNPACKED
from assessments.exchange.known import FORMATS, parse
from assessments.exchange.parsed import MAX_BYTES, Parsed
from assessments.exchange.texts import text_of
from tests.assessments.exchange.samples import ENTRIES, find
from trainingsite.core.errors import Refused

OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FILES = {name: known.write(ENTRIES, find).data for name, known in FORMATS.items()}
MARKUP = st.text(
    st.sampled_from("{}[]=~#%:$/\\<>&;\"'!-*_`|.,AB12 \n\t的題\x00\x1b\ud7ff\ufdd0\U0001f600") | st.characters(),
    max_size=300,
)


def outcome(name, data):
    """What reading says: questions in the shape that the importer takes, or a refusal in words."""
    try:
        parsed = parse(name, data)
    except Refused as refusal:
        return refusal
    assert isinstance(parsed, Parsed)
    for draft in parsed.drafts:
        assert draft.place
        assert isinstance(draft.entry, dict)
    assert all(problem.place and problem.message for problem in parsed.problems)
    assert all(row.reason for row in parsed.unmapped)
    return parsed


@pytest.mark.parametrize("name", FORMATS)
@OFTEN
@given(data=st.binary(max_size=400))
def test_any_bytes(name, data):
    outcome(name, data)


@pytest.mark.parametrize("name", FORMATS)
@OFTEN
@given(text=MARKUP, encoding=st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_text(name, text, encoding):
    outcome(name, text.encode(encoding, "replace"))


@pytest.mark.parametrize("name", FORMATS)
@OFTEN
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 40)), max_size=5
    )
)
def test_files_that_were_broken_on_the_way(name, changes):
    data = FILES[name]
    for where, inserted, dropped in changes:
        at = int(where * len(data))
        data = data[:at] + inserted + data[at + dropped :]
    outcome(name, data)


@pytest.mark.parametrize("name", ["moodle", "gift", "yaml", "aiken"])
@OFTEN
@given(
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), MARKUP, st.integers(0, 60)), min_size=1, max_size=4)
)
def test_texts_that_people_changed_by_hand(name, changes):
    text = FILES[name].decode()
    for where, inserted, dropped in changes:
        at = int(where * len(text))
        text = text[:at] + inserted + text[at + dropped :]
    outcome(name, text.encode("utf-8", "replace"))


@pytest.mark.parametrize("name", ["qti2", "qti3", "excel"])
@OFTEN
@given(
    where=st.floats(0, 1, exclude_max=True),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), MARKUP, st.integers(0, 60)), min_size=1, max_size=4),
)
def test_packages_of_which_a_part_is_broken(name, where, changes):
    with zipfile.ZipFile(BytesIO(FILES[name])) as archive:
        files = {member: archive.read(member) for member in archive.namelist()}
    chosen = list(files)[int(where * len(files))]
    for at, inserted, dropped in changes:
        part = files[chosen]
        cut = int(at * len(part))
        files[chosen] = part[:cut] + inserted.encode("utf-8", "replace") + part[cut + dropped :]
    outcome(name, packed(files))


def packed(files):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in files.items():
            archive.writestr(member, data)
    return buffer.getvalue()


@OFTEN
@given(rows=st.lists(st.lists(MARKUP, max_size=8), max_size=6))
def test_any_cells(rows):
    book = Workbook()
    sheet = book.active
    sheet.append(["题型", "题干", "选项1", "分值1", "选项2", "分值2", "答案", "设置"])
    for line, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            clean = "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())
            cell = sheet.cell(line, column, clean)
            cell.data_type = "s"
    buffer = BytesIO()
    book.save(buffer)
    outcome("excel", buffer.getvalue())


@pytest.mark.parametrize("name", FORMATS)
def test_a_hundred_megabytes_are_refused_before_they_are_read(name):
    refusal = outcome(name, b" " * 100_000_000)
    assert refusal.code == "too_large"
    assert MAX_BYTES < 100_000_000


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_file_is_refused(name):
    assert isinstance(outcome(name, b""), Refused)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]><quiz><question type='essay'><name><text>&j;</text></name></question></quiz>"
)
READS_A_FILE = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question>&x;</question></quiz>'


@pytest.mark.parametrize("name", ["moodle", "qti2", "qti3"])
@pytest.mark.parametrize("text", [BOMB, READS_A_FILE], ids=["bomb", "file"])
def test_entities_are_refused(name, text):
    assert outcome(name, text.encode()).code == "entities"


def test_entities_in_a_workbook_are_refused():
    with zipfile.ZipFile(BytesIO(FILES["excel"])) as archive:
        files = {member: archive.read(member) for member in archive.namelist()}
    files["xl/worksheets/sheet1.xml"] = BOMB.encode()
    assert outcome("excel", packed(files)).code == "entities"


@pytest.mark.parametrize("name", ["qti3", "excel"])
def test_a_zip_that_unpacks_to_gigabytes_is_refused(name):
    refusal = outcome(name, packed({"imsmanifest.xml": b" " * (MOST_UNPACKED + 1)}))
    assert refusal.code == "too_large"


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a\\..\\..\\b"])
def test_a_zip_that_names_files_outside_of_itself_is_refused(path):
    assert outcome("qti3", packed({path: b"x"})).code == "outside"


def test_xml_without_an_end_is_refused_with_its_line():
    refusal = outcome("moodle", b"<quiz>\n<question>\n</quiz>")
    assert "3" in str(refusal.message)


def test_deeply_nested_xml_is_refused():
    assert isinstance(outcome("moodle", b"<quiz>" + b"<a>" * 300 + b"</a>" * 300 + b"</quiz>"), Refused)


def test_aliases_that_make_gigabytes_are_refused():
    bomb = "a: &a [x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)}]\n" for n in range(20)
    )
    assert outcome("yaml", bomb.encode()).code == "yaml"


def test_objects_are_not_made():
    assert isinstance(outcome("yaml", b"- !!python/object/apply:os.system ['true']"), Refused)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gbk", "gb18030"])
def test_chinese_is_read_in_the_encodings_of_chinese_programs(encoding):
    text = "客户要退货,怎么办?\nA. 受理\nB. 拒绝\nANSWER: A\n"
    if encoding == "utf-16-le":
        text = "Q: " + text  # without its mark it is known by the zeros of Latin letters
    [draft] = parse("aiken", text.encode(encoding)).drafts
    assert [option["text"] for option in draft.entry["content"]["options"]] == ["受理", "拒绝"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_xml_says_its_encoding(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><quiz><question type="essay"><name><text>题</text></name>'
    text += "<questiontext format='html'><text>&lt;p&gt;怎么办?&lt;/p&gt;</text></questiontext></question></quiz>"
    [draft] = parse("moodle", text.encode(encoding)).drafts
    assert draft.entry["stem"] == "怎么办?"


def test_binary_is_no_text():
    for data in (b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0abc"):
        with pytest.raises(Refused):
            text_of(data)
