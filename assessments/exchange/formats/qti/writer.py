"""Questions as a package of QTI items."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from lxml import etree

from assessments.exchange.archives import zip_of
from assessments.exchange.formats.qti import case
from assessments.exchange.formats.qti.kinds import WRITERS
from assessments.exchange.formats.qti.making import Making, identifier, image_name
from assessments.exchange.losses import Losses
from assessments.exchange.parsed import Entry, FindFile, Written
from assessments.exchange.trees import Node

PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
TYPES = {"2.1": "imsqti_item_xmlv2p1", "3.0": "imsqti_item_xmlv3p0"}
SCHEMAS = {"2.1": ("QTIv2.1 Package", "1.0.0"), "3.0": ("QTI Package", "3.0.0")}


def write_2(entries: Sequence[Entry], find: FindFile) -> Written:
    return _package(entries, find, "2.1")


def write_3(entries: Sequence[Entry], find: FindFile) -> Written:
    return _package(entries, find, "3.0")


def _package(entries: Sequence[Entry], find: FindFile, version: str) -> Written:
    losses, resources = Losses(), []
    files: dict[str, bytes] = {}
    for number, entry in enumerate(entries, start=1):
        item = _item(entry, find, version, losses)
        if item is None:
            continue
        name = f"{number:04}-{identifier(entry)}.xml"
        images = {image_name(short, file): file.data for short, file in item.images.items()}
        files |= {name: _bytes(item.ready()), **images}
        resources.append((identifier(entry), name, list(images)))
    return Written(zip_of({"imsmanifest.xml": _manifest(resources, version), **files}), losses)


def _item(entry: Entry, find: FindFile, version: str, losses: Losses) -> Making | None:
    if entry["kind"] not in WRITERS and not case.fits(entry):
        losses.whole(entry, _("QTI has no such kind of question."))
        return None
    if entry["kind"] == "hotspot" and find(entry["content"]["image"]) is None:
        losses.whole(entry, _("Its picture is not there."))
        return None
    item = Making(entry, version, find, losses)
    item.markdown(item.body, entry["stem"])
    if entry["kind"] in WRITERS:
        WRITERS[entry["kind"]](item, entry, item.body)
    else:
        case.write(item, entry)
    if entry.get("language"):
        item.root.set("{http://www.w3.org/XML/1998/namespace}lang", entry["language"])
    losses.translations(entry)
    return item


def _manifest(resources: list[tuple[str, str, list[str]]], version: str) -> bytes:
    def inside(parent: Node, name: str, text: str | None = None, **said: str) -> Node:
        node: Node = etree.SubElement(parent, f"{{{PACKAGE}}}{name}", said)
        node.text = text
        return node

    root = etree.Element(f"{{{PACKAGE}}}manifest", {"identifier": "questions"}, nsmap={None: PACKAGE})
    about = inside(root, "metadata")
    schema, number = SCHEMAS[version]
    inside(about, "schema", schema)
    inside(about, "schemaversion", number)
    inside(root, "organizations")
    held = inside(root, "resources")
    for n, (name, href, images) in enumerate(resources, start=1):
        node = inside(held, "resource", identifier=f"r{n}-{name}", type=TYPES[version], href=href)
        for each in [href, *images]:
            inside(node, "file", href=each)
    return _bytes(root)


def _bytes(root: Node) -> bytes:
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
