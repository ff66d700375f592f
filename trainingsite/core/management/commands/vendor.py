"""Rebuild `static/vendor/` from unpacked npm packages, so that an upgrade is a command and not handiwork."""

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

LAST_COMMENT = re.compile(r"\s*(?://[#@] ?sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)\s*$")
DRAWING = re.compile(r"<svg\b[^>]*>(.*?)</svg>", re.DOTALL)
BOUNDING_BOX = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
SPRITE_STYLE = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round"'
# Characters of given names that GB2312 lacks and that employees do have.
NAME_CHARACTERS = (
    "玥喆堃镕珺琪琰珮翀煊玟珏昇淼垚犇赟翊祎偲婳妤玘瑄璟旻昉晗晞暄湉溦烨焜煜燊祺禛竑笙筠翯芃芸茜荔菀萱蒽薏蘅骐骁鑫闫邗"
)
WEIGHTS = {"400": ("Regular", "400Regular"), "700": ("Bold", "700Bold")}


@dataclass(frozen=True)
class Package:
    """One npm package: where it goes and which of its files are shipped."""

    name: str
    folder: str
    files: tuple[str, ...]

    def source(self, root: Path) -> Path:
        return root / self.name.removeprefix("@").replace("/", "-")


PACKAGES = (
    Package("@tabler/core", "tabler", ("dist/css/tabler.min.css", "dist/js/tabler.min.js")),
    Package("htmx.org", "htmx", ("dist/htmx.min.js", "LICENSE")),
    Package("@alpinejs/csp", "alpine", ("dist/cdn.min.js",)),
    Package("sortablejs", "sortable", ("Sortable.min.js", "LICENSE")),
    Package("echarts", "echarts", ("dist/echarts.min.js", "LICENSE", "NOTICE")),
    Package("pdfjs-dist", "pdfjs", ("legacy/build/pdf.min.mjs", "legacy/build/pdf.worker.min.mjs", "LICENSE")),
    Package(
        "fullcalendar",
        "fullcalendar",
        (
            *("all/global.js", "skeleton.css", "themes/classic/theme.css", "themes/classic/palette.css"),
            *("themes/classic/global.js", "locales/zh-cn/global.js", "locales/zh-tw/global.js", "LICENSE.md"),
        ),
    ),
    Package("@tabler/icons", "tabler-icons", ("LICENSE",)),
    Package("@expo-google-fonts/noto-sans-sc", "noto-sans-sc", ("LICENSE_FONT",)),
)


class Command(BaseCommand):
    help = "Rebuild static/vendor/ from a folder that holds the unpacked npm packages (see static/vendor/README.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("packages", type=Path, help="folder with one unpacked npm package per sub-folder")
        parser.add_argument("--only", choices=["files", "icons", "fonts"], help="rebuild this part alone")

    def handle(self, *_args: Any, packages: Path, only: str | None = None, **_options: Any) -> None:
        target = Path(settings.BASE_DIR) / "static" / "vendor"
        for part, build in (("files", copy_files), ("icons", build_sprite), ("fonts", build_fonts)):
            if only in {None, part}:
                self.stdout.write(build(packages, target))


def copy_files(packages: Path, target: Path) -> str:
    """Copy every shipped file, without pointers to source maps that are not shipped."""
    for package in PACKAGES:
        folder = target / package.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name in package.files:
            copy_file(package.source(packages) / name, folder / shipped_name(name))
    return f"copied {sum(len(package.files) for package in PACKAGES)} files"


def shipped_name(name: str) -> str:
    """What a file is called here: licences alike, and one of several `global.js` after its folder."""
    path = Path(name)
    if path.stem.startswith("LICENSE"):
        return "LICENSE"
    return f"{path.parent.name}.js" if path.name == "global.js" else path.name


def copy_file(source: Path, target: Path) -> None:
    if not source.is_file():
        raise CommandError(f"{source} is missing: unpack the npm package there first.")
    if source.suffix in {".js", ".mjs", ".css"}:
        target.write_text(LAST_COMMENT.sub("", source.read_text("utf-8")) + "\n", "utf-8")
    else:
        shutil.copyfile(source, target)


def build_sprite(packages: Path, target: Path) -> str:
    """Draw the icons that `icons.txt` lists into one SVG sprite."""
    folder = target / "tabler-icons"
    names = sorted(set((folder / "icons.txt").read_text("utf-8").split()))
    symbols = [symbol(packages / "tabler-icons" / "icons" / "outline" / f"{name}.svg") for name in names]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (folder / "sprite.svg").write_text(sprite, "utf-8")
    return f"drew {len(names)} icons"


def symbol(source: Path) -> str:
    if not source.is_file():
        raise CommandError(f"The icon {source.stem} of icons.txt is not in {source.parent}.")
    found = DRAWING.search(source.read_text("utf-8"))
    lines = found.group(1).replace(BOUNDING_BOX, "").splitlines() if found else []
    drawing = "".join(line.strip() for line in lines)
    return f'<symbol id="{source.stem}" {SPRITE_STYLE} stroke-linejoin="round">{drawing}</symbol>'


def build_fonts(packages: Path, target: Path) -> str:
    """Cut the web fonts (four slices a weight, fetched only when needed) and the fonts for PDFs (all of GBK)."""
    folder = target / "noto-sans-sc"
    folder.mkdir(parents=True, exist_ok=True)
    slices = web_slices(packages)
    faces = []
    for weight, (style, source_folder) in WEIGHTS.items():
        source = packages / "expo-google-fonts-noto-sans-sc" / source_folder / f"NotoSansSC_{source_folder}.ttf"
        for name, characters in slices.items():
            file = folder / f"noto-sans-sc-{weight}-{name}.woff2"
            cut(source, file, characters)
            faces.append(font_face(file.name, weight, characters))
        cut(source, folder / f"NotoSansSC-{style}.ttf", pdf_characters())
    (folder / "noto-sans-sc.css").write_text("\n".join(faces), "utf-8")
    return f"cut {len(faces)} web fonts and {len(WEIGHTS)} fonts for PDFs"


def web_slices(packages: Path) -> dict[str, set[int]]:
    """The characters of each slice: the frequent ones, the rest of GB2312 level 1, level 2, and traditional ones."""
    level_one, level_two = encoded("gb2312", range(0xB0, 0xD8)), encoded("gb2312", range(0xD8, 0xF8))
    frequent = frequent_characters(packages) & level_one | punctuation()
    names = {ord(character) for character in NAME_CHARACTERS}
    slices = {"frequent": frequent, "common": level_one, "rare": level_two | names}
    slices["traditional"] = encoded("big5", range(0xA4, 0xC7))
    seen: set[int] = set()
    for name, characters in slices.items():
        slices[name] = characters - seen
        seen |= characters
    return slices


def frequent_characters(packages: Path) -> set[int]:
    """Google's slices of the font are ordered by use on the web: the last nine hold some 1,500 characters."""
    listing = json.loads((packages / "fontsource-noto-sans-sc" / "unicode.json").read_text("utf-8"))
    return {code for number in range(111, 120) for code in parse_ranges(listing[f"[{number}]"])}


def parse_ranges(text: str) -> set[int]:
    codes: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        codes |= set(range(int(first, 16), int(last or first, 16) + 1))
    return codes


def encoded(encoding: str, rows: Iterable[int]) -> set[int]:
    """Every character that a two-byte `encoding` holds in `rows`."""
    pairs = (bytes([row, cell]) for row in rows for cell in range(0x40, 0xFF))
    return {ord(text) for pair in pairs if len(text := pair.decode(encoding, "ignore")) == 1 and not text.isascii()}


def punctuation() -> set[int]:
    return set(range(0x3000, 0x3020)) | set(range(0xFF00, 0xFFEF)) | {ord(character) for character in "—…※→←↑↓①②③④⑤"}


def pdf_characters() -> set[int]:
    latin = set(range(0x20, 0x250)) | set(range(0x2000, 0x2070))
    return latin | punctuation() | encoded("gbk", range(0x81, 0xFF)) | encoded("big5", range(0xA4, 0xFA))


def cut(source: Path, target: Path, characters: set[int]) -> None:
    """Write the part of the font `source` that draws `characters`."""
    from fontTools import subset  # a tool of the developers: not installed where the product runs

    options = subset.Options()
    options.flavor = "woff2" if target.suffix == ".woff2" else None
    options.hinting = False
    options.layout_features = ["kern", "liga", "locl", "ccmp", "palt", "halt"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def font_face(file: str, weight: str, characters: set[int]) -> str:
    return (
        f'@font-face{{font-family:"Kefu Sans";font-style:normal;font-weight:{weight};font-display:swap;'
        f'src:url("{file}") format("woff2");unicode-range:{write_ranges(characters)}}}'
    )


def write_ranges(characters: set[int]) -> str:
    """The shortest `unicode-range` for `characters`."""
    spans = []
    for _, group in groupby(enumerate(sorted(characters)), key=lambda pair: pair[1] - pair[0]):
        codes = [code for _, code in group]
        spans.append(f"U+{codes[0]:X}" if len(codes) == 1 else f"U+{codes[0]:X}-{codes[-1]:X}")
    return ",".join(spans)
