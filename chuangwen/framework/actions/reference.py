"""The reference checklists and site types by themselves, beside a framework of one's own.

`importing.load_reference_template` brings them together with the reference framework.
"""

from dataclasses import replace

from django.db import transaction

from chuangwen.framework.actions.entering_checklists import enter_checklist
from chuangwen.framework.actions.importing import reference_template
from chuangwen.framework.actions.saving import locked_draft
from chuangwen.framework.actions.site_types import enter_site_types
from chuangwen.framework.checklist_document import ChecklistEntry, GroupEntry
from chuangwen.framework.models import FrameworkVersion, SiteType
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def load_reference_site_types(*, by: Actor) -> list[SiteType]:
    """Add the common site types that are not there yet, and return all of them.

    Raises NotPermitted, and ImportRefused where a code or a name is another type's already.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    wanted = reference_template().site_types
    known = enter_site_types(contents=wanted, by=by)
    return [known[each.code] for each in wanted]


@transaction.atomic
def load_reference_checklists(*, version: FrameworkVersion, by: Actor) -> int:
    """Add the reference checklists to a draft, and return how many; those that it has stay.

    A line keeps its standard where the version has one of that code and words. Raises as
    `load_reference_site_types`, IllegalTransition for a published version, Invalid when none is
    missing.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = locked_draft(version)
    load_reference_site_types(by=by)
    document = reference_template()
    present = set(draft.checklists.values_list("site_type__code", flat=True))
    missing = [each for each in document.checklists if each.site_type not in present]
    if not missing:
        raise Invalid("各常见点位类型在本版本中都已有测评表，没有载入。请直接修改现有的测评表。")
    own = set(draft.standards.values_list("code", "text"))
    meant = {(one.code, one.text) for _, node, _ in document.walk() for one in node.standards}
    shared = {code for code, _ in own & meant}
    for each in missing:
        enter_checklist(version=draft, content=_with_standards(each, shared), by=by)
    return len(missing)


def _with_standards(checklist: ChecklistEntry, known: set[str]) -> ChecklistEntry:
    """Return a checklist whose lines name only standards that the version has."""
    groups = tuple(
        GroupEntry(
            title=group.title,
            lines=tuple(
                line if line.standard in known else replace(line, standard="")
                for line in group.lines
            ),
        )
        for group in checklist.groups
    )
    return replace(checklist, groups=groups)
