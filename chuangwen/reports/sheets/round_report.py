"""《测评报告》 as a workbook: every board, the problems and what is untested."""

from collections.abc import Iterable, Iterator

from chuangwen.reports.round_facts import UNTESTED, Line, RoundFacts, conclusion, ranked
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet

NUMBER = Kind.NUMBER
_NUMBERS = (
    Column("应测", 8, NUMBER),
    Column("已测", 8, NUMBER),
    Column("达标", 8, NUMBER),
    Column("未测", 8, NUMBER),
    Column("达标率（%）", 12, NUMBER),
    Column("95%区间下限", 12, NUMBER),
    Column("95%区间上限", 12, NUMBER),
    Column("比上一轮（百分点）", 18, NUMBER),
    Column("问题", 8, NUMBER),
)
_PROBLEMS = (
    Column("主管单位", 22),
    Column("序号", 8, NUMBER),
    Column("问题", 50),
    Column("地点", 32),
    Column("问题类别", 14),
    Column("测评标准", 34),
    Column("发现日期", 12, Kind.DATE),
    Column("建议整改时限", 14, Kind.DATE),
)
_SITES = (Column("编号", 14), Column("点位", 34), Column("类型", 20), Column("主管单位", 24))
_STRATA = (
    Column("层", 50),
    Column("名录中", 10, NUMBER),
    Column("抽取", 10, NUMBER),
    Column("已测", 10, NUMBER),
    Column("达标", 10, NUMBER),
    Column("达标率（%）", 12, NUMBER),
)
_NOTES = (
    ("达标率", "达标点位 ÷ 已测点位。没有测的写“未测”，不是 0。"),
    ("95%区间", "由随机样本推断全部点位（Wilson，有限总体校正）；全部测完或不是随机样本的没有。"),
    ("位次", "达标率相同的位次相同；未测的没有位次。部门和街道分别排名。"),
)


def round_report_book(facts: RoundFacts) -> Book:
    """Return the workbook of a round."""
    name = Column("名称", 40)
    ranking = (Column("位次", 8), name, *_NUMBERS)
    sheets = (
        Sheet("总体", (name, *_NUMBERS), _rows([facts.whole])),
        Sheet("按点位类型", (name, *_NUMBERS), _rows(facts.types)),
        Sheet("部门排名", ranking, _ranking(facts.departments)),
        Sheet("街道排名", ranking, _ranking(facts.streets)),
        Sheet("按区域", (name, *_NUMBERS), _rows(facts.areas)),
        Sheet("按测评项", (Column("点位类型", 20), name, *_NUMBERS), _lines(facts.lines)),
        Sheet("问题清单", _PROBLEMS, _problems(facts)),
        Sheet("未测点位", _SITES, _untested(facts)),
        Sheet("样本", _STRATA, _strata(facts)),
    )
    sample = (("演示数据", "点位、结果和照片都是虚构的。"),) if facts.is_sample else ()
    weighted = (("按层加权", conclusion(facts)),) if facts.weighted else ()
    notes = (
        *weighted,
        ("测评体系", facts.version),
        ("抽样方法", f"{facts.sampling}，种子“{facts.seed}”" if facts.seed else facts.sampling),
        ("结果校验值", facts.result_hash or "本轮还没有结束"),
    )
    return Book(
        title=facts.title, as_of=facts.as_of, sheets=sheets, notes=(*notes, *sample, *_NOTES)
    )


def _numbers(one: Line) -> tuple[Cell, ...]:
    rate: Cell = UNTESTED if one.rate is None else round(one.rate, 2)
    bounds = [None if bound is None else round(bound, 2) for bound in (one.low, one.high)]
    change = None if one.change is None else round(one.change, 2)
    return (
        one.drawn, one.tested, one.passed, one.untested, rate, *bounds, change, one.findings,
    )  # fmt: skip


def _rows(lines: Iterable[Line]) -> Iterator[tuple[Cell, ...]]:
    for one in lines:
        yield (one.name, *_numbers(one))


def _ranking(lines: tuple[Line, ...]) -> Iterator[tuple[Cell, ...]]:
    for place, one in ranked(lines):
        yield (place, one.name, *_numbers(one))


def _lines(lines: Iterable[Line]) -> Iterator[tuple[Cell, ...]]:
    for one in lines:
        yield (one.group, one.name, *_numbers(one))


def _problems(facts: RoundFacts) -> Iterator[tuple[Cell, ...]]:
    for unit in facts.problems:
        for one in unit.problems:
            yield (
                unit.unit, one.number, one.text, one.place, one.category, one.clause,
                one.found_on, one.due_on,
            )  # fmt: skip


def _strata(facts: RoundFacts) -> Iterator[tuple[Cell, ...]]:
    for one in facts.strata:
        rate: Cell = UNTESTED if one.rate is None else round(one.rate, 2)
        yield one.name, one.population, one.drawn, one.tested, one.passed, rate


def _untested(facts: RoundFacts) -> Iterator[tuple[Cell, ...]]:
    for one in facts.untested:
        yield (one.code, one.name, one.site_type, one.unit)
