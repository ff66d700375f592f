"""What is vendored: complete, licensed, without dangling pointers; and the command that rebuilds it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command

from trainingsite.core.management.commands import vendor

STATIC = Path(settings.BASE_DIR) / "static"
VENDOR = STATIC / "vendor"
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "tabler-icons" / "sprite.svg").read_text("utf-8")))
HOUSE = ("trainingsite", "courses", "assessments", "mentoring", "analytics")


def test_every_folder_has_its_licence_and_a_line_in_the_readme() -> None:
    readme = (VENDOR / "README.md").read_text("utf-8")
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert [path.name for path in folders if not (path / "LICENSE").is_file()] == []
    assert [path.name for path in folders if f"`{path.name}/`" not in readme] == []


def test_sprite_holds_the_icons_of_the_list() -> None:
    assert set((VENDOR / "tabler-icons" / "icons.txt").read_text("utf-8").split()) == SPRITE


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    named = {
        (path.name, name)
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        for name in re.findall(r'(?:\bicon|icon_name=) ?"([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    assert {(file, name) for file, name in named if name not in SPRITE} == set()


def test_every_icon_that_the_code_names_is_in_the_sprite() -> None:
    named = {
        (path.name, name)
        for app in HOUSE
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py")
        for name in re.findall(r'\bicon(?:_name)?(?:=|": )"([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    assert {(file, name) for file, name in named if name not in SPRITE} == set()


def test_static_files_point_at_nothing_that_is_missing(tmp_path: Path) -> None:
    """The check that collectstatic makes in production: every reference of a file resolves."""
    storage = ManifestStaticFilesStorage(location=tmp_path)
    source = FileSystemStorage(location=STATIC)
    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file() and path.suffix != ".ttf"]
    for name in names:
        with source.open(name) as file:
            storage.save(name, file)
    outcome = list(storage.post_process({name: (storage, name) for name in names}))
    assert [(name, done) for name, _, done in outcome if isinstance(done, Exception)] == []


def test_web_fonts_stay_light() -> None:
    sizes = {
        weight: sum(path.stat().st_size for path in (VENDOR / "noto-sans-sc").glob(f"*-{weight}-*.woff2"))
        for weight in vendor.WEIGHTS
    }
    assert {weight: size < 1_500_000 for weight, size in sizes.items()} == {"400": True, "700": True}


@pytest.mark.parametrize("text", ["code();\n//# sourceMappingURL=a.js.map", "a{}\n/*# sourceMappingURL=a.css.map */\n"])
def test_pointer_to_a_source_map_is_removed(tmp_path: Path, text: str) -> None:
    source, target = tmp_path / "in.js", tmp_path / "out.js"
    source.write_text(text, "utf-8")
    vendor.copy_file(source, target)
    assert target.read_text("utf-8") == text.splitlines()[0] + "\n"


def test_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="tabler-core"):
        call_command("vendor", tmp_path, only="files")


def test_icon_without_a_drawing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="icon unicorn"):
        vendor.symbol(tmp_path / "unicorn.svg")


def test_icon_loses_its_frame_and_keeps_its_lines(tmp_path: Path) -> None:
    drawing = tmp_path / "dot.svg"
    drawing.write_text(f'<svg class="x">\n  {vendor.BOUNDING_BOX}\n  <path d="M1 1" />\n</svg>', "utf-8")
    assert vendor.symbol(drawing).endswith('stroke-linejoin="round"><path d="M1 1" /></symbol>')


def test_ranges_are_written_short_and_read_back() -> None:
    codes = {0x4E00, 0x4E01, 0x4E02, 0x5000}
    assert vendor.write_ranges(codes) == "U+4E00-4E02,U+5000"
    assert vendor.parse_ranges("U+4E00-4E02, U+5000") == codes


def test_encodings_give_their_characters() -> None:
    level_one = vendor.encoded("gb2312", range(0xB0, 0xD8))
    assert len(level_one) == 3755
    assert {ord("啊"), ord("座")} <= level_one
    assert ord("龘") not in level_one


def test_slices_share_no_character(tmp_path: Path) -> None:
    folder = tmp_path / "fontsource-noto-sans-sc"
    folder.mkdir()
    listing = ",".join(f'"[{number}]": "U+{0x4E00 + number:X}"' for number in range(111, 120))
    (folder / "unicode.json").write_text(f"{{{listing}}}", "utf-8")
    slices = vendor.web_slices(tmp_path)
    together = set().union(*slices.values())
    assert len(together) == sum(map(len, slices.values()))
    assert {ord(character) for character in "客服学堂玥課"} <= together
