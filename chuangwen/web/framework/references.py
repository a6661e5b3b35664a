"""Taking over what ships as a reference: site types, and checklists of common sites."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from chuangwen.framework.actions.reference import (
    load_reference_checklists,
    load_reference_site_types,
)
from chuangwen.framework.queries.versions import visible_versions
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

MAY = Permission.MANAGE_FRAMEWORK


@page("POST", may=MAY)
def load_site_types(request: ActorRequest) -> HttpResponse:
    """Add the common site types; go back to where they were missing."""
    types = load_reference_site_types(by=request.actor)
    messages.success(request, f"已载入 {len(types)} 种常见点位类型，可以修改。")
    back = "sites" if request.POST.get("back") == reverse("sites") else "site-types"
    return redirect(back)


@page("POST", may=MAY)
def load_checklists(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Add the reference checklists to a draft."""
    version = load(visible_versions(request.actor), pk)
    count = load_reference_checklists(version=version, by=request.actor)
    messages.success(request, f"已载入 {count} 份参考测评表。不是官方文本，发布前请核对。")
    return redirect("checklists", pk=version.pk)
