"""Indicators: numeric, relative to something, and plain yes/no standards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import clauses
from .lexicon import measures
from .marks import squeeze, trim
from .model import Indicator
from .quantities import Quantity, find_quantities

_MEASURE = re.compile(rf"(?:{'|'.join(map(re.escape, measures.MEASURES))})(?:\([^)]*\))?$")
_LEADS = re.compile(rf"^(?:{'|'.join(measures.LEADS)})+(?=[\u4e00-\u9fffA-Z《“(])")
_NAME = 90
_BEHIND = re.compile(r"(?:的)?([\u4e00-\u9fff]{2,16}?)(?:达标|合格|覆盖|符合)")
_TAILS = re.compile(
    r"(?:必须|须|应当|应|需|要|均|都|力争|确保|稳定|保持|分别|总体|全部|不得|已|在)+$"
)
_MADE = re.compile(rf"(?:{'|'.join(measures.COUNT_VERBS)})[好了]?$")
_OBJECT = re.compile(r"(?:的)?([\u4e00-\u9fff“”A-Za-z]{2,20}(?:\([^()]{1,8}\))?)")
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
_NAMED_YEAR = re.compile(
    r"^(?:到|至)?(?:20\d{2}年(?:底|末|度|内)?(?:\d{1,2}月)?(?:底|末)?前?|\d{1,2}月(?:底|末)?前)[,:]?"
    r"|(?:到|至)?20\d{2}年(?:底|末)?$"
)
_REFERENCE = (
    r"(?P<reference>(?:全国|全省|全市|本省|我省|我市|上级|省|市|国家|同类|同期|上年|上一年|去年|前三年|规划|核定|年度|控制)"
    r"[^,。;、\d]{0,22}?(?:平均水平|平均增长率|平均值|平均|规划指标|控制指标|目标任务|下达的?指标|下达的?任务|计划|同期|水平|增幅|增速|标准|要求))"
)
_RELATIVE = re.compile(
    rf"(?P<operator>高于或等于|不低于|不高于|不超过|不少于|高于|低于|超过|优于|好于|达到或超过|达到|小于|大于){_REFERENCE}"
)
_TREND = re.compile(
    r"(?P<trend>(?:逐年|逐步逐年|每年)(?P<word>提升|提高|上升|增长|增加|递增|改善|扩大|下降|降低|减少|递减|缩小))"
)
_COMPARED = re.compile(
    r"(?:比|较)(?P<reference>上年|上一年|去年|前一年|20\d\d年|“?十三五”?末?)(?:同期)?(?P<word>提高|提升|增长|增加|上升|下降|降低|减少|缩短|压缩|压减)"
    r"(?P<amount>\d{1,4}(?:\.\d+)?(?:个百分点|%))?(?:以上)?"
)
_OPERATORS = {
    "高于": ">",
    "优于": ">",
    "好于": ">",
    "大于": ">",
    "超过": ">",
    "低于": "<",
    "小于": "<",
}
_OPERATORS |= {"不低于": ">=", "不少于": ">=", "达到": ">=", "达到或超过": ">=", "高于或等于": ">="}
_OPERATORS |= {"不高于": "<=", "不超过": "<="}
_UP = ("提升", "提高", "上升", "增长", "增加", "递增", "改善", "扩大")
_QUALITATIVE = re.compile(
    r"(?:近[一二三四五两]年)?(?:未|不|无|零)发生[^,。;]{2,24}(?:事故|事件|案件|问题|疫情|灾害|舆情)"
    r"|(?:杜绝|无)(?:重大|较大|重特大|特大|较大及以上)[^,。;]{2,20}(?:事故|事件|案件)"
    r"|[^,。;]{2,24}(?:零发生|零事故)"
    r"|[^,。;]{4,30}(?:评估|评价|考核|评定|测评)(?:结果)?(?:达到|为|达)(?:优秀|良好|合格|优良|[A-D]级|[一二三]级|优)(?:等次|以上|及以上)?"
    r"|[^,。;]{2,20}(?:未|不)被列入[^,。;]{2,24}(?:名单|名录|对象|地区)"
    r"|[^,。;]{0,40}(?:均|全部)(?:建有|建成|设有|配有|配备|达标|设立|建立|完成)[^,。;]{0,36}"
    r"|[^,。;]{4,40}(?:数|量|率|水质|点位|指标)(?:全部|均|稳定)?达标(?!准|率|建设|测评|任务)"
    r"|[^,。;]{3,36}(?:实现)?全覆盖|[^,。;]{2,30}覆盖到位率?"
)
_WISH = re.compile(r"^(?:推进|推动|加快|促进|争取|扩大|探索)|测评点位")


def find_indicators(
    folded: str, start: int, end: int, document: str, section: str | None
) -> Iterator[Indicator]:
    """Indicators of a paragraph."""
    before: Indicator | None = None
    for first, last in clauses(folded, start, end):
        compared = _COMPARED.search(folded, first, last)  # 比上年下降5%: no amount of its own
        amounts = [] if compared else list(_numeric(folded, first, last, start))
        found = [*amounts, *_relative(folded, first, last)]
        found = found or list(_carried(folded, start, (first, last), before))
        found = found or list(_qualitative(folded, first, last))
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
    start = _name_start(folded, start, stop)
    name = clean_name(folded[start:stop])
    operator = quantity.operator
    last = quantity.end
    measured = _MEASURE.search(name) is not None
    if quantity.unit.startswith("%") and not measured and last < end:
        behind = _BEHIND.match(folded[last : min(end, last + 24)])
        if behind and operator and len(name) <= 2:
            last += behind.end()
            name = f"{behind[1]}{behind[0][-2:]}率"
            return _make(quantity, quantity.start, last, name, operator)
    if made := _made(folded, left, end, quantity):
        return made
    if len(name) < 2:
        return None
    if operator in (None, "="):
        if quantity.unit in ("%", "‰", "‱") and measured:
            operator = "="
        elif not _counted(folded, left, quantity):
            return None
        else:
            operator = ">="
    elif not measured and quantity.unit in ("项", "级", "次", "个", "分") and operator == "=":
        return None
    if operator == ">=" and folded[quantity.start : quantity.start + 1] == "为":
        operator = "="
    return _make(quantity, start, last, name, operator)


def _made(folded: str, left: int, end: int, quantity: Quantity) -> Indicator | None:
    """建成10个示范点位, 至少培育10家诚信街区: what is counted stands behind the amount."""
    before = folded[left : quantity.start + (quantity.operator is not None) * 40]
    whole = folded[left : quantity.end]
    number = re.search(r"\d[\d,.]*[^\d]*$", whole)
    if not number or quantity.unit in _UNCOUNTABLE or quantity.value <= 0 or not before:
        return None
    verb = _MADE.search(whole[: number.start()])
    behind = _OBJECT.match(folded, quantity.end, end)
    if not verb or not behind or quantity.upper is not None:
        return None
    name = whole[verb.start() : verb.end()] + behind[1]
    start = min(quantity.start, left + verb.start())
    operator = ">=" if quantity.operator in (None, "=") else quantity.operator
    return _make(quantity, start, behind.end(), name, operator)


def _name_start(folded: str, start: int, stop: int) -> int:
    """The name begins after the last 、 when what stands before is a thing of its own."""
    depth = 0
    for place in range(stop - 1, start, -1):
        if folded[place] in ")》":
            depth += 1
        elif folded[place] in "(《":
            depth -= 1
        elif folded[place] == "、" and not depth:
            left, right = folded[start:place], folded[place + 1 : stop]
            measured = len(right) >= 6 and _MEASURE.search(right)
            whole = len(right) > 8 or not re.search(r"(?:等|的)[\u4e00-\u9fff]{0,8}$", right)
            if whole and (measured or _MEASURE.search(left)):
                return place + 1
    return start


def clean_name(text: str) -> str:
    """A name without the verbs before it and the year it is meant for."""
    name = squeeze(text).strip("、:“”\"'")
    for _ in range(2):  # 确保2023年测评得分
        name = _NAMED_YEAR.sub("", name)
        if match := _LEADS.match(name):
            rest = _NAMED_YEAR.sub("", name[match.end() :])
            name = rest if len(rest) >= 3 else name
    return _TAILS.sub("", name.strip(",、的 "))


def _counted(folded: str, left: int, quantity: Quantity) -> bool:
    """打造示范点位20个, 新建公园5座: a count that is to be made. Two Chinese digits are no plan."""
    text = folded[left : quantity.end]
    digits = re.search(r"\d", text)
    if not digits or quantity.unit in _UNCOUNTABLE:
        return False
    before = folded[left : quantity.start]
    goes_on = before.startswith("、") and quantity.start - left >= 4  # 老旧小区15个、背街小巷32条
    return (goes_on or _COUNTED.search(before) is not None) and quantity.value > 0


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
    if len(name) < 2 or not _MEASURE.search(name):
        return None
    return _make(quantity, first, quantity.end, name, quantity.operator)


def _relative(folded: str, start: int, end: int) -> Iterator[Indicator]:
    for pattern in (_RELATIVE, _TREND, _COMPARED):
        match = pattern.search(folded, start, end)
        if not match or match.start() - start < 3:
            continue
        groups = match.groupdict()
        reference = groups.get("reference") or ""
        if re.search(r"\d|[A-D一二三]级|(?:标准|要求)$", reference) and (
            pattern is _RELATIVE
            and (re.search(r"\d|级", reference) or groups["operator"] == "达到")
        ):
            continue
        names = _names(folded, start, match.start())
        alternative = folded[start] == "或"
        word = groups.get("word")
        operator = _OPERATORS.get(groups.get("operator") or "", None)
        up = word in _UP if word else (operator or ">").startswith(">")
        for name in names:
            yield Indicator(
                start=start, end=match.end(), name=name, kind="relative",
                operator=operator or (">" if up else "<"), direction="up" if up else "down",
                reference="上年" if pattern is _TREND else groups["reference"],
                alternative=alternative, document="",
                value=_amount(groups.get("amount")), unit=_amount_unit(groups.get("amount")),
            )  # fmt: skip
        return


def _amount(text: str | None) -> int | float | None:
    match = re.match(r"[\d.]+", text or "")
    return float(match[0]) if match else None


def _amount_unit(text: str | None) -> str | None:
    return re.sub(r"^[\d.]+", "", text) if text else None


def _names(folded: str, start: int, end: int) -> list[str]:
    """Several measures with one standard: A比重、B贡献率、C生产率逐年提升."""
    text = folded[start:end]
    parts = [part for part in re.split(r"、|和(?=[\u4e00-\u9fff]{3,})", text) if part]
    if len(parts) > 1 and all(_MEASURE.search(squeeze(part)) for part in parts):
        return [clean_name(part) for part in parts]
    name = clean_name(text)
    return [name] if _MEASURE.search(name) or (len(name) >= 4 and "率" in name) else []


def _qualitative(folded: str, start: int, end: int) -> Iterator[Indicator]:
    text = folded[start:end]
    if _WISH.search(text) or len(text) > 90:
        return
    for match in _QUALITATIVE.finditer(folded, start, end):
        first, last = trim(folded, match.start(), match.end())
        name = clean_name(folded[first:last])
        if len(name) < 5:
            continue
        covered = "全覆盖" in name
        yield Indicator(
            start=first, end=last, name=name, kind="numeric" if covered else "qualitative",
            operator="=" if covered else None, value=100 if covered else None,
            unit="%" if covered else None, document="",
        )  # fmt: skip
