"""The units that a cell names: who leads, who supports."""

import re
import unicodedata
from dataclasses import dataclass, field

_BETWEEN = re.compile(r"[、,;/|\n]+|\s{2,}|会同|\s(?=\d{1,2}[.)])")
_CIRCLED = re.compile(r"[\u2460-\u2473]")
_LEADING = "牵头责任单位|牵头单位|牵头部门|牵头整改|主办单位|责任单位|整改单位|牵头|主办|主责"
_HELPING = "配合责任单位|配合单位|配合部门|配合整改|协办单位|协助单位|配合|协办|协助|协同"
_BEFORE = re.compile(rf"^(?:({_LEADING})|({_HELPING}))\s*:\s*")
_AFTER = re.compile(rf"(?:[(\[]?(?:({_LEADING}|负责)|({_HELPING}))[)\]]?)$")
# A blank ends a name where its role is written after it, or the role of the next before that.
_ROLES = f"{_LEADING}|负责|{_HELPING}"
_ROLE_ENDS = re.compile(
    rf"(?<![^\s、,;/|:])((?!{_ROLES})[^\s、,;/|:]{{2,}}?[(\[]?(?:{_ROLES})[)\]]?)\s+(?=\S)"
)
_ROLE_BEGINS = re.compile(rf"\s+(?=(?:{_ROLES})\s*:)")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)、]|\(\d{1,2}\))\s*")
_BRACKETS = re.compile(r"\([^()]*\)")
_TAIL = re.compile(r"(?:等(?:单位|部门)?|。)$")


@dataclass
class NamedUnits:
    """Names as written, in order."""

    lead: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)


def units_in(text: str, *, are_supporting: bool = False) -> NamedUnits:
    """Return the names in a cell: “区住建局牵头、区综合执法局配合”, or the first leads."""
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub("\n", text.replace("\0", "")))
    plain = _ROLE_BEGINS.sub("\n", _ROLE_ENDS.sub("\\1\n", plain))
    role = 0
    marked: list[tuple[str, int]] = []
    for raw in _split(plain):
        token = _NUMBERED.sub("", raw.strip())
        if before := _BEFORE.match(token):
            role = 1 if before[1] else 2
            token = token[before.end() :]
        own = role
        if (after := _AFTER.search(token)) and after.start() >= 2:
            own = 1 if after[1] else 2
            token = token[: after.start()]
        token = token.strip(" 。.:")
        if token:
            marked.append((token, own))
    if are_supporting:
        return NamedUnits([], _once([name for name, _ in marked]))
    leading = [name for name, own in marked if own == 1]
    if not leading:
        free = [name for name, own in marked if own == 0]
        leading = free[:1]
    lead = leading[:1]
    others = [name for name, _ in marked if name not in lead]
    return NamedUnits(lead, _once(others))


def spellings(name: str) -> list[str]:
    """Return a written name, and what it may be without what was added: 区住建局（张三）."""
    found = [name, _TAIL.sub("", name), _BRACKETS.sub("", name), name.split(" ", 1)[0]]
    found.append(_TAIL.sub("", _BRACKETS.sub("", name)).split(" ")[0])
    return _once([one.strip() for one in found if one.strip()])


def _split(text: str) -> list[str]:
    """Divide at marks that stand between names, not inside brackets."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\0{len(held) - 1}\0"

    parts = _BETWEEN.split(_BRACKETS.sub(keep, text))
    return [re.sub("\0(\\d+)\0", lambda m: held[int(m[1])], part) for part in parts]


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))
