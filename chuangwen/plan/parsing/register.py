"""The register of units named in the file: owners, issuers, and bodies named in running text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from . import units as naming
from .lexicon import units as words
from .marks import squeeze
from .model import Anomaly, Document, Item, Unit, UnitMention

_LEVELS = "省市州盟区县旗镇乡"
_CORE = "|".join(map(re.escape, sorted(words.CORES, key=len)[::-1]))
_IN_TEXT = re.compile(
    r"[区市县旗州](?:人民)?政府各(?:有关)?部门|"
    rf"(?P<level>(?:(?:高新|经开|开发|示范|新)区|(?<![社小校园地城景片辖灾矿林街社郊市场上县各新])[区市县旗州省])(?=(?:{_CORE})))(?:{_CORE})"
    r"|(?<![社小校园地辖])[区市县旗](?:委(?=[、,和及]\s?[区市县旗]政府)|政府(?![办机]))"
    r"|(?:新(?=区))?[区市县旗](?:级|直)?各(?:有关)?部门|各(?:牵头|责任|成员|职能|有关|相关|测评点位主管)(?:单位|部门)|各职能部门"
    r"|各街道\(镇\)|各镇\(街道\)|各乡镇\(街道\)|各乡镇|各街道办事处|各街道|各社区"
    r"|(?<![社小校园地城])[区市县旗](?:创|巩|双创|迎)[\u4e00-\u9fff]{0,2}(?:办(?![公法理事好学])|指挥部(?:办公室)?)"
    r"|(?<![社小校园地城全])[区市县旗](?:督查|督导|创建|创文|创城|创卫|迎检)?(?:工作)?专班"
    r"|各科室|各处室|各网格|各小区|各支部|各村(?:\(社区\))?(?![\u4e00-\u9fff]{0,2}[民规])|各学校|各中小学"
    r"|(?:街道|(?<![\u4e00-\u9fff])[局镇乡委校])(?:督查室|纪工委|纪委|机关纪委|督查办|创建办|创文办|创城办|创卫办|文明办|党政办|双创办)"
    r"|[\u4e00-\u9fff]{2,4}(?:街道办事处|镇人民政府|乡人民政府)"
)
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,8}?[市州盟])?([\u4e00-\u9fff]{1,6}?[区县旗市镇乡])")


def places_of(documents: list[Document]) -> tuple[str, ...]:
    """Names of the place the file speaks of, longest first: 攀枝花市东区, 东区, 攀枝花市."""
    found: Counter[str] = Counter()
    for document in documents:
        for text in (document.issuer or "", document.title):
            bare = re.sub(r"^关于印发《?|^中共", "", text)
            if match := _PLACE.match(bare):
                full = match[0]
                found.update([full, match[2], *([match[1]] if match[1] else [])])
    return tuple(sorted((place for place in found if len(place) >= 2), key=len)[::-1])


def level_of(places: tuple[str, ...], owners: Iterable[UnitMention]) -> str | None:
    """The level of the file itself (区, 县 …): the commonest first letter of its owners."""
    counts = Counter(unit.name[0] for unit in owners if unit.name[0] in _LEVELS)
    if counts:
        return counts.most_common(1)[0][0]
    return places[0][-1] if places else None


def mentions_in_text(folded: str, start: int, end: int) -> Iterator[Item]:
    """Bodies named in running text, by the lexicon of usual names."""
    for match in _IN_TEXT.finditer(folded, start, end):
        yield Item(start=match.start(), end=match.end())


def build(
    source: str, folded: str, documents: list[Document], owners: list[UnitMention],
    mentions: list[Item],
) -> tuple[list[Unit], list[Anomaly]]:  # fmt: skip
    """Units with aliases, and an anomaly for every pair of names taken for one body."""
    places = places_of(documents)
    level = level_of(places, owners)
    spans: dict[tuple[int, int], str] = {(u.start, u.end): u.name for u in owners}
    full: set[str] = set()  # 临川县教育局 in running text is 县教育局 without doubt
    own = set(spans.values())
    covered = bytearray(len(folded))  # places inside an owner's name; 东区分局 is no unit there
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    for item in [*mentions, *_issuers(source, documents)]:
        if stem := _stem(folded, item.start, places):
            item.start -= stem
            full.add(squeeze(folded[item.start : item.end]))
        if not covered[item.start]:
            spans.setdefault((item.start, item.end), squeeze(folded[item.start : item.end]))
    written = {
        name: squeeze(source[start:end].translate(_INVISIBLE))
        for (start, end), name in reversed(spans.items())
    }
    groups: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for (start, end), name in sorted(spans.items()):
        key = naming.short_form(name, places)
        groups[key][name].append(Item(start=start, end=end))
    register, anomalies = [], []
    for names in groups.values():
        unit = _unit(names, level, places)
        unit.name = written[unit.name]
        unit.aliases = [written[name] for name in unit.aliases]
        register.append(unit)
        doubtful = {name: items for name, items in names.items() if name not in full or name in own}
        if len(doubtful) > 1 and not _trivial(doubtful):
            anomalies.append(_alias(unit, names, documents))
    return sorted(register, key=lambda unit: unit.start), anomalies


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff"))  # in the source, not part of any name


def _stem(folded: str, start: int, places: tuple[str, ...]) -> int:
    """Characters of the place before 县人民政府办公室, when it reads 临川县人民政府办公室."""
    for place in places:
        stem = len(place) - 1
        if start >= stem and folded.startswith(place, start - stem):
            return stem + (2 if folded.startswith("中共", start - stem - 2) else 0)
    return 0


def _issuers(source: str, documents: list[Document]) -> Iterator[Item]:
    for document in documents:
        if document.issuer and not document.inherited:
            for name in document.issuer.split():
                own = re.compile(r"[ \u3000]?".join(map(re.escape, name)))  # a head set wide
                for match in own.finditer(source, document.start, document.end):
                    yield Item(start=match.start(), end=match.end())


def _unit(names: dict[str, list[Item]], level: str | None, places: tuple[str, ...]) -> Unit:
    order = sorted(names, key=lambda name: (-len(names[name]), names[name][0].start))
    name = order[0]
    mentions = sorted((item for items in names.values() for item in items), key=lambda i: i.start)
    own = _level(name, places)
    superior = bool(own and level and own in _LEVELS and _LEVELS.index(own) < _LEVELS.index(level))
    superior = superior and not any(place in name for place in places if place[-1] == level)
    return Unit(
        start=mentions[0].start, end=mentions[0].end, name=name, aliases=order[1:],
        kind=naming.kind_of(name, superior), level=own, collective=naming.is_collective(name),
        mentions=mentions,
    )  # fmt: skip


def _level(name: str, places: tuple[str, ...]) -> str | None:
    for place in places:
        if name.startswith(place) and len(name) > len(place):
            return place[-1]
    return name[0] if name[0] in _LEVELS else None


def _trivial(names: dict[str, list[Item]]) -> bool:
    """县政府 and 县人民政府 need no confirmation."""
    return len({name.replace("人民政府", "政府") for name in names}) == 1


def _alias(unit: Unit, names: dict[str, list[Item]], documents: list[Document]) -> Anomaly:
    mentions = sorted(names.values(), key=lambda items: (-len(items), items[0].start))
    other = mentions[1][0]
    both = "”与“".join([unit.name, *unit.aliases])
    return Anomaly(
        kind="alias", start=other.start, end=other.end, reading=f"同一单位：{unit.name}",
        reason=f"“{both}”写法不同，看来是同一单位；请确认，或改为两个单位。",
        document=next((d.id for d in documents if d.start <= other.start < d.end), None),
        related=[mentions[0][0]],
    )  # fmt: skip
