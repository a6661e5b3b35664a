"""Taking in a whole framework from a file, and the reference template that ships."""

from importlib.resources import files

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.framework.actions.checklist_writing import write_checklists
from chuangwen.framework.actions.entering import enter_indicators
from chuangwen.framework.actions.frameworks import begin_version, create_framework
from chuangwen.framework.actions.mapping import map_by_code
from chuangwen.framework.actions.site_types import enter_site_types
from chuangwen.framework.actions.writing import write_tree
from chuangwen.framework.document import FrameworkDocument
from chuangwen.framework.enums import Standing
from chuangwen.framework.exchange.files import read_parts
from chuangwen.framework.models import Framework, FrameworkVersion
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

TEMPLATE, CHECKLISTS = "reference_template.yaml", "reference_checklists.yaml"


@transaction.atomic
def import_version(
    *,
    document: FrameworkDocument,
    label: str = "",
    based_on: FrameworkVersion | None = None,
    by: Actor,
) -> FrameworkVersion:
    """Make a new draft of a document; of a framework of that name, or of a new one.

    `label` replaces the document's. With `based_on`, standards are mapped from that version by
    their codes. Indicators of the same name and criterion are used as they are, with clauses added;
    site types of the same code, name and shape too.
    Raises NotPermitted, ImportRefused when an indicator of the same name demands something else or
    a site type of the same code is another one, and Invalid for a used label.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    enter_indicators(contents=document.indicators, by=by)
    site_types = enter_site_types(contents=document.site_types, by=by)
    version = _new_draft(document, label or document.label, based_on, by)
    written = write_tree(version, document)
    write_checklists(version, document.checklists, site_types, written)
    if based_on is not None:
        map_by_code(old=based_on, new=version, by=by)
    record(
        by=by,
        verb="framework_version.imported",
        on=version,
        standards=[0, len(written)],
        checklists=[0, len(document.checklists)],
    )
    return version


def load_reference_template(*, by: Actor) -> FrameworkVersion:
    """Make a draft of the reference template (参考模板, not an official text).

    Raises like `import_version`; loading it twice is refused for its label.
    """
    return import_version(document=reference_template(), by=by)


def reference_template() -> FrameworkDocument:
    """Return the template that ships: the notice's ten goal areas with their indicators.

    Its checklists of common sites are our own wording, and say so line by line.
    """
    data = files("chuangwen.framework").joinpath("data")
    return read_parts(*(data.joinpath(name).read_bytes() for name in (TEMPLATE, CHECKLISTS)))


def _new_draft(
    document: FrameworkDocument, label: str, based_on: FrameworkVersion | None, by: Actor
) -> FrameworkVersion:
    framework = Framework.objects.filter(name=document.name).first()
    if framework is None:
        return create_framework(
            name=document.name,
            standing=document.standing,
            label=label,
            source=document.source,
            note=document.note,
            based_on=based_on,
            by=by,
        )
    if framework.standing != document.standing:
        raise Invalid(
            f"文件写的性质是“{document.standing.label}”，系统中“{framework.name}”是"
            f"“{Standing(framework.standing).label}”。请改正文件，或换一个名称。"
        )
    return begin_version(
        framework,
        label=label,
        source=document.source,
        note=document.note,
        based_on=based_on,
        by=by,
    )
