"""A small file that is first looked at and then confirmed: the preview carries it along."""

import base64

from django.http import HttpRequest

from chuangwen.kit.errors import Invalid

LARGEST = 5 * 1024 * 1024


def sent_or_carried(request: HttpRequest, subject: str) -> bytes:
    """Return the uploaded file, or the one that the preview carried along.

    Raises Invalid, naming the `subject`, for one that is too large or was lost on the way.
    """
    uploaded = request.FILES.get("file")
    if uploaded is not None:
        if (uploaded.size or 0) > LARGEST:
            limit = LARGEST // 2**20
            raise Invalid(f"文件超过 {limit} MB。{subject}只需一张表，请去掉图片等内容后再导入。")
        return bytes(uploaded.read())
    try:
        return base64.b64decode(request.POST.get("carried", ""), validate=True)
    except ValueError as error:
        raise Invalid("页面内容不完整。请重新选择文件。") from error


def carried(data: bytes) -> str:
    """Return the file as the field `carried` of the preview."""
    return base64.b64encode(data).decode()
