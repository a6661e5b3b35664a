"""Making the ways of steering and checking that a document orders: 督查, 通报, 问责."""

from collections.abc import Sequence

from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem, Mechanism, PlanImport

RENEWED = ["source_id", "start", "end", "position", "frequency", "actors", "retired_on"]


def apply_mechanisms(plan_import: PlanImport, items: Sequence[ImportItem]) -> None:
    """Make what is new; what an earlier document ordered in the same words is renewed."""
    found = Mechanism.objects.filter(campaign=plan_import.campaign)
    held = {(each.name, each.text): each for each in found}
    by_id = {each.pk: each for each in held.values()}
    new: list[Mechanism] = []
    renewed: list[Mechanism] = []
    for item in items:
        if item.kind != ItemKind.MECHANISM:
            continue
        wanted = _mechanism(plan_import, item)
        same = held.get((wanted.name, wanted.text))
        if same is None and item.existing_id in by_id:
            same = by_id[item.existing_id]
        if same is None:
            held[wanted.name, wanted.text] = same = wanted
            new.append(wanted)
        elif not same._state.adding:
            for name in (*RENEWED, "name", "text"):
                setattr(same, name, getattr(wanted, name))
            renewed.append(same)
        item.applied_id = same.pk
    Mechanism.objects.bulk_create(new, batch_size=500)
    if renewed:
        Mechanism.objects.bulk_update(renewed, [*RENEWED, "name", "text"], batch_size=200)


def _mechanism(plan_import: PlanImport, item: ImportItem) -> Mechanism:
    data, text = item.data, plan_import.source.text
    words = text[item.start : item.end] if item.start is not None else ""
    return Mechanism(
        campaign=plan_import.campaign,
        source_id=plan_import.source_id,
        start=item.start,
        end=item.end,
        position=item.position,
        name=str(data["name"])[:100],
        frequency=str(data.get("frequency") or "")[:50],
        actors=str(data.get("actors") or "")[:300],
        text=words or str(data.get("text") or data["name"]),
    )
