"""Plain yes/no standards: 零发生, 均建有, 达到优秀, 全覆盖."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .indicator_names import clean_name
from .marks import trim
from .model import Indicator

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


def find_qualitative(folded: str, start: int, end: int) -> Iterator[Indicator]:
    text = folded[start:end]
    if _WISH.search(text) or len(text) > 90:
        return
    for match in _QUALITATIVE.finditer(folded, start, end):
        first, last = trim(folded, match.start(), match.end())
        name = re.sub(r"(?:达到?|实现)?100%", "", clean_name(folded[first:last]))
        if len(name) < 5:
            continue
        covered = "全覆盖" in name
        yield Indicator(
            start=first, end=last, name=name, kind="numeric" if covered else "qualitative",
            operator="=" if covered else None, value=100 if covered else None,
            unit="%" if covered else None, document="",
        )  # fmt: skip
