"""The .docx container: our own styles, settings and font table, and nobody's traces."""

import zipfile
from datetime import UTC, date, datetime, time
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.xmlchemy import BaseOxmlElement, serialize_for_reading

from chuangwen.reports.official.fonts import FONT_TABLE, Font
from chuangwen.reports.official.markup import make
from chuangwen.reports.official.spilling import Spill
from chuangwen.reports.official.styles import styles_markup
from chuangwen.reports.text import one_line

_KEPT_PARTS = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS}
IN_MEMORY = 2**20
_UNDATED = date(2000, 1, 1)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_package(title: str, day: date | None) -> DocxDocument:
    """Return an empty document; its timestamps are those of `day`, so that bytes repeat."""
    document = Document()
    _drop_template_parts(document)
    _replace_children(document.styles.element, styles_markup())
    _replace_children(document.settings.element, _settings_markup())
    _add_font_table(document)
    moment = datetime.combine(day or _UNDATED, time(), tzinfo=UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = one_line(title)[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = moment
    properties.revision = 1
    document.element.body.clear()
    return document


def save_package(document: DocxDocument, target: BinaryIO, spill: Spill) -> None:
    """Write `document` to `target` with fixed zip timestamps, and the rows that were put aside."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as buffer:
        document.save(cast(BinaryIO, buffer))
        with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(target, "w") as copy:
            for entry in source.infolist():
                info = zipfile.ZipInfo(entry.filename, _ZIP_EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                with copy.open(info, "w") as part:
                    for piece in spill.filled_in(source.read(entry)):
                        part.write(piece)


def _drop_template_parts(document: DocxDocument) -> None:
    relations = document.part.rels
    for key in [key for key, link in relations.items() if link.reltype not in _KEPT_PARTS]:
        del relations[key]
    # The template's thumbnail and application properties are of another document.
    kept = {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}
    outer = document.part.package.rels
    for key in [key for key, link in outer.items() if link.reltype not in kept]:
        del outer[key]


def _replace_children(element: BaseOxmlElement, children: list[BaseOxmlElement]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _settings_markup() -> list[BaseOxmlElement]:
    mode = make(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return [
        make("defaultTabStop", val=420),
        make("evenAndOddHeaders"),
        make("characterSpacingControl", val="compressPunctuation"),
        make("compat", make("useFELayout"), mode),
        make("themeFontLang", val="en-US", eastAsia="zh-CN"),
    ]


def _add_font_table(document: DocxDocument) -> None:
    table = make("fonts", *(_font_markup(font) for font in FONT_TABLE))
    name = PackURI("/word/fontTable.xml")
    blob = serialize_for_reading(table).encode()
    part = Part(name, CONTENT_TYPE.WML_FONT_TABLE, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _font_markup(font: Font) -> BaseOxmlElement:
    return make(
        "font",
        make("altName", val=",".join(font.alternatives)),
        make("charset", val=font.charset),
        make("family", val=font.family),
        make("pitch", val="variable"),
        name=font.name,
    )
