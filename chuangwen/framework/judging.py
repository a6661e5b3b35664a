"""Judging a check line and a site: pure functions, exact, without rounding before a comparison.

The rules stand in docs/field-sync.md. The phone judges in the same way to show a preview; both are
tested with frontend/field-engine/vectors/judging.json.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from chuangwen.framework.enums import LineShape, Outcome, PassRule, PhotoRule
from chuangwen.framework.observing import Fault, FaultAt, ImpossibleAnswers, read_values
from chuangwen.framework.wording import plain_number

HUNDRED = Decimal(100)
DIGITS = 60  # more than any product of a value and a threshold has
MEASURED = {LineShape.COUNT, LineShape.DENSITY, LineShape.RATIO, LineShape.BEHAVIOUR}


@dataclass(frozen=True)
class LineRule:
    """A check line as far as judging needs it. `key` is whatever its answers call it by."""

    key: str
    shape: LineShape
    threshold: Decimal | None = None
    unit: str = ""
    per: Decimal | None = None
    per_unit: str = ""
    photo: PhotoRule = PhotoRule.ON_FAILURE
    weight: Decimal = Decimal(1)
    is_veto: bool = False
    may_not_apply: bool = True

    def __post_init__(self) -> None:
        """Refuse a definition that cannot be judged; forms and the database refuse it before."""
        if (self.threshold is not None) != (self.shape in MEASURED):
            raise ValueError(f"threshold {self.threshold} does not fit {self.shape}")
        if (self.per is not None and self.per > 0) != (self.shape is LineShape.DENSITY):
            raise ValueError(f"per {self.per} does not fit {self.shape}")


@dataclass(frozen=True)
class LineAnswer:
    """What was recorded on a line: numbers as decimal strings, `note` the reason of 不适用."""

    line: str
    values: Mapping[str, object] = field(default_factory=dict)
    not_applicable: bool = False
    note: str = ""


@dataclass(frozen=True)
class LineJudgement:
    """The outcome of a line, with what it rests on. `reason` says it in words."""

    rule: LineRule
    outcome: Outcome
    reason: str
    values: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether the line was judged, and so counts for the site."""
        return self.outcome in {Outcome.PASSED, Outcome.FAILED}

    @property
    def needs_photo(self) -> bool:
        """Whether the visit cannot be sealed without a photo of this line."""
        if self.rule.photo == PhotoRule.ALWAYS:
            return self.outcome != Outcome.NOT_APPLICABLE
        return self.rule.photo == PhotoRule.ON_FAILURE and self.outcome == Outcome.FAILED


@dataclass(frozen=True)
class SiteRule:
    """When a site passes. `pass_percent` belongs to PassRule.SCORE."""

    pass_rule: PassRule
    pass_percent: Decimal | None = None


@dataclass(frozen=True)
class SiteJudgement:
    """The result of a visit. `passed` is None while nothing could be judged.

    `score` is cut, not rounded, to four places: so it never shows a pass mark that was not reached.
    """

    rule: SiteRule
    passed: bool | None
    score: Decimal | None
    reason: str
    weight_passed: Decimal
    weight_judged: Decimal
    lines: tuple[LineJudgement, ...]

    @property
    def failed(self) -> tuple[LineJudgement, ...]:
        """The lines that failed, each of which is a finding."""
        return tuple(line for line in self.lines if line.outcome == Outcome.FAILED)


def judge_line(rule: LineRule, answer: LineAnswer) -> LineJudgement:
    """Judge one line. Raises ImpossibleAnswers with everything that is wrong with the answer."""
    if answer.not_applicable:
        _require_inapplicable(rule, answer)
        return LineJudgement(rule, Outcome.NOT_APPLICABLE, f"不适用：{answer.note.strip()}")
    values = read_values(rule.key, rule.shape, answer.values)
    if rule.shape is LineShape.FREE:
        return LineJudgement(rule, Outcome.RECORDED, "只记录，不判定")
    with localcontext(prec=DIGITS):
        holds, reason = _compare(rule, values)
    return LineJudgement(rule, Outcome.PASSED if holds else Outcome.FAILED, reason, values)


def judge_site(
    site: SiteRule, lines: Sequence[LineRule], answers: Sequence[LineAnswer]
) -> SiteJudgement:
    """Judge a visit: every line needs one answer, every answer its line.

    Raises ImpossibleAnswers with the faults of all lines at once.
    """
    given = {answer.line: answer for answer in answers}
    faults = _faults_of_keys({rule.key for rule in lines}, answers)
    judged = []
    for rule in lines:
        if rule.key not in given:
            faults.append(FaultAt(rule.key, "", Fault.LINE_MISSING))
            continue
        try:
            judged.append(judge_line(rule, given[rule.key]))
        except ImpossibleAnswers as error:
            faults += error.faults
    if faults:
        raise ImpossibleAnswers(faults)
    with localcontext(prec=DIGITS):
        return _add_up(site, tuple(judged))


def _require_inapplicable(rule: LineRule, answer: LineAnswer) -> None:
    faults = [FaultAt(rule.key, name, Fault.UNEXPECTED) for name in sorted(answer.values)]
    if not rule.may_not_apply:
        faults.append(FaultAt(rule.key, "", Fault.MUST_APPLY))
    if not answer.note.strip():
        faults.append(FaultAt(rule.key, "note", Fault.REASON_MISSING))
    if faults:
        raise ImpossibleAnswers(faults)


def _faults_of_keys(known: set[str], answers: Sequence[LineAnswer]) -> list[FaultAt]:
    counts = Counter(answer.line for answer in answers)
    unknown = [FaultAt(key, "", Fault.LINE_UNKNOWN) for key in counts if key not in known]
    twice = [FaultAt(key, "", Fault.LINE_TWICE) for key, count in counts.items() if count > 1]
    return unknown + twice


def _compare(rule: LineRule, values: Mapping[str, Decimal]) -> tuple[bool, str]:
    """Return whether the line is met, and the reason. Products only: division is for words."""
    limit, unit = rule.threshold or Decimal(0), rule.unit or "处"
    shown = {name: plain_number(value) for name, value in values.items()}
    if rule.shape is LineShape.EXISTS:
        return values["found"] >= 1, "有" if values["found"] else "没有"
    if rule.shape is LineShape.ABSENCE:
        none = values["found"] == 0
        return none, "没有发现" if none else f"发现 {shown['found']} {unit}"
    least = plain_number(limit)
    if rule.shape is LineShape.COUNT:
        return values["found"] >= limit, f"{shown['found']} {unit}，要求不少于 {least} {unit}"
    if rule.shape is LineShape.DENSITY:
        per = rule.per or Decimal(1)
        found = values["found"] * per
        rate = _cut(found, values["measure"])
        return found >= limit * values["measure"], (
            f"{shown['measure']} {rule.per_unit} {shown['found']} {unit}，"
            f"合每 {plain_number(per)} {rule.per_unit} {rate} {unit}，要求不少于 {least} {unit}"
        )
    if rule.shape is LineShape.RATIO:
        part = values["part"] * HUNDRED
        return part >= limit * values["whole"], (
            f"{shown['whole']} {unit}中 {shown['part']} {unit}符合，"
            f"占 {_cut(part, values['whole'])}%，要求不低于 {least}%"
        )
    bad = values["bad"] * HUNDRED
    return bad <= limit * values["seen"], (
        f"观察 {shown['seen']} {rule.unit or '人'}，{shown['bad']} {rule.unit or '人'}不文明，"
        f"占 {_cut(bad, values['seen'], upwards=True)}%，要求不超过 {least}%"
    )


def _cut(number: Decimal, by: Decimal, *, upwards: bool = False) -> str:
    """Return the quotient to two places, cut to the side on which words agree with the result."""
    hundredths, rest = divmod(number * HUNDRED, by)
    return plain_number((hundredths + (1 if upwards and rest else 0)) / HUNDRED)


def _add_up(site: SiteRule, lines: tuple[LineJudgement, ...]) -> SiteJudgement:
    counted = [line for line in lines if line.counts]
    failed = [line for line in counted if line.outcome == Outcome.FAILED]
    judged = sum((line.rule.weight for line in counted), Decimal(0))
    met = judged - sum((line.rule.weight for line in failed), Decimal(0))
    score = (met * 1_000_000 // judged) / 10_000 if judged else None
    passed, reason = _verdict(site, counted, failed, met, judged)
    return SiteJudgement(site, passed, score, reason, met, judged, lines)


def _verdict(
    site: SiteRule,
    counted: Sequence[LineJudgement],
    failed: Sequence[LineJudgement],
    met: Decimal,
    judged: Decimal,
) -> tuple[bool | None, str]:
    if not counted:
        return None, "没有可判定的测评项，不算已测"
    if vetoes := sum(line.rule.is_veto for line in failed):
        return False, f"{vetoes} 个一票否决项未达标"
    if site.pass_rule == PassRule.ALL_LINES:
        return not failed, f"{len(failed)} 项未达标" if failed else "各项全部达标"
    if not judged:
        return None, "判定项的权重都是 0，没有得分"
    limit = site.pass_percent or Decimal(0)
    holds = met * HUNDRED >= limit * judged
    sign = "达到" if holds else "未达到"
    return holds, f"得分 {_cut(met * HUNDRED, judged)}，{sign}合格线 {plain_number(limit)}"
