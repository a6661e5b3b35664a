"""How the viewer's indicators stand, in a few lines for a first page."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.framework.queries.indicators import visible_indicators
from chuangwen.framework.queries.standings import facts_of
from chuangwen.framework.standings import Standing, standings_of
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.cards import row_of
from chuangwen.web.gate import ActorRequest, page

LEVELS = (("red", "未达标"), ("yellow", "缺参照值"), ("none", "未填报"), ("green", "达标"))
WORST_FIRST = {level: rank for rank, (level, _) in enumerate(LEVELS)}
MOST = 10


@page(may=(Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT))
def show_summary(request: ActorRequest) -> HttpResponse:
    """Send the numbers by light and the indicators that need somebody, the worst first.

    A piece of a page: first pages fetch it, so that each of the two stays within its queries.
    """
    facts = facts_of(request.actor, visible_indicators(request.actor))
    standings = standings_of(facts.values())
    shown = [standings[pk] for pk, known in facts.items() if known.is_chosen]
    worst = sorted(shown, key=lambda each: WORST_FIRST[each.level])
    context = {
        "total": len(shown),
        "counts": counts_of(shown),
        "rows": [row_of(standing) for standing in worst[:MOST]],
        "most": MOST,
    }
    return render(request, "framework/_summary.html", context)


def counts_of(standings: list[Standing]) -> list[tuple[str, str, int]]:
    """Return light, words and number, the worst light first."""
    counted = Counter(standing.level for standing in standings)
    return [(level, words, counted[level]) for level, words in LEVELS]
