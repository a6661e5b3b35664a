"""The file that a plan was read from, byte for byte as it came."""

import uuid

from django.http import HttpResponseBase

from chuangwen.kit.errors import NotFound
from chuangwen.people.permissions import Permission
from chuangwen.plan.models import PlanImport
from chuangwen.web.files.serving import answer_with
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load


@page(may=(Permission.MANAGE_PLAN, Permission.VIEW_DISTRICT))
def download_original(request: ActorRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Send the original of an import; imports from before originals were kept have none."""
    imports = PlanImport.objects.select_related("source__original").defer("source__text")
    source = load(imports, pk).source
    if source.original is None:
        raise NotFound("这次导入较早，没有保留原件。请查看核对页中的文字，或重新导入该文件。")
    return answer_with(request, source.original, name=source.name)
