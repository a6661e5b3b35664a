"""Two versions side by side, and what became of each standard."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.mapping import map_standard
from chuangwen.framework.checklist_differences import checklist_differences
from chuangwen.framework.differences import differences
from chuangwen.framework.enums import Relation
from chuangwen.framework.models import FrameworkVersion, Standard, VersionMapping
from chuangwen.framework.queries.checklist_documents import checklists_of
from chuangwen.framework.queries.documents import trees_of
from chuangwen.framework.queries.versions import visible_versions
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.forms import attempt
from chuangwen.web.framework.version_forms import MappingForm
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MAY = Permission.MANAGE_FRAMEWORK


@page(may=READ)
def show_differences(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what changed by code from the version `from` (the one it is based on by default)."""
    versions = list(visible_versions(request.actor).order_by("framework__name", "-number"))
    by_id = {version.pk: version for version in versions}
    new = by_id.get(pk)
    if new is None:
        raise NotFound("没有找到这个测评体系版本。请返回列表查看。")
    old = _chosen(request.GET.get("from", ""), new, by_id)
    context: dict[str, Any] = {
        "version": new,
        "old": old,
        "others": [each for each in versions if each != new],
    }
    if old is not None:
        trees = trees_of([old, new])
        checklists = checklists_of([old, new])
        context["differences"] = [
            *differences(trees[old.pk], trees[new.pk]),
            *checklist_differences(checklists[old.pk], checklists[new.pk]),
        ]
    return render(request, "framework/differences.html", context)


@page("GET", "POST", may=MAY)
def show_mapping(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what became of each standard of the version before; change one relation."""
    version = load(visible_versions(request.actor), pk)
    form = MappingForm(request.POST or None)
    if attempt(form, lambda data: _map(request, version, data)) is not None:
        messages.success(request, "已保存对照关系。")
        return redirect("framework-mapping", pk=pk)
    mappings = version.mappings.select_related("old_standard", "new_standard", "old_version")
    context = {
        "version": version,
        "form": form,
        "button": "保存",
        "mappings": mappings.order_by("old_standard__position", "new_standard__position"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "framework/mapping.html", context, status=status)


def _chosen(
    raw: str, new: FrameworkVersion, by_id: dict[uuid.UUID, FrameworkVersion]
) -> FrameworkVersion | None:
    if raw:
        return next((each for key, each in by_id.items() if str(key) == raw), None)
    return by_id.get(new.based_on_id) if new.based_on_id else None


def _map(request: ActorRequest, version: FrameworkVersion, data: dict[str, Any]) -> VersionMapping:
    earlier = version.based_on
    if earlier is None:
        raise Invalid("本版本没有注明由来版本，无法对照。请用复制或导入时选择的版本。")
    old = _standard(earlier, data["old"], "old")
    new = _standard(version, data["new"], "new") if data["new"] else None
    return map_standard(
        old=old,
        new=new,
        into=version,
        relation=Relation(data["relation"]),
        note=data["note"],
        by=request.actor,
    )


def _standard(version: FrameworkVersion, code: str, field: str) -> Standard:
    found = version.standards.filter(code=code.strip()).first()
    if found is None:
        raise Invalid(f"“{version.label}”中没有标准“{code}”。请检查编号。", field=field)
    return found
