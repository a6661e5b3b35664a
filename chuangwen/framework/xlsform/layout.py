"""The columns of our XLSForm, and the choices and names that both ways share.

What an XLSForm cannot say (weight, veto, category …) stands in columns of our own, which other
programs pass over. `chuangwen_part` marks rows that belong to the line above.
"""

import re

from chuangwen.framework.checklist_document import LineEntry
from chuangwen.framework.enums import LineShape

LANGUAGE = "中文 (zh)"
LABEL, HINT, MESSAGE = (
    f"{column}::{LANGUAGE}" for column in ("label", "hint", "constraint_message")
)
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
OWN = "chuangwen_"
LINE_COLUMNS = (
    "code",
    "shape",
    "threshold",
    "unit",
    "per",
    "per_unit",
    "photo",
    "weight",
    "is_veto",
    "may_not_apply",
    "category",
    "days",
    "standard",
    "source",
)
PART = f"{OWN}part"
SURVEY_COLUMNS = (
    "type",
    "name",
    LABEL,
    HINT,
    "required",
    "relevant",
    "constraint",
    MESSAGE,
    "parameters",
    *(OWN + column for column in LINE_COLUMNS),
    PART,
)
HEAD_COLUMNS = (
    "site_type",
    "site_type_name",
    "site_type_shape",
    "site_type_note",
    "pass_rule",
    "pass_percent",
    "note",
    "source",
)
SETTINGS_COLUMNS = (
    "form_title",
    "form_id",
    "version",
    "default_language",
    *(OWN + column for column in HEAD_COLUMNS),
)
YES, NO, NOT_APPLICABLE = "yes", "no", "na"
FOUND_OR_NOT = (
    ("found", ((YES, "有"), (NO, "没有"))),
    ("found_or_na", ((YES, "有"), (NO, "没有"), (NOT_APPLICABLE, "不适用"))),
    ("applies", ((YES, "适用"), (NOT_APPLICABLE, "不适用"))),
)
EXPRESSIONS = {"relevant", "constraint"}  # where ${…} is a reference, and meant as one
JOINER = "\u2060"  # has no width, and allows no line to end there
# ${name} and instance('name')/… stand for answers, in labels too.
_REFERENCE = re.compile(rf"\$(?={JOINER}*\{{)|instance(?={JOINER}*\()")
_HARMLESS = re.compile(rf"(\$|instance){JOINER}(?={JOINER}*[{{(])")
METADATA = {
    "start",
    "end",
    "today",
    "deviceid",
    "phonenumber",
    "username",
    "email",
    "audit",
    "simserial",
    "subscriberid",
}


def harmless(words: str) -> str:
    """Return words in which XLSForm sees no reference to another question; they look the same."""
    return _REFERENCE.sub(rf"\g<0>{JOINER}", words)


def restored(words: str) -> str:
    """Return the words as they were before `harmless`."""
    return _HARMLESS.sub(r"\1", words)


def question(line: LineEntry) -> str:
    """Return the type of the row that carries a line's own words."""
    if line.shape is LineShape.EXISTS:
        return "select_one found_or_na" if line.may_not_apply else "select_one found"
    if line.may_not_apply:
        return "select_one applies"
    return "text" if line.shape is LineShape.FREE else "note"
