"""Counts to be reached: 建成10个示范点位, 每所学校每月至少开展1次班会, 送戏下乡12场."""

from __future__ import annotations

import re

from .lexicon import measures
from .marks import squeeze
from .model import Indicator
from .quantities import Quantity

_MADE = re.compile(rf"(?:{'|'.join(measures.COUNT_VERBS)}|(?<=至少)有|(?<=不少于)有)[好了]?$")
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


def direction_of(operator: str) -> str | None:
    """up for at least, down for at most, None for exactly."""
    return {">": "up", "<": "down"}.get(operator[:1])


def make(quantity: Quantity, start: int, end: int, name: str, operator: str) -> Indicator:
    return Indicator(
        start=start, end=end, name=name, kind="numeric", operator=operator, value=quantity.value,
        upper=quantity.upper, unit=quantity.unit, year=quantity.glued_year,
        direction=direction_of(operator),
        document="",
    )  # fmt: skip


# 按每平方公里不少于3座配置: the word behind the amount says how, not what.
_PLACED = re.compile(r"(?:的标准|标准|要求)?(?:配置|设置|配备|配建|布设|建设|布置|安排|执行)")
_WHO = re.compile(r"每(?!年|月|日|天|周|季)[^每]{1,20}$")


def for_each(folded: str, name: str, start: int, end: int, quantity: Quantity) -> Indicator | None:
    """每个路口早晚高峰不少于2名志愿者: what there must be stands behind the amount."""
    who = _WHO.search(name)
    what = _OBJECT.match(folded, quantity.end, end)
    if who is None or what is None or what.end() < end or quantity.unit in _UNCOUNTABLE:
        return None
    if quantity.operator is None or _PLACED.fullmatch(what[1]):
        return None
    return make(quantity, start, what.end(), who[0] + what[1], quantity.operator)


def made(folded: str, left: int, end: int, quantity: Quantity) -> Indicator | None:
    """建成10个示范点位, 至少培育10家诚信街区: what is counted stands behind the amount."""
    before = folded[left : quantity.start + (quantity.operator is not None) * 40]
    whole = folded[left : quantity.end]
    number = _COUNT.search(whole)
    if not number or quantity.unit in _UNCOUNTABLE or quantity.value <= 0 or not before:
        return None
    ahead = whole[: number.start()]
    if quantity.upper is not None:  # 制作2—3块
        ahead = folded[left : quantity.start]
    verb = _MADE.search(ahead)
    behind = _OBJECT.match(folded, quantity.end, end)
    if not verb or not behind:
        return None
    name = ahead[verb.start() : verb.end()] + behind[1]
    start = min(quantity.start, left + verb.start())
    if each := _EACH.match(ahead[: verb.start()]):  # 每个县至少建成2个社区
        name, start = each[1] + name, left + each.start(1)
    operator = ">=" if quantity.operator in (None, "=") else quantity.operator
    return make(quantity, start, behind.end(), name, operator)


_EACH = re.compile(r"\s*(每[\u4e00-\u9fff、()]{1,14}?)(?:都|均|应|要|须|原则上)?(?:不少于|至少)?$")
_HOLD = re.compile(
    r"(?P<who>每[\u4e00-\u9fff]{1,14}?|)(?:都|均|应|要|须)?(?:不少于|至少)?(?P<verb>开展|举办|组织|组织开展|参加|巡查|走访|更新|刊发|刊播|推送|接受)"
    r"(?:不少于|至少)?$"
)


def held(folded: str, left: int, end: int, quantity: Quantity) -> Indicator | None:
    """每所学校每月至少开展1次主题班会: how often something is held; what it is stands behind."""
    if quantity.operator not in (">=", ">") or quantity.unit not in ("次", "场", "场次", "期"):
        return None
    whole = folded[left : quantity.end]
    number = re.search(
        r"\d[\d,.]*[^\d]*$|[一二两三四五六七八九十][^一二两三四五六七八九十]*$", whole
    )
    said = _HOLD.search(whole[: number.start()]) if number else None
    behind = _OBJECT.match(folded, quantity.end, end)
    if said is None or behind is None or not said["who"]:
        return None
    name = said["who"].removesuffix("至少").removesuffix("不少于") + said["verb"] + behind[1]
    return make(quantity, left + said.start(), behind.end(), name, quantity.operator)


def counted(folded: str, left: int, quantity: Quantity) -> bool:
    """打造示范点位20个, 新建公园5座: a count that is to be made. Two Chinese digits are no plan."""
    text = folded[left : quantity.end]
    if not _COUNT.search(text) or quantity.unit in _UNCOUNTABLE:
        return False
    before = folded[left : quantity.start]
    goes_on = before.startswith("、") and quantity.start - left >= 4  # 老旧小区15个、背街小巷32条
    return (goes_on or _COUNTED.search(before) is not None) and quantity.value > 0


_MEETING = re.compile(r"(?:召开|例会|会议|调度会|推进会)")  # how often one meets is a mechanism
_STATED = re.compile(
    r"现有|已|共有|共计|总计|合计|下设|分为|辖|涉及|抽调|安排|[设扣加得计记罚占达]$|每人|不足|附件|[表图第前近约共有]$|主任|副|成员|组长|联络|"
    r"规格|版本|之[一二三]|其中|各$|[为是用等满]$|一$"
)


def bare(folded: str, left: int, end: int, quantity: Quantity) -> bool:
    """送戏下乡12场，: a clause that is nothing but what is done and how often."""
    digits = re.search(r"\d", folded[quantity.start : quantity.end])
    if not digits or quantity.unit in (_UNCOUNTABLE - {"次"}) or quantity.value <= 0:
        return False
    if quantity.end < end or quantity.upper is not None or _MEETING.search(folded, left, end):
        return False
    before = squeeze(folded[left : quantity.start]).strip("、")
    return 4 <= len(before) <= 16 and not _STATED.search(before) and before.isalpha()
