"""Any document that could exist, for round trips; and a small one written by hand."""

from decimal import Decimal
from itertools import count

from hypothesis import strategies as st

from chuangwen.framework.document import (
    ClauseEntry,
    FrameworkDocument,
    IndicatorEntry,
    MethodEntry,
    NodeEntry,
    StandardEntry,
)
from chuangwen.framework.enums import IndicatorKind, Method, Operator, ReferenceKind, Standing
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

    return FrameworkDocument(
        name=draw(NAMES),
        standing=draw(st.sampled_from(Standing)),
        label=draw(NAMES),
        source=draw(LINES),
        note=draw(TEXTS),
        nodes=nodes(1),
        indicators=defined,
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
    )
