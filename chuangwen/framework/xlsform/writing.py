"""Writing a checklist as an XLSForm workbook. The same checklist gives the same bytes."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import xlsxwriter

from chuangwen.framework.checklist_document import ChecklistEntry, SiteTypeEntry
from chuangwen.framework.exchange.flattening import written
from chuangwen.framework.xlsform.layout import (
    CHOICES,
    EXPRESSIONS,
    FOUND_OR_NOT,
    LABEL,
    LANGUAGE,
    OWN,
    SETTINGS,
    SETTINGS_COLUMNS,
    SURVEY,
    SURVEY_COLUMNS,
    harmless,
)
from chuangwen.framework.xlsform.questions import SurveyRow, line_rows

_CREATED = datetime.datetime(2021, 1, 1)  # noqa: DTZ001 - a fixed date keeps the bytes the same
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsform(
    checklist: ChecklistEntry, site_type: SiteTypeEntry, *, form_id: str, version: str
) -> bytes:
    """Return the workbook of one checklist; `form_id` is ASCII, `version` the version's label."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    title = f"{site_type.name}测评表"
    book.set_properties({"title": title, "created": _CREATED})
    _write(book, SURVEY, SURVEY_COLUMNS, [*survey_rows(checklist)])
    choices = [
        {"list_name": name, "name": value, LABEL: label}
        for name, options in FOUND_OR_NOT
        for value, label in options
    ]
    _write(book, CHOICES, ("list_name", "name", LABEL), choices)
    head = {
        "site_type": site_type.code,
        "site_type_name": site_type.name,
        "site_type_shape": str(site_type.shape.label),
        "site_type_note": site_type.note,
        "pass_rule": str(checklist.pass_rule.label),
        "pass_percent": written(checklist.pass_percent),
        "note": checklist.note,
        "source": checklist.source,
    }
    settings = {
        "form_title": title,
        "form_id": form_id,
        "version": version,
        "default_language": LANGUAGE,
        **{OWN + key: value for key, value in head.items()},
    }
    _write(book, SETTINGS, SETTINGS_COLUMNS, [settings])
    book.close()
    return buffer.getvalue()


def survey_rows(checklist: ChecklistEntry) -> Iterator[SurveyRow]:
    """Yield the rows of the survey sheet: one group a LineGroup, its lines in order."""
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    number = 0
    for place, group in enumerate(checklist.groups, start=1):
        yield {"type": "begin_group", "name": f"group_{place}", LABEL: group.title}
        for line in group.lines:
            number += 1
            yield from line_rows(line, f"line_{number}")
        yield {"type": "end_group"}


def _write(
    book: xlsxwriter.Workbook,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str]],
) -> None:
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bg_color": "#E7EDF3", "border": 1})
    body = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 2)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 40 if column == LABEL else 16, body)
        sheet.write_string(0, place, column, head)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            if words := row.get(column, ""):
                shown = words if column in EXPRESSIONS else harmless(words)
                sheet.write_string(number, place, shown, body)
