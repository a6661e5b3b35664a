"""Counting what is to be tested, by everything that results are added up by. One statement."""

import uuid
from collections import Counter
from collections.abc import Iterable

from chuangwen.framework.models import CheckLine
from chuangwen.inspection.enums import Dimension
from chuangwen.inspection.models import Round, RoundSite
from chuangwen.inspection.tallies import Bucket, add_to_tallies, stratum_key


def add_drawn(within: Round, sites: Iterable[RoundSite], sign: int) -> None:
    """Count sites as drawn, or with −1 as no longer drawn; second visits do not count."""
    counted = drawn_by(within.pk, [one for one in sites if one.turn == 1])
    add_to_tallies(
        {bucket: Counter(drawn=sign * number) for bucket, number in counted.items() if number}
    )


def drawn_by(round_id: uuid.UUID, sites: Iterable[RoundSite]) -> Counter[Bucket]:
    """Return how many sites are drawn by type, unit, area, stratum and line. One query: lines."""
    found: Counter[Bucket] = Counter()
    checklists: Counter[uuid.UUID] = Counter()
    for one in sites:
        found[round_id, Dimension.ROUND.value, round_id] += 1
        found[round_id, Dimension.SITE_TYPE.value, one.site_type_id] += 1
        if one.unit_id:
            found[round_id, Dimension.UNIT.value, one.unit_id] += 1
        if one.area_id:
            found[round_id, Dimension.AREA.value, one.area_id] += 1
        if one.stratum:
            found[round_id, Dimension.STRATUM.value, stratum_key(one.stratum)] += 1
        checklists[one.checklist_id] += 1
    lines = CheckLine.objects.filter(checklist__in=list(checklists)).order_by()
    for line, checklist in lines.values_list("pk", "checklist_id"):
        found[round_id, Dimension.LINE.value, line] += checklists[checklist]
    return found
