"""Frameworks and their versions: begin, copy, publish, give up."""

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import record
from chuangwen.framework import workflow
from chuangwen.framework.actions.checklist_writing import write_checklists
from chuangwen.framework.actions.examples import copy_examples
from chuangwen.framework.actions.saving import locked_draft, require_current, unique
from chuangwen.framework.actions.writing import write_tree
from chuangwen.framework.enums import Relation, Standing, VersionState
from chuangwen.framework.models import Framework, FrameworkVersion, SiteType, VersionMapping
from chuangwen.framework.queries.documents import document_of
from chuangwen.framework.wording import clean_line, clean_text, not_longer, required_line
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def create_framework(
    *,
    name: str,
    standing: Standing,
    label: str,
    source: str = "",
    note: str = "",
    based_on: FrameworkVersion | None = None,
    by: Actor,
) -> FrameworkVersion:
    """Begin a framework with an empty draft; return the draft.

    `based_on` may be a version of another framework that this one takes the place of.

    Raises NotPermitted, and Invalid for an empty or used name.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    framework = Framework(
        name=required_line(name, label="名称", longest=200, field="name"), standing=standing
    )
    with unique(
        f"已有测评体系“{framework.name}”。请在其中建立新版本，或换一个名称。", field="name"
    ):
        framework.save(force_insert=True)
    record(by=by, verb="framework.created", on=framework, name=[None, framework.name])
    return begin_version(framework, label=label, source=source, note=note, based_on=based_on, by=by)


def begin_version(
    framework: Framework,
    *,
    label: str,
    source: str = "",
    note: str = "",
    based_on: FrameworkVersion | None = None,
    by: Actor,
) -> FrameworkVersion:
    """Add an empty draft to a framework, inside the caller's transaction."""
    if not Framework.objects.select_for_update().filter(pk=framework.pk).exists():
        raise NotFound(f"没有找到测评体系“{framework.name}”，可能已被删除。请返回列表查看。")
    last = framework.versions.aggregate(last=Max("number"))["last"] or 0
    version = FrameworkVersion(
        framework=framework,
        number=last + 1,
        label=required_line(label, label="版本名称", longest=60, field="label"),
        source=not_longer(clean_line(source), label="来源", longest=300, field="source"),
        note=not_longer(clean_text(note), label="说明", field="note"),
        based_on=based_on,
    )
    with unique(f"“{framework.name}”已有版本“{version.label}”。请换一个版本名称。", field="label"):
        version.save(force_insert=True)
    record(by=by, verb="framework_version.begun", on=version, label=[None, version.label])
    return version


@transaction.atomic
def copy_version(*, version: FrameworkVersion, label: str, by: Actor) -> FrameworkVersion:
    """Make a new draft with the content of `version`; every standard is mapped as 未变.

    Raises NotPermitted, and Invalid for an empty or used label.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    document = document_of(version)
    copy = begin_version(
        version.framework,
        label=label,
        source=version.source,
        note=version.note,
        based_on=version,
        by=by,
    )
    written = write_tree(copy, document)
    site_types = {each.code: each for each in SiteType.objects.all()}
    write_checklists(copy, document.checklists, site_types, written)
    copy_examples(old=version, new=copy, by=by)
    old = {standard.code: standard for standard in version.standards.all()}
    VersionMapping.objects.bulk_create(
        [
            VersionMapping(
                old_version=version,
                new_version=copy,
                old_standard=old[code],
                new_standard=standard,
                relation=Relation.SAME,
            )
            for code, standard in written.items()
        ],
        batch_size=500,
    )
    record(by=by, verb="framework_version.copied", on=copy, standards=[0, len(written)])
    return copy


@transaction.atomic
def publish_version(*, version: FrameworkVersion, base_version: int, by: Actor) -> FrameworkVersion:
    """Publish a draft; from then on nothing of it changes.

    Raises NotPermitted, IllegalTransition when it is published already, StaleEdit, and Invalid
    while it has no standard.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    locked = FrameworkVersion.objects.select_for_update().get(pk=version.pk)
    target = workflow.VERSION.check("publish", VersionState(locked.state))
    require_current(locked, base_version)
    if not locked.standards.exists():
        raise Invalid(f"“{locked.label}”还没有测评标准，不能发布。请先录入或导入标准。")
    locked.state, locked.published_at = target, clock.now()
    locked.version += 1
    locked.save(update_fields=["state", "published_at", "version"])
    record(by=by, verb="framework_version.published", on=locked, state=["draft", "published"])
    return locked


@transaction.atomic
def discard_draft(*, version: FrameworkVersion, by: Actor) -> None:
    """Delete a draft with all its content; the audit event keeps its name.

    A framework that is left without any version goes too: nothing on the pages would lead to it,
    and its name could not be given again.

    Raises NotPermitted, NotFound, and IllegalTransition for a published version.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    locked = locked_draft(version)
    if FrameworkVersion.objects.filter(based_on=locked).exists():
        raise Invalid(f"“{locked.label}”是其他版本的基础，不能删除。请先删除那些草稿。")
    framework = Framework.objects.select_for_update().get(pk=locked.framework_id)
    record(by=by, verb="framework_version.discarded", on=locked, label=[locked.label, None])
    locked.delete()
    if not framework.versions.exists():
        record(by=by, verb="framework.removed", on=framework, name=[framework.name, None])
        framework.delete()
