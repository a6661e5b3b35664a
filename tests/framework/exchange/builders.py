"""Any document that could exist, for round trips; and a small one written by hand."""

from decimal import Decimal
from itertools import count

from hypothesis import strategies as st

from chuangwen.framework.checklist_document import (
    ChecklistEntry,
    GroupEntry,
    LineEntry,
    SiteTypeEntry,
)
from chuangwen.framework.document import (
    ClauseEntry,
    FrameworkDocument,
    IndicatorEntry,
    MethodEntry,
    NodeEntry,
    StandardEntry,
    walk,
)
from chuangwen.framework.enums import (
    IndicatorKind,
    LineShape,
    Method,
    Operator,
    PassRule,
    PhotoRule,
    ReferenceKind,
    SiteShape,
    Standing,
)
from chuangwen.framework.judging import MEASURED
from chuangwen.framework.wording import clean_line, clean_text, split_names

WORDS = st.text(max_size=30)
LINES = WORDS.map(clean_line)
TEXTS = st.text(max_size=60).map(clean_text)
NAMES = LINES.filter(bool)
WEIGHTS = st.none() | st.decimals(min_value=0, max_value=99999, places=4).map(
    lambda number: Decimal(format(number.normalize(), "f"))
)
METHODS = st.lists(st.sampled_from(Method), unique=True).flatmap(
    lambda methods: st.tuples(
        *(
            st.builds(MethodEntry, method=st.just(each), weight=WEIGHTS, requirement=TEXTS)
            for each in sorted(methods, key=list(Method).index)
        )
    )
)


@st.composite
def indicators(draw):
    names = draw(st.lists(NAMES, unique=True, max_size=3))
    return tuple(draw(_indicator(name, names)) for name in names)


@st.composite
def _indicator(draw, name, names):
    kind = draw(st.sampled_from(IndicatorKind))
    others = [other for other in names if other != name]
    is_numeric = kind is IndicatorKind.NUMERIC
    is_qualitative = kind is IndicatorKind.QUALITATIVE
    kinds = draw(st.sets(st.sampled_from(ReferenceKind), min_size=1))
    clauses = draw(st.dictionaries(NAMES, TEXTS.filter(bool), max_size=2))
    return IndicatorEntry(
        name=name,
        kind=kind,
        operator=None if is_qualitative else draw(st.sampled_from(Operator)),
        value=draw(WEIGHTS.filter(lambda value: value is not None)) if is_numeric else None,
        unit=draw(LINES)[:20].strip(),
        scope=draw(LINES),
        text=draw(TEXTS),
        source=draw(LINES),
        references=tuple(each for each in ReferenceKind if each in kinds)
        if kind is IndicatorKind.RELATIVE
        else (),
        alternative_of=draw(st.sampled_from(["", *others])),
        clauses=tuple(ClauseEntry(source=source, text=text) for source, text in clauses.items()),
    )


@st.composite
def lines(draw, code, standards):
    shape = draw(st.sampled_from(LineShape))
    largest = 100 if shape in {LineShape.RATIO, LineShape.BEHAVIOUR} else 99_999_999
    is_density = shape is LineShape.DENSITY
    return LineEntry(
        code=code,
        text=draw(TEXTS.filter(bool)),
        shape=shape,
        threshold=draw(exact(0, largest)) if shape in MEASURED else None,
        unit=draw(LINES)[:20].strip(),
        per=draw(exact("0.0001", 99_999_999)) if is_density else None,
        per_unit=draw(st.sampled_from(["米", "平方米"])) if is_density else "",
        photo=draw(st.sampled_from(PhotoRule)),
        weight=draw(exact(0, 99999)),
        is_veto=draw(st.booleans()) and shape is not LineShape.FREE,
        may_not_apply=draw(st.booleans()),
        category=draw(LINES),
        days=draw(st.none() | st.integers(1, 366)),
        standard=draw(st.sampled_from(["", *standards])),
        guidance=draw(TEXTS),
        source=draw(LINES),
    )


@st.composite
def checklists(draw, site_type, standards):
    numbers = count(1)
    score = draw(st.booleans())
    return ChecklistEntry(
        site_type=site_type,
        pass_rule=PassRule.SCORE if score else PassRule.ALL_LINES,
        pass_percent=draw(exact(0, 100, places=2)) if score else None,
        note=draw(TEXTS),
        source=draw(LINES),
        groups=tuple(
            GroupEntry(
                title=title,
                lines=tuple(
                    draw(lines(f"{next(numbers)}.0", standards))
                    for _ in range(draw(st.integers(0, 2)))
                ),
            )
            for title in draw(st.lists(NAMES, unique=True, max_size=2))
        ),
    )


def exact(smallest, largest, places=4):
    return st.decimals(min_value=smallest, max_value=largest, places=places).map(
        lambda number: Decimal(format(number.normalize(), "f"))
    )


@st.composite
def site_types(draw):
    names = draw(st.lists(NAMES, unique=True, max_size=2))
    return tuple(
        SiteTypeEntry(
            code=f"{place}.10 {name}"[:40].strip(),
            name=name,
            shape=draw(st.sampled_from(SiteShape)),
            note=draw(TEXTS),
        )
        for place, name in enumerate(names)
    )


@st.composite
def documents(draw):
    defined = draw(indicators())
    names = [each.name for each in defined]
    noise = draw(NAMES)
    node_codes = (clean_line(f"{noise} {number}.10") for number in count())
    standard_codes = (clean_line(f"{number}0 {noise}") for number in count())

    def standards():
        return tuple(
            StandardEntry(
                code=next(standard_codes),
                text=draw(TEXTS.filter(bool)),
                weight=draw(WEIGHTS),
                window_months=draw(st.none() | st.integers(1, 120)),
                owner_hints=split_names(draw(WORDS)),
                source=draw(LINES),
                methods=draw(METHODS),
                indicators=tuple(name for name in names if draw(st.booleans())),
            )
            for _ in range(draw(st.integers(0, 2)))
        )

    def nodes(level):
        return tuple(
            NodeEntry(
                code=next(node_codes),
                title=draw(NAMES),
                children=nodes(level + 1) if level < 3 else (),
                standards=standards() if level == 3 else (),
            )
            for _ in range(draw(st.integers(0, 2)))
        )

    tree, types = nodes(1), draw(site_types())
    codes = [each.code for _level, node, _parent in walk(tree) for each in node.standards]
    return FrameworkDocument(
        name=draw(NAMES),
        standing=draw(st.sampled_from(Standing)),
        label=draw(NAMES),
        source=draw(LINES),
        note=draw(TEXTS),
        nodes=tree,
        indicators=defined,
        site_types=types,
        checklists=tuple(
            draw(checklists(each.code, codes)) for each in types if draw(st.booleans())
        ),
    )


def small():
    """One standard under Ⅰ→Ⅱ→Ⅲ with two methods and an indicator."""
    standard = StandardEntry(
        code="1.10",
        text="加强法治宣传教育，\n全民法治宣传教育的普及率≥90%",
        weight=Decimal("1.5"),
        window_months=12,
        owner_hints=("区司法局", "区委政法委"),
        source="行动计划 三（三）",
        methods=(
            MethodEntry(method=Method.DOCUMENTS, weight=Decimal("0.9"), requirement="说明报告"),
            MethodEntry(method=Method.SURVEY),
        ),
        indicators=("普及率",),
    )
    content = NodeEntry(code="1.1.1", title="法治宣传", standards=(standard,))
    indicator = NodeEntry(code="1.1", title="法治宣传教育", children=(content,))
    return FrameworkDocument(
        name="东区测评体系",
        standing=Standing.LOCAL,
        label="2021年版",
        nodes=(NodeEntry(code="1", title="法治环境", children=(indicator,)),),
        indicators=(
            IndicatorEntry(
                name="普及率",
                kind=IndicatorKind.NUMERIC,
                operator=Operator.AT_LEAST,
                value=Decimal(90),
                unit="%",
            ),
        ),
        site_types=(SiteTypeEntry(code="MARKET", name="农贸市场"),),
        checklists=(market(),),
    )


def market():
    """A checklist with a line of every shape."""
    bins = LineEntry(
        code="1.10",
        text="每 500 米有分类垃圾桶",
        shape=LineShape.DENSITY,
        threshold=Decimal(1),
        unit="个",
        per=Decimal(500),
        per_unit="米",
        photo=PhotoRule.ALWAYS,
        weight=Decimal("2.5"),
        standard="1.10",
        days=5,
    )
    return ChecklistEntry(
        site_type="MARKET",
        pass_rule=PassRule.SCORE,
        pass_percent=Decimal("87.5"),
        note="按摊位区逐段看。",
        groups=(
            GroupEntry(
                title="环境卫生",
                lines=(
                    bins,
                    LineEntry(
                        code="2",
                        text="无污水横流",
                        shape=LineShape.ABSENCE,
                        unit="处",
                        is_veto=True,
                        may_not_apply=False,
                        category="环境卫生",
                    ),
                    LineEntry(
                        code="3",
                        text="摊位干净整洁",
                        shape=LineShape.RATIO,
                        threshold=Decimal(90),
                        unit="个",
                    ),
                ),
            ),
            GroupEntry(
                title="公共服务",
                lines=(
                    LineEntry(code="4", text="有公平秤", guidance="在入口附近找。"),
                    LineEntry(
                        code="5",
                        text="监督电话牌不少于 2 处",
                        shape=LineShape.COUNT,
                        threshold=Decimal(2),
                        unit="处",
                    ),
                    LineEntry(
                        code="6",
                        text="顾客不乱扔",
                        shape=LineShape.BEHAVIOUR,
                        threshold=Decimal(5),
                        unit="人",
                    ),
                    LineEntry(code="7", text="市场名称", shape=LineShape.FREE),
                ),
            ),
        ),
    )
