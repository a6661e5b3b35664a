"""Comparing a second visit with the first, as soon as both are there."""

from collections import Counter
from collections.abc import Mapping

from chuangwen.framework.enums import Outcome
from chuangwen.framework.judging import SiteJudgement
from chuangwen.inspection.enums import VisitState
from chuangwen.inspection.models import Answer, Opinion, RoundSite, Visit

JUDGED = {Outcome.PASSED.value, Outcome.FAILED.value}


def compare_opinions(
    visit: Visit, round_site: RoundSite | None, judgement: SiteJudgement | None
) -> None:
    """Keep the comparison once a site has been visited twice; within the caller's transaction.

    The round must be locked. No statement in rounds without second visits, three at most in others.
    """
    if round_site is None or judgement is None or not visit.round.second_percent:
        return
    if visit.state not in (VisitState.COUNTED, VisitState.SECOND):
        return
    other_state = VisitState.SECOND if visit.state == VisitState.COUNTED else VisitState.COUNTED
    others = Visit.objects.filter(round=visit.round, site=visit.site_id, state=other_state)
    other = others.order_by().first()
    if other is None or other.account_id == visit.account_id:  # moved between pairs: no second eye
        return
    rows = Answer.objects.filter(visit=other).order_by().values_list("line_id", "outcome")
    theirs = {str(line): outcome for line, outcome in rows}
    own = {line.rule.key: line.outcome.value for line in judgement.lines}
    first, second = (visit, other) if visit.state == VisitState.COUNTED else (other, visit)
    outcomes = (own, theirs) if first is visit else (theirs, own)
    Opinion.objects.create(
        round=visit.round,
        first=first,
        second=second,
        same_result=first.passed == second.passed,
        **fourfold(*outcomes),
    )


def fourfold(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, int]:
    """Return the four numbers of two visits' outcomes, by the lines that both judged."""
    counts = Counter(
        (first[line] == Outcome.FAILED, second[line] == Outcome.FAILED)
        for line in first.keys() & second.keys()
        if first[line] in JUDGED and second[line] in JUDGED
    )
    return {
        "both_passed": counts[False, False],
        "first_failed": counts[True, False],
        "second_failed": counts[False, True],
        "both_failed": counts[True, True],
    }
