"""Taking in a document for review. Nothing of it applies yet."""

from typing import Any

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.storing import store_file
from chuangwen.files.models import StoredFile
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.comparing.comparison import begin_comparison
from chuangwen.plan.enums import ImportState
from chuangwen.plan.importing import Draft, drafts_of
from chuangwen.plan.models import Campaign, ImportItem, PlanImport, SourceDocument
from chuangwen.plan.reading import Progress, ReadText, unheard

Result = dict[str, Any]  # of the parser, as plain JSON values
SUBSTANCE = ("areas", "actions", "key_works", "phases", "indicators")


def take_in_document(
    *, campaign: Campaign, source: ReadText, name: str, data: bytes, by: Actor
) -> PlanImport:
    """Parse a document and store what was found, all of it for review.

    The same bytes are stored once; reading them again makes a new import to compare with.
    Raises NotPermitted, and Invalid for a text that orders nothing. Parsing happens before the
    transaction: it writes nothing.
    """
    by.require(Permission.MANAGE_PLAN)
    result = found_in(source, name)
    original = store_file(content=data, name=name, any_kind=True, by=by)
    return store_import(
        campaign=campaign, source=source, result=result, name=name, original=original, by=by
    )


def found_in(source: ReadText, name: str, progress: Progress = unheard) -> Result:
    """Return what the parser finds. Raises Invalid for a text that orders nothing."""
    from chuangwen.plan.parsing import parse, to_json  # noqa: PLC0415 - the grammar, when wanted

    result = to_json(parse(source, progress))
    if not any(result[key] for key in SUBSTANCE):
        raise Invalid(
            f"没有从“{name}”读出目标、行动、任务或指标。请确认是行动计划、工作安排或责任分解表；"
            "如果是扫描件，请先转成文字。"
        )
    return result


@transaction.atomic
def store_import(
    *,
    campaign: Campaign,
    source: ReadText,
    result: Result,
    name: str,
    original: StoredFile,
    by: Actor,
) -> PlanImport:
    """Store what was found in a document, compared with the campaign, for review."""
    by.require(Permission.MANAGE_PLAN)
    columns = {"name": name[:200], "format": source.format, "text": source.text}
    document, _ = SourceDocument.objects.get_or_create(
        sha256=original.sha256, defaults={**columns, "original": original}
    )
    if document.original is None:  # taken in before originals were kept
        document.original = original
        document.save(update_fields=["original"])
    plan_import = PlanImport.objects.create(
        source=document,
        campaign=campaign,
        schema_version=result["schema_version"],
        account_id=by.account_id,
    )
    items = begin_comparison(plan_import, _items(plan_import, drafts_of(result)))
    plan_import.save(update_fields=["amends", "compared_at"])
    ImportItem.objects.bulk_create(items, batch_size=500)
    record(by=by, verb="plan.taken_in", on=plan_import, items=[0, len(items)])
    return plan_import


@transaction.atomic
def discard_import(*, plan_import: PlanImport, by: Actor) -> None:
    """Give up an import that was not confirmed; its items stay for the record."""
    by.require(Permission.MANAGE_PLAN)
    changed = PlanImport.objects.filter(pk=plan_import.pk, state=ImportState.REVIEW).update(
        state=ImportState.DISCARDED
    )
    if not changed:
        raise IllegalTransition("只有“待核对”的导入可以放弃。可能已有人处理，请刷新页面查看。")
    plan_import.refresh_from_db()
    record(by=by, verb="plan.discarded", on=plan_import)


def _items(plan_import: PlanImport, drafts: list[Draft]) -> list[ImportItem]:
    keys = {id(draft): new_id() for draft in drafts}
    return [
        ImportItem(
            id=keys[id(draft)],
            plan_import=plan_import,
            parent_id=keys[id(draft.parent)] if draft.parent else None,
            kind=draft.kind,
            position=position,
            start=draft.start,
            end=draft.end,
            data=draft.data,
        )
        for position, draft in enumerate(drafts)
    ]
