import io
import zipfile

import pytest

from courses.packs import files as pack_files
from courses.packs.files import files_of_folder, files_of_zip
from trainingsite.core.errors import Refused


def refusal(data):
    with pytest.raises(Refused) as refused:
        files_of_zip(data)
    assert refused.value.field == "file"
    return str(refused.value.message)


def test_zip_is_read(files, zipped):
    assert files_of_zip(zipped({**files, "picture.png": "x"})) == files


def test_pack_may_lie_in_a_folder_of_the_zip(files, zipped):
    assert files_of_zip(zipped({f"内容/v1/{name}": text for name, text in files.items()})) == files


def test_folder_is_read(files, tmp_path):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    assert files_of_folder(tmp_path) == files


def test_folder_without_a_pack_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"no pack\.yaml"):
        files_of_folder(tmp_path)


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_what_is_not_a_zip_is_refused(data):
    assert refusal(data) == "This is not a zip file that can be opened."


def test_damaged_zip_is_refused(files, zipped):
    data = bytearray(zipped(files))
    data[60:90] = b"\x00" * 30

    assert refusal(bytes(data)) == "This is not a zip file that can be opened."


@pytest.mark.parametrize("name", ["../evil.yaml", "/etc/evil.yaml", "a/../../evil.md", "..\\evil.yaml", "C:\\evil.md"])
def test_name_that_leads_outside_is_refused(files, zipped, name):
    assert refusal(zipped({**files, name: "x"})).startswith("The zip names a file outside of itself")


def test_zip_without_a_pack_is_refused(zipped):
    assert refusal(zipped({"readme.md": "x"})) == "There is no pack.yaml in the zip."


def test_text_that_is_no_utf8_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("pack.yaml", "标题".encode("gb18030"))

    assert refusal(buffer.getvalue()) == "pack.yaml is not a text in UTF-8."


def test_zip_bomb_is_refused_before_it_is_unpacked(files, zipped):
    bomb = zipped({**files, "big.md": "0" * (pack_files.MAX_BYTES + 1)})

    assert len(bomb) < 100_000
    assert refusal(bomb).startswith("The zip holds too much")


def test_too_many_files_are_refused(zipped):
    assert refusal(zipped({f"{n}.md": "" for n in range(pack_files.MAX_FILES + 1)})).startswith(
        "The zip holds too much"
    )


def test_zip_that_lies_about_a_size_is_refused(zipped):
    data = zipped({"pack.yaml": "0" * 100_000})
    lie = data.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert refusal(lie) == "This is not a zip file that can be opened."


def test_locked_zip_is_refused(files, zipped):
    data = bytearray(zipped(files))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)

    assert refusal(bytes(data)) == "This is not a zip file that can be opened."
