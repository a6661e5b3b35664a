"""Indicators: numeric, relative to something, and plain yes/no standards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import clauses
from .comparisons import find_relative, is_change
from .indicator_names import MEASURE, clean_name, name_start
from .lexicon import measures
from .marks import squeeze, trim
from .model import Indicator
from .qualities import find_qualitative
from .quantities import Quantity, find_quantities

_NAME = 90
_BEHIND = re.compile(r"(?:的)?([\u4e00-\u9fff]{2,16}?)(?:达标|合格|覆盖|符合)")
_MADE = re.compile(rf"(?:{'|'.join(measures.COUNT_VERBS)})[好了]?$")
_OBJECT = re.compile(r"(?:的)?([\u4e00-\u9fff“”A-Za-z]{2,20}(?:\([^()]{1,8}\))?)")
_TENS = "一二三四五六七八九十百千"
_COUNT = re.compile(rf"(?:\d[\d,.]*|(?=[{_TENS}]{{2}})[{_TENS}]*[十百千][{_TENS}]*)[^\d{_TENS}]*$")
_COUNTED = re.compile(rf"(?:{'|'.join(measures.COUNT_VERBS)})(?!率|比|面积)[^,。;、\d]{{0,16}}$")
_UNCOUNTABLE = frozenset(
    [
        "项",
        "级",
        "分",
        "期",
        "%",
        "‰",
        "‱",
        "部",
        "面",
        "年",
        "本",
        "天",
        "张",
        "分钟",
        "小时",
        "岁",
        "次",
        "元",
    ]
)
_NEAR = 200  # characters; a year further back governs something else
_YEAR = re.compile(r"(?:(?<=[,;。:、\n ])|(?<=[到至]))(?:到|至)?(20\d{2})年(?:底|末)?(?:前)?(?!版)")


def find_indicators(
    folded: str, start: int, end: int, document: str, section: str | None
) -> Iterator[Indicator]:
    """Indicators of a paragraph."""
    before: Indicator | None = None
    for first, last in clauses(folded, start, end):
        compared = is_change(folded, first, last)  # 比上年下降5%: no amount of its own
        amounts = [] if compared else list(_numeric(folded, first, last, start))
        found = [*amounts, *find_relative(folded, first, last)]
        found = found or list(_carried(folded, start, (first, last), before))
        found = found or list(find_qualitative(folded, first, last))
        for item in found:
            item.document, item.section = document, section
            own = _own_year(folded, item) if item.kind == "numeric" else None
            item.year = item.year or own or _year_before(folded, start, item.start)
            before = item if item.kind == "numeric" else None
            yield item


_OWN_YEAR = re.compile(r"(?<!\d)(20\d{2})年(?:底|末|内|度)?(?!版|[\d—~])")
_BARE = re.compile(r"(?:到|至)?(?:20\d\d年(?:底|末)?)?(?:力争|确保|要|再)?")


def _own_year(folded: str, item: Indicator) -> int | None:
    """2024年改造老旧小区32个, 绿地率2024年达到38%: a year inside the clause itself."""
    years = _OWN_YEAR.findall(folded, item.start, item.end)
    return int(years[-1]) if years else None


def _carried(
    folded: str, start: int, clause: tuple[int, int], before: Indicator | None
) -> Iterator[Indicator]:
    """绿地率2024年达到38%，2025年达到39%: the second amount has the name of the first."""
    first, last = clause
    if before is None or re.search(r"[。;\n]", folded[before.end : first]):
        return
    amount = next(find_quantities(folded, first, last), None)
    if amount is None or amount.unit != before.unit or amount.operator is None:
        return
    if not _BARE.fullmatch(squeeze(folded[first : amount.start])):
        return
    item = _make(amount, first, amount.end, before.name, amount.operator)
    year = _own_year(folded, item) or _year_before(folded, start, amount.start)
    if year and year != before.year:
        item.year = year
        yield item


def _year_before(folded: str, start: int, place: int) -> int | None:
    """Year named shortly before in the same sentence: 到2023年，森林覆盖率达到45%."""
    start = max(start, place - _NEAR)
    sentence = max(start, folded.rfind("。", start, place), folded.rfind(";", start, place))
    years = _YEAR.findall(folded, sentence, place)
    return int(years[-1]) if years else None


def _numeric(folded: str, start: int, end: int, paragraph: int) -> Iterator[Indicator]:
    if shared := list(_distributed(folded, start, end)):
        yield from shared
        return
    left = start
    for quantity in find_quantities(folded, start, end):
        near = max(left, quantity.start - _NAME)  # a name is never longer
        item = _from_quantity(folded, near, end, quantity)
        if item is None and left == start and quantity.start - start <= 1:
            item = _behind_colon(folded, start, quantity, paragraph)
        if item:
            left = quantity.end
            yield item


def _distributed(folded: str, start: int, end: int) -> Iterator[Indicator]:
    """知晓率、支持率、参与率分别达到95%、95%、90%以上: one amount for each name, in order."""
    place = folded.find("分别", start, end)
    if place < 0:
        return
    amounts = list(find_quantities(folded, place + 2, end))
    names = [part for part in re.split(r"、|和|及", squeeze(folded[start:place])) if part]
    operator = next((one.operator for one in amounts if one.operator), None)
    if len(amounts) < 2 or len(names) < len(amounts):
        return
    for name, amount in zip(names[-len(amounts) :], amounts, strict=True):
        yield _make(amount, start, amounts[-1].end, clean_name(name), operator or "=")


def _from_quantity(folded: str, left: int, end: int, quantity: Quantity) -> Indicator | None:
    start, stop = trim(folded, left, quantity.start, " \t、,和及与“”)")
    if folded[start - 1 : start] == "“" and start > left and "”" in folded[start:stop]:
        start -= 1
    for opening, close in ("“”", "()"):  # what was trimmed belongs to the name
        if folded.count(opening, start, stop) > folded.count(close, start, stop) and (
            folded.startswith(close, stop)
        ):
            stop += 1
    start = name_start(folded, start, stop)
    name = clean_name(folded[start:stop])
    operator = quantity.operator
    last = quantity.end
    measured = MEASURE.search(name) is not None
    if quantity.unit.startswith("%") and not measured and last < end:
        behind = _BEHIND.match(folded[last : min(end, last + 24)])
        if behind and operator and len(name) <= 2:
            last += behind.end()
            name = f"{behind[1]}{behind[0][-2:]}率"
            return _make(quantity, quantity.start, last, name, operator)
    if made := _made(folded, left, end, quantity) or _held(folded, left, end, quantity):
        return made
    if len(name) < 2:
        return None
    if operator and not measured and (each := _of_each(folded, name, end, quantity)):
        return _make(quantity, start, each[1], each[0], operator)
    if operator in (None, "="):
        if quantity.unit in ("%", "‰", "‱") and measured:
            operator = "="
        elif not _counted(folded, left, quantity) and not _bare_count(folded, left, end, quantity):
            return None
        else:
            operator = ">="
    elif not measured and quantity.unit in ("项", "级", "次", "个", "分") and operator == "=":
        return None
    if operator == ">=" and folded[quantity.start : quantity.start + 1] == "为":
        operator = "="
    return _make(quantity, start, last, name, operator)


_WHO = re.compile(r"每(?!年|月|日|天|周|季)[^每]{1,20}$")


def _of_each(folded: str, name: str, end: int, quantity: Quantity) -> tuple[str, int] | None:
    """每个路口早晚高峰不少于2名志愿者: what there must be stands behind the amount."""
    who = _WHO.search(name)
    what = _OBJECT.match(folded, quantity.end, end)
    if who is None or what is None or what.end() < end or quantity.unit in _UNCOUNTABLE:
        return None
    return who[0] + what[1], what.end()


def _made(folded: str, left: int, end: int, quantity: Quantity) -> Indicator | None:
    """建成10个示范点位, 至少培育10家诚信街区: what is counted stands behind the amount."""
    before = folded[left : quantity.start + (quantity.operator is not None) * 40]
    whole = folded[left : quantity.end]
    number = _COUNT.search(whole)
    if not number or quantity.unit in _UNCOUNTABLE or quantity.value <= 0 or not before:
        return None
    verb = _MADE.search(whole[: number.start()])
    behind = _OBJECT.match(folded, quantity.end, end)
    if not verb or not behind or quantity.upper is not None:
        return None
    name = whole[verb.start() : verb.end()] + behind[1]
    start = min(quantity.start, left + verb.start())
    if each := _EACH.match(whole[: verb.start()]):  # 每个县至少建成2个社区
        name, start = each[1] + name, left + each.start(1)
    operator = ">=" if quantity.operator in (None, "=") else quantity.operator
    return _make(quantity, start, behind.end(), name, operator)


_EACH = re.compile(r"\s*(每[\u4e00-\u9fff、()]{1,14}?)(?:都|均|应|要|须|原则上)?(?:不少于|至少)?$")
_HOLD = re.compile(
    r"(?P<who>每[\u4e00-\u9fff]{1,14}?|)(?:都|均|应|要|须)?(?:不少于|至少)?(?P<verb>开展|举办|组织|组织开展|参加|巡查|走访|更新|刊发|刊播|推送|接受)"
    r"(?:不少于|至少)?$"
)


def _held(folded: str, left: int, end: int, quantity: Quantity) -> Indicator | None:
    """每所学校每月至少开展1次主题班会: how often something is held; what it is stands behind."""
    if quantity.operator not in (">=", ">") or quantity.unit not in ("次", "场", "场次", "期"):
        return None
    whole = folded[left : quantity.end]
    number = re.search(
        r"\d[\d,.]*[^\d]*$|[一二两三四五六七八九十][^一二两三四五六七八九十]*$", whole
    )
    held = _HOLD.search(whole[: number.start()]) if number else None
    behind = _OBJECT.match(folded, quantity.end, end)
    if held is None or behind is None or not held["who"]:
        return None
    name = held["who"].removesuffix("至少").removesuffix("不少于") + held["verb"] + behind[1]
    return _make(quantity, left + held.start(), behind.end(), name, quantity.operator)


def _counted(folded: str, left: int, quantity: Quantity) -> bool:
    """打造示范点位20个, 新建公园5座: a count that is to be made. Two Chinese digits are no plan."""
    text = folded[left : quantity.end]
    if not _COUNT.search(text) or quantity.unit in _UNCOUNTABLE:
        return False
    before = folded[left : quantity.start]
    goes_on = before.startswith("、") and quantity.start - left >= 4  # 老旧小区15个、背街小巷32条
    return (goes_on or _COUNTED.search(before) is not None) and quantity.value > 0


_STATED = re.compile(
    r"现有|已|共有|共计|总计|合计|下设|分为|辖|涉及|抽调|安排|[设扣加得计记罚占达]$|每人|不足|附件|[表图第前近约共有]$|主任|副|成员|组长|联络|"
    r"规格|版本|之[一二三]|其中|各$|[为是用等满]$|一$"
)


def _bare_count(folded: str, left: int, end: int, quantity: Quantity) -> bool:
    """送戏下乡12场，: a clause that is nothing but what is done and how often."""
    digits = re.search(r"\d", folded[quantity.start : quantity.end])
    if not digits or quantity.unit in (_UNCOUNTABLE - {"次"}) or quantity.value <= 0:
        return False
    if quantity.end < end or quantity.upper is not None:
        return False
    before = squeeze(folded[left : quantity.start]).strip("、")
    return 4 <= len(before) <= 16 and not _STATED.search(before) and before.isalpha()


def direction_of(operator: str) -> str | None:
    """up for at least, down for at most, None for exactly."""
    return {">": "up", "<": "down"}.get(operator[:1])


def _make(quantity: Quantity, start: int, end: int, name: str, operator: str) -> Indicator:
    return Indicator(
        start=start, end=end, name=name, kind="numeric", operator=operator, value=quantity.value,
        upper=quantity.upper, unit=quantity.unit, year=quantity.glued_year,
        direction=direction_of(operator),
        document="",
    )  # fmt: skip


def _behind_colon(folded: str, start: int, quantity: Quantity, paragraph: int) -> Indicator | None:
    """绿化覆盖率：≥38%: the name stands before the colon."""
    if start <= paragraph or folded[start - 1] != ":" or quantity.operator is None:
        return None
    first = max(folded.rfind(mark, paragraph, start - 1) for mark in ",。;\n、 \t") + 1
    first = max(first, paragraph)
    name = clean_name(folded[first : start - 1])
    if len(name) < 2 or not MEASURE.search(name):
        return None
    return _make(quantity, first, quantity.end, name, quantity.operator)
