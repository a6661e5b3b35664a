"""Comparing an import with the campaign again, or with another earlier document."""

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.comparing.amending import confirmed_imports
from chuangwen.plan.comparing.comparison import compared
from chuangwen.plan.enums import ItemChange
from chuangwen.plan.models import ImportItem, PlanImport, SourceDocument
from chuangwen.plan.reviewing.storing import open_sheet

WRITTEN = (
    "position",
    "change",
    "existing_id",
    "differences",
    "state",
    "data",
    "parsed",
    "is_edited",
    "fingerprint",
)


@transaction.atomic
def compare_again(*, plan_import: PlanImport, amends: SourceDocument | None, by: Actor) -> None:
    """Compare with the campaign as it is now, `amends` being the document that is replaced.

    What a person changed or added in this review stays; a decision is asked anew where the
    difference is another one now, and earlier steps can no longer be undone. Raises Invalid
    when the document was never confirmed into this campaign.
    """
    by.require(Permission.MANAGE_PLAN)
    sheet = open_sheet(plan_import)
    known = {other.source_id for other in confirmed_imports(plan_import)}
    if amends is not None and amends.pk not in known:
        raise Invalid("只能选择已确认过的文件作为被修订的文件。请重新选择。", field="amends")
    before = str(plan_import.amends or "")
    plan_import.amends = amends
    plan_import.items.filter(change=ItemChange.GONE).delete()
    plan_import.steps.all().delete()
    items = [item for item in sheet.items.values() if item.change != ItemChange.GONE]
    held = {item.pk for item in items}
    decided = {item.pk: (_difference(item), item.state) for item in items}
    everything = compared(plan_import, items)
    for item in everything:
        difference, state = decided.get(item.pk, (None, item.state))
        if difference == _difference(item):
            item.state = state
    top = 1 + max((item.position for item in sheet.items.values()), default=0) + len(everything)
    for offset, item in enumerate(everything):
        item.position = top + offset  # above what is there: positions are unique at every moment
        item.version += 1
    ImportItem.objects.bulk_update(
        [item for item in everything if item.pk in held], [*WRITTEN, "version"], batch_size=200
    )
    fresh = [item for item in everything if item.pk not in held]
    ImportItem.objects.bulk_create(fresh, batch_size=500)
    plan_import.save(update_fields=["amends", "compared_at"])
    record(by=by, verb="plan.compared", on=plan_import, amends=[before, str(amends or "")])


def _difference(item: ImportItem) -> tuple[object, ...]:
    return item.change, item.existing_id, item.differences
