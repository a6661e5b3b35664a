"""Making the pictures of an image, by the worker."""

import uuid
from typing import BinaryIO

from django.db import transaction

from chuangwen.files.actions.storing import keep_bytes
from chuangwen.files.enums import DerivativeState, Purpose
from chuangwen.files.kinds.model import JPEG, FileKind
from chuangwen.files.models import Derivative, StoredFile
from chuangwen.files.rendering import NotRendered, render
from chuangwen.files.stores import configured_store

MISSING = "原图不在文件库中。请联系系统管理员运行 chuangwen files verify。"


def render_derivatives(*, file_id: uuid.UUID) -> None:
    """Make what waits or failed before; a picture that cannot be made says why."""
    waiting = Derivative.objects.filter(source_id=file_id).exclude(state=DerivativeState.READY)
    for derivative in waiting.select_related("source"):
        result, problem = _made(derivative)
        with transaction.atomic():
            Derivative.objects.filter(pk=derivative.pk).update(
                result=result,
                state=DerivativeState.READY if result else DerivativeState.FAILED,
                problem=problem,
            )


def _made(derivative: Derivative) -> tuple[StoredFile | None, str]:
    try:
        with configured_store().open(derivative.source.key) as file:
            content = render(file, Purpose(derivative.purpose))
    except FileNotFoundError:
        return None, MISSING
    except NotRendered as reason:
        return None, str(reason)
    return keep_bytes(content, derivative.source.sha256, _jpeg), ""


def _jpeg(_file: BinaryIO, _name: str) -> FileKind:
    return JPEG
