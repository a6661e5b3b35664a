"""What became of each standard from one version to the next."""

from django.db import transaction
from django.db.models import Q

from chuangwen.audit.actions import record
from chuangwen.framework.actions.saving import locked_draft, unique
from chuangwen.framework.enums import Relation
from chuangwen.framework.models import FrameworkVersion, Standard, VersionMapping
from chuangwen.framework.queries.documents import standard_entry, with_parts
from chuangwen.framework.wording import clean_text, not_longer
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def map_standard(
    *,
    old: Standard,
    new: Standard | None,
    into: FrameworkVersion,
    relation: Relation,
    note: str = "",
    by: Actor,
) -> VersionMapping:
    """Say what became of `old` in the draft `into`; what was said before is replaced.

    Without `new` the standard is 取消. A split takes several calls with one `old`, each adding a
    part; a merger takes several calls with one `new`.
    Raises NotPermitted, IllegalTransition, and Invalid when the relation and `new` do not fit, or
    `new` is no standard of `into`.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = locked_draft(into)
    _require_fitting(old, new, draft, relation)
    earlier = VersionMapping.objects.filter(old_standard=old, new_version=draft)
    if relation is Relation.SPLIT:
        obsolete = earlier.exclude(~Q(new_standard=new), relation=Relation.SPLIT)
    else:
        obsolete = earlier
    before = [each.relation for each in obsolete]
    obsolete.delete()
    mapping = VersionMapping(
        old_version=old.framework_version,
        new_version=draft,
        old_standard=old,
        new_standard=new,
        relation=relation,
        note=not_longer(clean_text(note), label="说明", field="note"),
    )
    with unique("这两条标准已有对照关系。请刷新页面查看。"):
        mapping.save(force_insert=True)
    record(by=by, verb="standard.mapped", on=old, relation=[before, relation], new=str(new or ""))
    return mapping


def note_edit(standard: Standard) -> None:
    """Turn 未变 into 修改 when the text of a copied standard was edited."""
    standard.predecessors.filter(relation=Relation.SAME).update(relation=Relation.CHANGED)


def note_removal(standard: Standard) -> None:
    """Note a removed standard's predecessors as 取消, unless they live on in another standard."""
    for mapping in list(standard.predecessors.all()):
        others = VersionMapping.objects.filter(
            old_standard=mapping.old_standard_id, new_version=mapping.new_version_id
        ).exclude(pk=mapping.pk)
        if others.exists():
            mapping.delete()
            continue
        mapping.relation, mapping.new_standard = Relation.DROPPED, None
        mapping.save(update_fields=["relation", "new_standard"])


def _require_fitting(
    old: Standard, new: Standard | None, draft: FrameworkVersion, relation: Relation
) -> None:
    if (new is None) != (relation is Relation.DROPPED):
        raise Invalid(
            f"“{relation.label}”与所选的新标准不符。“取消”不选新标准，其他关系必须选一条新标准。",
            field="relation",
        )
    if new is not None and new.framework_version_id != draft.pk:
        raise Invalid(f"标准“{new.code}”不在“{draft.label}”中。请重新选择。", field="new")
    if old.framework_version_id == draft.pk:
        raise Invalid(f"标准“{old.code}”就在“{draft.label}”中，不能与自己对照。", field="old")


def map_by_code(*, old: FrameworkVersion, new: FrameworkVersion, by: Actor) -> None:
    """Map every standard of `old` to the one of the same code, inside the caller's transaction.

    Equal content is 未变, other content 修改, a missing code 取消; a person may correct it.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    successors = {each.code: each for each in with_parts(new)}
    mappings = []
    for standard in with_parts(old):
        successor = successors.get(standard.code)
        if successor is None:
            relation = Relation.DROPPED
        elif standard_entry(successor) == standard_entry(standard):
            relation = Relation.SAME
        else:
            relation = Relation.CHANGED
        mappings.append(
            VersionMapping(
                old_version=old,
                new_version=new,
                old_standard=standard,
                new_standard=successor,
                relation=relation,
            )
        )
    VersionMapping.objects.bulk_create(mappings, batch_size=500)
    record(by=by, verb="framework_version.mapped", on=new, mapped=[0, len(mappings)])
