"""Adding up a round from its rows, and the hash that binds a closed round to its numbers.

The counts that boards read are kept by every write; here they are made anew, by other code. With
`judged_again`, lines and sites are judged from the observed values, as if they had just arrived.
"""

import hashlib
import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chuangwen.framework.judging import LineAnswer, LineRule, SiteRule, judge_site
from chuangwen.framework.models import CheckLine
from chuangwen.inspection.drawn import drawn_by
from chuangwen.inspection.enums import Dimension, Outcome, VisitState
from chuangwen.inspection.models import Finding, Round, RoundSite
from chuangwen.inspection.queries.stored_results import StoredResult, stored_results
from chuangwen.inspection.tallies import Bucket, stratum_key

JUDGED = {Outcome.PASSED.value, Outcome.FAILED.value}


@dataclass
class Recount:
    """What the rows of a round come to."""

    counts: dict[Bucket, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    result_hash: str = ""
    units: Counter[uuid.UUID] = field(default_factory=Counter)


def recount(within: Round, *, judged_again: bool = False) -> Recount:
    """Add up a round. Memory does not grow with the number of answers."""
    found = Recount()
    digest = hashlib.sha256(_line(_head(within)))
    lines: dict[uuid.UUID, dict[str, CheckLine]] = {}
    drawn: list[RoundSite] = []
    for stored in stored_results(within):
        known = _lines_of(stored, lines)
        result = _judged_again(stored, known) if judged_again else _as_stored(stored)
        digest.update(_line(_canonical(stored, result, known)))
        if stored.site.turn == 1:
            drawn.append(stored.site)
            _count(found, within, stored, result)
    for bucket, number in drawn_by(within.pk, drawn).items():
        found.counts[bucket]["drawn"] += number
    _count_unlisted(found, within)
    found.units.update(site.unit_id for site in drawn if site.unit_id)
    for bucket, numbers in sorted(found.counts.items(), key=str):
        # Strata are counted since later; what they come to follows from the sites said above.
        if bucket[1] == Dimension.STRATUM:
            continue
        digest.update(_line([str(bucket[1]), str(bucket[2]), sorted(numbers.items())]))
    found.result_hash = digest.hexdigest()
    return found


@dataclass(frozen=True)
class _Result:
    passed: bool | None
    score: Decimal | None
    outcomes: Mapping[str, str]  # by the line's key


def _head(within: Round) -> list[Any]:
    return [within.number, within.name, within.kind, str(within.framework_version_id), within.seed]


def _lines_of(
    stored: StoredResult, lines: dict[uuid.UUID, dict[str, CheckLine]]
) -> dict[str, CheckLine]:
    """Return the lines by which the visit was judged: a reviewer may have taken in an old list."""
    if not stored.answers:
        return {}
    of = stored.site.checklist_id
    if of not in lines:
        found = CheckLine.objects.filter(checklist=of)
        lines[of] = {str(line.pk): line for line in found}
    if all(str(answer.line_id) in lines[of] for answer in stored.answers):
        return lines[of]
    keys = [answer.line_id for answer in stored.answers]
    old = CheckLine.objects.filter(pk__in=keys).select_related("checklist")
    return {str(line.pk): line for line in old}


def _as_stored(stored: StoredResult) -> _Result | None:
    if stored.visit is None:
        return None
    outcomes = {str(answer.line_id): str(answer.outcome) for answer in stored.answers}
    return _Result(stored.visit.passed, stored.visit.score, outcomes)


def _judged_again(stored: StoredResult, lines: Mapping[str, CheckLine]) -> _Result | None:
    if stored.visit is None:
        return None
    rules: list[LineRule] = [line.rule for line in lines.values()]
    answers = [
        LineAnswer(
            str(answer.line_id),
            answer.values,
            answer.outcome == Outcome.NOT_APPLICABLE,
            answer.note,
        )
        for answer in stored.answers
    ]
    judgement = judge_site(_rule_of(stored, lines), rules, answers)
    outcomes = {line.rule.key: line.outcome.value for line in judgement.lines}
    return _Result(judgement.passed, judgement.score, outcomes)


def _rule_of(stored: StoredResult, lines: Mapping[str, CheckLine]) -> SiteRule:
    """Return the rule of the list that the visit went by, which may be an older one."""
    line = next(iter(lines.values()), None)
    if line is None or line.checklist_id == stored.site.checklist_id:
        return stored.site.checklist.rule
    return line.checklist.rule


def _canonical(
    stored: StoredResult, result: _Result | None, lines: Mapping[str, CheckLine]
) -> list[Any]:
    """Return one site in plain data, the same whichever database it came from."""
    site = stored.site
    head = [site.site.code, site.turn, *(str(one) for one in _frozen(site))]
    if result is None or stored.visit is None:
        return head
    score = None if result.score is None else f"{result.score:.4f}"
    outcomes = sorted((lines[key].code, outcome) for key, outcome in result.outcomes.items())
    return [*head, str(stored.visit.pk), result.passed, score, outcomes]


def _frozen(site: RoundSite) -> tuple[uuid.UUID | None, ...]:
    return site.site_type_id, site.unit_id, site.area_id, site.checklist_id


def _count(found: Recount, within: Round, stored: StoredResult, result: _Result | None) -> None:
    visit = stored.visit
    if visit is None or result is None or visit.state != VisitState.COUNTED:
        return
    judged = {key: outcome for key, outcome in result.outcomes.items() if outcome in JUDGED}
    failed = sum(outcome == Outcome.FAILED for outcome in judged.values())
    whole = Counter(
        tested=int(result.passed is not None),
        passed=int(bool(result.passed)),
        lines=len(judged),
        failed_lines=failed,
        findings=stored.findings,
    )
    holders = {
        Dimension.ROUND: within.pk,
        Dimension.SITE_TYPE: stored.site.site_type_id,
        Dimension.UNIT: stored.site.unit_id,
        Dimension.AREA: stored.site.area_id,
        Dimension.INSPECTOR: visit.account_id,
    }
    for dimension, holder in holders.items():
        if holder is not None:
            found.counts[within.pk, dimension.value, holder] += whole
    if stored.site.stratum:
        stratum = stratum_key(stored.site.stratum)
        found.counts[within.pk, Dimension.STRATUM.value, stratum] += Counter(
            tested=whole["tested"], passed=whole["passed"]
        )
    for key, outcome in judged.items():
        bad = int(outcome == Outcome.FAILED)
        found.counts[within.pk, Dimension.LINE.value, uuid.UUID(key)] += Counter(
            tested=1, passed=1 - bad, lines=1, failed_lines=bad, findings=bad
        )


def _count_unlisted(found: Recount, within: Round) -> None:
    """Problems seen outside the register count for the round and for who saw them."""
    unlisted = Finding.objects.filter(round=within, visit__state=VisitState.UNLISTED)
    for account in unlisted.order_by().values_list("visit__account_id", flat=True):
        found.counts[within.pk, Dimension.ROUND.value, within.pk]["findings"] += 1
        found.counts[within.pk, Dimension.INSPECTOR.value, account]["findings"] += 1


def _line(content: Iterable[Any]) -> bytes:
    text = json.dumps(list(content), ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"
