"""A file of places as the office sends it, with the datum of its coordinates."""

from chuangwen.kit.errors import Invalid
from chuangwen.sites.enums import Datum
from chuangwen.web.gate import ActorRequest


def sent_file(request: ActorRequest, kind: str) -> tuple[str, bytes, Datum]:
    """Return name, content and datum; `kind` says what to choose. Raises Invalid naming the field
    that is empty."""
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise Invalid(f"没有选择文件。请选择一个 {kind} 文件。", field="file")
    raw = request.POST.get("datum", "")
    if raw not in Datum.values:
        raise Invalid("没有选择坐标系。请选择文件中坐标所用的坐标系。", field="datum")
    return uploaded.name or "", uploaded.read(), Datum(raw)
