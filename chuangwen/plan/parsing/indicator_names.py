"""Names of indicators: what is measured, without the verbs and years around it."""

from __future__ import annotations

import re

from .lexicon import genres, measures
from .marks import squeeze

MEASURE = re.compile(rf"(?:{'|'.join(map(re.escape, measures.MEASURES))})(?:\([^)]*\))?$")
_LEADS = re.compile(rf"^(?:{'|'.join(measures.LEADS)})+(?=[\u4e00-\u9fffA-Z《“(])")
_TAILS = re.compile(
    r"(?:必须|须|应当|应|需|要|均|都|至少|不少于|力争|确保|稳定|保持|分别|总体|全部|不得|已|在)+$"
)
_FROM = re.compile(r"(?:由|从)(?:20\d\d年的?)?\d[\d.]*[^\d,]{0,6}$")  # 由2.1平方米提高到2.5平方米
_ITEM = re.compile(r"^(?:\(\d{1,2}\)|[①-⑳⑴-⒇]|\d{1,2}[.、)](?!\d))")
_NAMED_YEAR = re.compile(
    r"^(?:到|至)?(?:20\d{2}年(?:底|末|度|内)?(?:\d{1,2}月)?(?:底|末)?前?|\d{1,2}月(?:底|末)?前)[,:]?"
    r"|(?:到|至)?20\d{2}年(?:底|末)?前?$"
)


# 清理楼道杂物、物业覆盖率达到85% are two things; 有线电视、数字电视入户率 is measured of both.
_DOES = re.compile(
    rf"(?:(?:{'|'.join(measures.LEADS)})?(?:{'|'.join((*measures.COUNT_VERBS, *genres.STARTERS))}))"
)


def name_start(folded: str, start: int, stop: int) -> int:
    """The name begins after the last 、 when what stands before is a thing of its own."""
    depth = 0
    for place in range(stop - 1, start, -1):
        if folded[place] in ")》":
            depth += 1
        elif folded[place] in "(《":
            depth -= 1
        elif folded[place] == "、" and not depth:
            left, right = folded[start:place], folded[place + 1 : stop]
            measured = len(right) >= 6 and MEASURE.search(right)
            whole = len(right) > 8 or not re.search(r"(?:等|的)[\u4e00-\u9fff]{0,8}$", right)
            if whole and (MEASURE.search(left) or (measured and _DOES.match(left))):
                return place + 1
    return start


def clean_name(text: str) -> str:
    """A name without the verbs before it and the year it is meant for."""
    name = _ITEM.sub("", squeeze(text).strip("、:\"'"))
    name = name if name.count("“") == name.count("”") else name.strip("“”")
    name = re.sub(r"(?<=[\u4e00-\u9fff])按照?(?=每)", "", name)
    name = re.sub(r"(?<=[\u4e00-\u9fff])(?:至少|不少于)(?=[\u4e00-\u9fff])", "", name)
    for _ in range(2):  # 确保2023年测评得分
        name = _NAMED_YEAR.sub("", name)
        if match := _LEADS.match(name):
            rest = _NAMED_YEAR.sub("", name[match.end() :])
            name = rest if len(rest) >= 3 else name
    return _TAILS.sub("", _FROM.sub("", name.strip(",、的 ")))
