"""Values as text, so that a document's and the campaign's can be compared and shown."""

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Any

_LEAST_PREFIX = 4


def plain(value: Any) -> str:
    """Return a value as text: numbers without idle zeros, days in ISO form, nothing as ""."""
    match value:
        case None:
            return ""
        case Decimal() | float():
            text = format(Decimal(str(value)).normalize(), "f")
            return "0" if text in {"-0", "0"} else text
        case datetime.date():
            return value.isoformat()
        case _:
            return str(value).strip()


def title_key(title: str) -> str:
    """Return what stays of a document's title when it is issued again: no marks, no 修订."""
    text = "".join(unicodedata.normalize("NFKC", title).split())
    text = re.sub(r"[\[(（](?:修订|修改|调整|试行|新|\d{4}年?修订)[^)）\]]*[)）\]]", "", text)
    return re.sub(r"[《》〈〉“”\"]|修订版|修订稿|修正案", "", text)


def is_alike(one: str, other: str) -> bool:
    """Tell whether two names of an issuer are one: the longer may begin with the district."""
    short, long = sorted((title_key(one), title_key(other)), key=len)
    return short == long or (len(short) >= _LEAST_PREFIX and long.endswith(short))
