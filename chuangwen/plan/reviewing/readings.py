"""The doubts by kind: what accepting and what rejecting each of them does."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from chuangwen.kit.errors import Invalid
from chuangwen.people.naming import name_key
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.doubts import Doubt, Handler

DAY = re.compile(r"(20\d{2})年(\d{1,2})月(\d{1,2})日")
MONTHS = re.compile(r"(20\d{2})年(\d{1,2})月至(?:(20\d{2})年)?(\d{1,2})月")
MONTH = re.compile(r"20\d{2}年\d{1,2}月[底末初]?")
SHARE = re.compile(r"(20\d{2})年[，,]?\s*(\d+(?:\.\d+)?)\s*(%|‰)?\s*(以上|以下)?")
FILE_NUMBER = re.compile(r"〔(20\d{2})〕\s*(\d+)号")
AMOUNT = re.compile(r"(≥|≤|>|<|=)?\s*(\d+(?:\.\d+)?)")
LABELLED = re.compile(r"^\s*([^：:]{2,12})[：:]\s*(.+)$", re.DOTALL)
SIGNS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "=": "="}
TEXTS = (
    ItemKind.TASK,
    ItemKind.AREA,
    ItemKind.ACTION,
    ItemKind.KEY_WORK,
    ItemKind.PHASE,
    ItemKind.INDICATOR,
)
NO_VALUE: dict[str, Any] = {"operator": None, "value": None, "unit": None}
LEAST_TITLE = 8


def accept_date(doubt: Doubt) -> None:
    """A damaged day, period, share or file number reads as proposed, or as the reviewer wrote."""
    if match := MONTHS.search(doubt.reading):
        year, first, other, last = match.groups()
        months = {"from": _month(year, first), "to": _month(other or year, last)}
        for phase in doubt.over(ItemKind.PHASE):
            doubt.set(phase, **months)
    elif days := DAY.findall(doubt.reading):
        if len(days) > 1:
            raise Invalid(
                f"“{doubt.words}”有几种读法：{doubt.reading}。请先“修改”这处疑点，只留下正确的日期。",
                field="reading",
            )
        for document in _dated(doubt):
            doubt.set(document, date=_day(doubt, *days[0]))
    elif match := FILE_NUMBER.search(doubt.reading):
        for document in doubt.over(ItemKind.DOCUMENT):
            doubt.set(document, file_number=match[0])
    elif MONTH.fullmatch(doubt.reading):
        accept_words(doubt)
    elif match := SHARE.search(doubt.reading):
        _set_share(doubt, match)


def reject_date(doubt: Doubt) -> None:
    """Nothing is read from the damaged figures; a person fills in what is true."""
    if MONTHS.search(doubt.reading):
        for phase in doubt.over(ItemKind.PHASE):
            doubt.set(phase, **{"from": None, "to": None})
    elif DAY.search(doubt.reading):
        for document in _dated(doubt):
            doubt.set(document, date=None)
    elif FILE_NUMBER.search(doubt.reading):
        for document in doubt.over(ItemKind.DOCUMENT):
            doubt.set(document, file_number=None)
    elif not MONTH.fullmatch(doubt.reading):
        for target in doubt.over(ItemKind.TARGET):
            doubt.set(target, **NO_VALUE)


def _dated(doubt: Doubt) -> list[ImportItem]:
    """The document that bears the day, and those of the file that take theirs from it."""
    own = doubt.over(ItemKind.DOCUMENT)
    heirs = [
        document
        for document in doubt.sheet.of_kind(ItemKind.DOCUMENT)
        if own and document not in own and "date" in (document.data.get("inherited") or [])
    ]
    return own + heirs


def _set_share(doubt: Doubt, match: re.Match[str]) -> None:
    year, amount, unit, side = match.groups()
    operator = "<=" if side == "以下" else ">=" if side == "以上" else None
    value = float(amount) if "." in amount else int(amount)
    for target in doubt.over(ItemKind.TARGET):
        known = target.data.get("operator") or "="
        doubt.set(target, year=int(year), value=value, unit=unit, operator=operator or known)


def accept_colon(doubt: Doubt) -> None:
    """The words after the label are the owners, as the reading names them."""
    if match := LABELLED.match(doubt.reading):
        role = _role(match[1])
        _name_owners(doubt, re.split(r"[、,，]", match[2].strip().rstrip("。")), role)


def accept_separator(doubt: Doubt) -> None:
    """Two units stand there, as the reading separates them."""
    _name_owners(doubt, doubt.reading.split("、"), None)


def _name_owners(doubt: Doubt, names: list[str], role: str | None) -> None:
    """Give the owners at the doubt's place these names, one after another."""
    wanted = [name.strip() for name in names if name.strip()]
    duties = doubt.over(ItemKind.DUTY)
    for duty, name in zip(duties, wanted, strict=False):
        doubt.set(duty, name=name, **({"role": role} if role else {}))
        doubt.put(
            duty, ItemState.ACCEPTED if duty.state == ItemState.DROPPED else ItemState(duty.state)
        )
    for name in wanted[len(duties) :]:
        like = duties[-1] if duties else None
        data = {"name": name, "role": role or (like.data["role"] if like else "responsible")}
        if like is not None:
            doubt.add(ItemKind.DUTY, {**data, "collective": False}, like)
    for duty in duties[len(wanted) :]:
        doubt.put(duty, ItemState.DROPPED)
    for name in wanted:
        _know_unit(doubt, name, kind="其他")


def reject_colon(doubt: Doubt) -> None:
    """The words are no list of owners."""
    for duty in doubt.over(ItemKind.DUTY):
        doubt.put(duty, ItemState.DROPPED)


def reject_separator(doubt: Doubt) -> None:
    """It is one unit with a long name."""
    duties = doubt.over(ItemKind.DUTY)
    if not duties:
        return
    first, *others = duties
    name = re.sub(r"\s", "", doubt.words)
    doubt.set(first, name=name)
    for duty in others:
        doubt.put(duty, ItemState.DROPPED)
    _know_unit(doubt, name, kind="其他")


def accept_alias(doubt: Doubt) -> None:
    """Both names are one unit's."""
    unit = _named_unit(doubt)
    if unit is not None and unit.data["name"] != doubt.words:
        aliases = list(unit.data.get("aliases") or [])
        if doubt.words not in aliases:
            doubt.set(unit, aliases=[*aliases, doubt.words])


def reject_alias(doubt: Doubt) -> None:
    """They are two units: the other name becomes a unit of its own."""
    unit = _named_unit(doubt)
    if unit is None:
        return
    aliases = list(unit.data.get("aliases") or [])
    apart = doubt.words if doubt.words in aliases else (aliases or [""])[0]
    if apart:
        doubt.set(unit, aliases=[name for name in aliases if name != apart])
        _know_unit(doubt, apart, kind=unit.data.get("kind") or "其他")


def _named_unit(doubt: Doubt) -> ImportItem | None:
    """The unit that the reading names, else the one that bears the doubtful name."""
    names = {name_key(doubt.words), name_key(doubt.reading.rsplit("：", 1)[-1])}
    units = doubt.sheet.of_kind(ItemKind.UNIT)
    own = [unit for unit in units if name_key(unit.data["name"]) in names]
    known = [unit for unit in own if unit.data.get("aliases")]
    return next(iter(known or own), None)


def _know_unit(doubt: Doubt, name: str, *, kind: str) -> None:
    """Make sure that the register will know a unit by this name."""
    key = name_key(name)
    for unit in doubt.sheet.of_kind(ItemKind.UNIT):
        names = (unit.data["name"], *(unit.data.get("aliases") or []))
        if key in {name_key(each) for each in names} and unit.state != ItemState.DROPPED:
            return
    data: dict[str, Any] = {
        "name": name,
        "aliases": [],
        "kind": kind,
        "level": None,
        "collective": False,
    }
    doubt.add(ItemKind.UNIT, data)


def accept_lead(doubt: Doubt) -> None:
    """The unit that the reading names leads."""
    match = LABELLED.match(doubt.reading)
    for duty in doubt.over(ItemKind.DUTY):
        if match and name_key(duty.data["name"]) == name_key(match[2].strip()):
            doubt.set(duty, role="lead")


def reject_statement(doubt: Doubt) -> None:
    """A target or indicator that only one clause gives does not hold."""
    for item in doubt.over(ItemKind.TARGET, ItemKind.INDICATOR):
        doubt.put(item, ItemState.DROPPED)


def accept_conflict(doubt: Doubt) -> None:
    """The reading rules; the clause that differs is kept beside it."""
    _side_by_side(doubt, ruling=False)


def reject_conflict(doubt: Doubt) -> None:
    """The other clause rules; the one of the reading is kept beside it."""
    _side_by_side(doubt, ruling=True)


def _side_by_side(doubt: Doubt, *, ruling: bool) -> None:
    for place in doubt.related:
        named = [
            item
            for item in doubt.over(ItemKind.INDICATOR, at=place)
            if doubt.reading.startswith(item.data["name"])
        ]
        for item in named:
            theirs = [one for one in doubt.over(ItemKind.INDICATOR) if not one.is_added]
            if theirs:
                for other in theirs:
                    doubt.set(other, name=item.data["name"], ruling=ruling)
            else:
                data: dict[str, Any] = {
                    "name": item.data["name"],
                    "kind": "qualitative",
                    **NO_VALUE,
                }
                extra = {"scope": item.data.get("scope"), "reference": None, "ruling": ruling}
                doubt.add(ItemKind.INDICATOR, {**data, **extra}, _place(doubt))
            if not ruling:
                _correct(doubt, item)


def _place(doubt: Doubt) -> ImportItem | None:
    """Something below the action or area in which the doubt stands."""
    tasks = doubt.over(ItemKind.TASK)
    return tasks[0] if tasks else None


def _correct(doubt: Doubt, item: ImportItem) -> None:
    """Take the amount of an edited reading: 生活污水集中收集率≥80%."""
    match = AMOUNT.match(doubt.reading.removeprefix(item.data["name"]))
    if match and item.data.get("value") is not None:
        value = float(match[2]) if "." in match[2] else int(match[2])
        doubt.set(item, value=value, operator=SIGNS.get(match[1] or "", item.data["operator"]))


def accept_wording(doubt: Doubt) -> None:
    """Both clauses speak of one indicator, which takes the name in the reading."""
    for place in doubt.related:
        for item in doubt.over(ItemKind.INDICATOR, at=place):
            if doubt.reading.startswith(item.data["name"]):
                for other in doubt.over(ItemKind.INDICATOR):
                    doubt.set(other, name=item.data["name"])


def accept_words(doubt: Doubt) -> None:
    """The mended words stand in what is made of them; the source keeps its own."""
    if not doubt.reading or doubt.reading == doubt.words:
        return
    for item in doubt.over(*TEXTS):
        mended = {
            name: _mended(value, doubt.words, doubt.reading)
            for name in ("title", "text", "goal", "name", "theme")
            if isinstance(value := item.data.get(name), str)
        }
        changed = {name: value for name, value in mended.items() if value != item.data[name]}
        if changed:
            doubt.set(item, **changed)


def _mended(value: str, words: str, reading: str) -> str:
    if words in value:
        return value.replace(words, reading, 1)
    if len(value) >= LEAST_TITLE and words.startswith(value):  # a title that was cut short
        return reading[: len(value)]
    return value


def _role(label: str) -> str:
    if label.startswith("牵头"):
        return "lead"
    return "supporting" if label.startswith(("配合", "协办", "协助")) else "responsible"


def _month(year: str, month: str) -> str:
    return f"{year}-{int(month):02d}"


def _day(doubt: Doubt, year: str, month: str, day: str) -> str:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise Invalid(
            f"“{doubt.reading}”不是一天。请改成真实的日期，如 2021年8月6日。", field="reading"
        ) from error


ACCEPTED: Mapping[str, Handler] = {
    "damaged_date": accept_date,
    "missing_colon": accept_colon,
    "missing_separator": accept_separator,
    "alias": accept_alias,
    "unclear_lead": accept_lead,
    "conflict": accept_conflict,
    "wording": accept_wording,
    **dict.fromkeys(
        (
            "unbalanced_quotes",
            "unbalanced_brackets",
            "missing_punctuation",
            "missing_final_punctuation",
            "truncated_word",
            "inner_space",
            "title_variant",
            "doubled",
            "impossible_date",
        ),
        accept_words,
    ),
}
REJECTED: Mapping[str, Handler] = {
    "damaged_date": reject_date,
    "missing_colon": reject_colon,
    "missing_separator": reject_separator,
    "alias": reject_alias,
    "missing_elsewhere": reject_statement,
    "conflict": reject_conflict,
}
