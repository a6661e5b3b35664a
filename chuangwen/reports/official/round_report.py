"""《测评报告》 as an official document: method, sample, results, ranking, problems, the untested.

Every sentence states a fact of the round; nothing is judged beyond the rules of the checklists.
"""

from collections.abc import Iterable

from chuangwen.reports.official.blocks import (
    Align,
    Block,
    Column,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Table,
)
from chuangwen.reports.official.document import OfficialDocument
from chuangwen.reports.round_facts import (
    Line,
    RoundFacts,
    UnitProblems,
    conclusion,
    percent,
    ranked,
)
from chuangwen.reports.text import chinese_date

CENTRE = Align.CENTRE
_STRATA = (
    Column("层", 60),
    Column("名录中", 20, CENTRE),
    Column("抽取", 19, CENTRE),
    Column("已测", 19, CENTRE),
    Column("达标", 18, CENTRE),
    Column("达标率", 20, CENTRE),
)
_RESULTS = (
    Column("", 60),
    Column("应测", 19, CENTRE),
    Column("已测", 19, CENTRE),
    Column("达标", 19, CENTRE),
    Column("达标率", 20, CENTRE),
    Column("问题", 19, CENTRE),
)
_RANKING = (
    Column("位次", 16, CENTRE),
    Column("单位", 62),
    Column("已测／应测", 28, CENTRE),
    Column("达标率", 26, CENTRE),
    Column("问题", 24, CENTRE),
)
_LINES = (
    Column("点位类型", 30),
    Column("测评项", 74),
    Column("判定", 16, CENTRE),
    Column("未达标", 18, CENTRE),
    Column("达标率", 18, CENTRE),
)
_PROBLEMS = (
    Column("序号", 13, CENTRE),
    Column("问题", 56),
    Column("地点", 33),
    Column("发现日期", 27, CENTRE),
    Column("建议时限", 27, CENTRE),
)
_UNTESTED = (Column("编号", 26), Column("点位", 50), Column("类型", 34), Column("主管单位", 46))
MOST_LINES = 20
NOTHING = "无。"
NO_AREAS = "点位没有登记所属街道或社区。"


def round_report_document(facts: RoundFacts) -> OfficialDocument:
    """Return the report with its problem list by unit."""
    blocks: list[Block] = [
        *([Paragraph("本报告所列点位、结果和照片均为演示数据。")] if facts.is_sample else []),
        Heading(1, "测评方法"),
        Paragraph(_method(facts)),
        Heading(1, "样本"),
        *_sample(facts),
        Heading(1, "测评结果"),
        *_results(facts),
        Heading(1, "单位排名"),
        *_ranking(facts),
        Heading(1, "未测点位"),
        *_untested(facts),
        Heading(1, "问题清单"),
        *_problems(facts),
    ]
    return OfficialDocument(
        title=facts.title, issuer=facts.issuer, dated=facts.as_of, blocks=tuple(blocks)
    )


def _method(facts: RoundFacts) -> str:
    text = (
        f"{chinese_date(facts.starts_on)}至{chinese_date(facts.ends_on)}，按测评体系“{facts.version}”"
        f"的点位测评表开展{facts.kind}，{facts.pairs}个测评组、{facts.inspectors}名测评员实地查看、逐项记录，"
        "由系统按测评表的规则判定。点位达标率为达标点位占已测点位的比例；未测点位不计入。"
        "测评员不测评本单位及其上下级单位主管的点位。"
    )
    found = facts.opinions
    if found is None or not found.lines:
        return text
    return text + (
        f"{found.sites}个点位由两组先后测评，比对{found.lines}项，一致率"
        f"{percent(None if found.observed is None else 100 * found.observed)}"
        f"（Cohen κ {_coefficient(found.kappa)}，Gwet AC1 {_coefficient(found.ac1)}）。"
    )


def _sample(facts: RoundFacts) -> list[Block]:
    seed = f"，种子“{facts.seed}”" if facts.seed else ""
    hand = f"，其中人工增减{facts.by_hand}个" if facts.by_hand else ""
    text = (
        f"名录中符合条件的点位{facts.population}个，抽样方法为{facts.sampling}{seed}，"
        f"应测{facts.whole.drawn}个{hand}，已测{facts.whole.tested}个，未测{facts.whole.untested}个。"
    )
    rows = tuple(
        (
            one.name, str(one.population), str(one.drawn), str(one.tested), str(one.passed),
            percent(one.rate),
        )
        for one in facts.strata
    )  # fmt: skip
    return [Paragraph(text), *([Table(_STRATA, rows)] if rows else [])]


def _results(facts: RoundFacts) -> list[Block]:
    whole = facts.whole
    name = "样本达标率（未加权）" if facts.weighted else "点位达标率"
    text = f"{name}{percent(whole.rate)}，达标{whole.passed}个，发现问题{whole.findings}个。"
    text += conclusion(facts)
    if whole.change is not None and facts.earlier:
        text += f"与“{facts.earlier}”相比，{_change(whole.change)}。"
    worst = [one for one in facts.lines if one.rate is not None and one.passed < one.tested]
    worst.sort(key=lambda one: (one.rate or 0.0, -one.tested))
    rows = tuple(
        (one.group, one.name, str(one.tested), str(one.tested - one.passed), percent(one.rate))
        for one in worst[:MOST_LINES]
    )
    return [
        Paragraph(text),
        Heading(2, "按点位类型"),
        _table("点位类型", facts.types),
        Heading(2, "按所属街道或社区"),
        _table("街道或社区", facts.areas) if facts.areas else Paragraph(NO_AREAS),
        Heading(2, f"未达标较多的测评项（至多{MOST_LINES}项）"),
        Table(_LINES, rows) if rows else Paragraph(NOTHING),
    ]


def _table(title: str, lines: Iterable[Line]) -> Block:
    columns = (Column(title, _RESULTS[0].width_mm), *_RESULTS[1:])
    rows = tuple(
        (
            one.name, str(one.drawn), str(one.tested), str(one.passed), percent(one.rate),
            str(one.findings),
        )
        for one in lines
    )  # fmt: skip
    return Table(columns, rows) if rows else Paragraph(NOTHING)


def _ranking(facts: RoundFacts) -> list[Block]:
    blocks: list[Block] = []
    for title, lines in (("区级部门和单位", facts.departments), ("街道、镇和社区", facts.streets)):
        rows = tuple(
            (
                place, one.name, f"{one.tested}／{one.drawn}", percent(one.rate), str(one.findings),
            )
            for place, one in ranked(lines)
        )  # fmt: skip
        blocks += [Heading(2, title), Table(_RANKING, rows) if rows else Paragraph(NOTHING)]
    return blocks


def _untested(facts: RoundFacts) -> list[Block]:
    if not facts.untested:
        return [Paragraph("应测点位全部测完。")]
    rows = tuple((one.code, one.name, one.site_type, one.unit) for one in facts.untested)
    return [Paragraph(f"以下{len(rows)}个点位未测，不计入达标率。"), Table(_UNTESTED, rows)]


def _problems(facts: RoundFacts) -> list[Block]:
    if not facts.problems:
        return [Paragraph("没有发现问题。")]
    blocks: list[Block] = []
    for unit in facts.problems:
        blocks += _of_unit(unit)
    if facts.left_out_photos:
        blocks.append(Paragraph(f"另有{facts.left_out_photos}张照片没有收入，见系统。"))
    return blocks


def _of_unit(unit: UnitProblems) -> list[Block]:
    rows = tuple(
        (
            str(one.number), one.text, one.place, one.found_on.isoformat(),
            one.due_on.isoformat() if one.due_on else "—",
        )
        for one in unit.problems
    )  # fmt: skip
    blocks: list[Block] = [
        Heading(2, f"{unit.unit}（{len(unit.problems)}个）"),
        Table(_PROBLEMS, rows),
    ]
    pictures = tuple(
        Picture(photo.content, photo.width, photo.height, photo.caption)
        for one in unit.problems
        for photo in one.photos
    )
    return [*blocks, Pictures(pictures)] if pictures else blocks


def _change(points: float) -> str:
    if abs(points) < 0.05:
        return "持平"
    return f"{'提高' if points > 0 else '下降'}{abs(points):.1f}个百分点"


def _coefficient(value: float | None) -> str:
    return "无法计算" if value is None else f"{value:.2f}"
