"""督办单 as an official document: problems, demands, until when, and lines to sign for it."""

from dataclasses import dataclass
from datetime import date

from chuangwen.reports.official.blocks import Align, Block, Column, Heading, Paragraph, Table
from chuangwen.reports.official.document import Imprint, OfficialDocument, RedHead
from chuangwen.reports.text import chinese_date

_PROBLEMS = (
    Column("序号", 12, Align.CENTRE),
    Column("编号", 34, Align.CENTRE),
    Column("问题", 78),
    Column("整改时限", 32, Align.CENTRE),
)
_SIGN_COLUMNS = tuple(Column("", width, Align.CENTRE) for width in (32, 48, 28, 48))
_SIGN_ROWS = (
    ("签收单位\n（盖章）", "", "签收人", ""),
    ("主要负责人", "", "签收日期", "年    月    日"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProblem:
    """One problem of the list."""

    number: str
    title: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionFacts:
    """What a 督办单 says. A draft has no number and no day. `due_on` is what was set when it was
    served, `renewed_due_on` what was set when an answer was last returned."""

    title: str
    issuer: str
    unit: str
    text: str
    demands: str
    answer_days: int
    problems: tuple[ListedProblem, ...] = ()
    number: str = ""
    served_on: date | None = None
    due_on: date | None = None
    renewed_due_on: date | None = None
    is_sample: bool = False


def supervision_notice_document(facts: SupervisionFacts) -> OfficialDocument:
    """Return the document in 公文 form."""
    served = facts.served_on
    marks = [*(["演示数据"] if facts.is_sample else []), *([] if served else ["草稿"])]
    blocks: list[Block] = [
        Heading(1, "存在的问题"),
        *_paragraphs(facts.text),
        *_problems(facts),
        Heading(1, "督办要求"),
        *_paragraphs(facts.demands),
        Heading(1, "答复时限"),
        Paragraph(_limit(facts)),
        *_renewed(facts),
        Heading(1, "签收"),
        Table(_SIGN_COLUMNS, _SIGN_ROWS, header=False, row_height_mm=14, kept_together=True),
    ]
    return OfficialDocument(
        title=facts.title,
        subtitle=f"（{'，'.join(marks)}）" if marks else "",
        issuer=facts.issuer,
        dated=served,
        number=facts.number,
        addressees=facts.unit,
        blocks=tuple(blocks),
        red_head=RedHead(mark=f"{facts.issuer}督办单"),
        imprint=Imprint(printed_by=facts.issuer, printed_on=served) if served else None,
    )


def _limit(facts: SupervisionFacts) -> str:
    by = f"{chinese_date(facts.due_on)}前" if facts.due_on else "规定时限内"
    return (
        f"请自收到之日起抓紧办理，于{by}（下达后{facts.answer_days}个工作日）"
        "将办理情况书面答复，并附整改前后的照片等材料。"
    )


def _renewed(facts: SupervisionFacts) -> list[Block]:
    if facts.renewed_due_on is None:
        return []
    return [Paragraph(f"答复退回后的重新答复时限：{chinese_date(facts.renewed_due_on)}前。")]


def _problems(facts: SupervisionFacts) -> list[Block]:
    if not facts.problems:
        return []
    rows = tuple(
        (str(place), one.number, one.title, chinese_date(one.due_on) if one.due_on else "")
        for place, one in enumerate(facts.problems, start=1)
    )
    said = Paragraph(f"具体问题{len(rows)}个：", kept_with_next=True)
    return [said, Table(_PROBLEMS, rows)]


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]
