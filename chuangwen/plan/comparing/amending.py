"""Which earlier document a new one amends: the same file, or the same title of the same issuer."""

from collections.abc import Sequence

from chuangwen.plan.comparing.plain import is_alike, title_key
from chuangwen.plan.enums import ImportState, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport, SourceDocument


def confirmed_imports(plan_import: PlanImport) -> list[PlanImport]:
    """Return what was confirmed into the same campaign, the newest first, texts left out."""
    others = PlanImport.objects.filter(
        campaign_id=plan_import.campaign_id, state=ImportState.CONFIRMED
    ).exclude(pk=plan_import.pk)
    newest = others.select_related("source").defer("source__text")
    return list(newest.order_by("-confirmed_at", "-created_at"))


def amended_source(
    plan_import: PlanImport, items: Sequence[ImportItem], earlier: Sequence[PlanImport]
) -> SourceDocument | None:
    """Return the newest confirmed document that bears a title of the new one."""
    for other in earlier:
        if other.source_id == plan_import.source_id:
            return other.source
    documents = ImportItem.objects.filter(
        plan_import__in=[other.pk for other in earlier], kind=ItemKind.DOCUMENT
    )
    titles: dict[object, list[ImportItem]] = {}
    for document in documents.exclude(state=ItemState.DROPPED):
        titles.setdefault(document.plan_import_id, []).append(document)
    mine = [item for item in items if item.kind == ItemKind.DOCUMENT]
    for other in earlier:
        theirs = titles.get(other.pk, [])
        if any(_is_same(one, document) for one in mine for document in theirs):
            return other.source
    return None


def _is_same(one: ImportItem, other: ImportItem) -> bool:
    title = title_key(one.data.get("title") or "")
    if not title or title != title_key(other.data.get("title") or ""):
        return False
    issuers = [item.data.get("issuer") or "" for item in (one, other)]
    return not all(issuers) or is_alike(*issuers)
