"""Asking the worker for the pictures of an image."""

from collections.abc import Sequence

from chuangwen.files.enums import Purpose
from chuangwen.files.models import Derivative, StoredFile


def await_derivatives(stored: StoredFile) -> None:
    """Write the waiting derivatives and queue the work, in the transaction of the file's row."""
    from chuangwen.files.tasks import make_derivatives  # noqa: PLC0415 - tasks call actions

    Derivative.objects.bulk_create(
        [Derivative(source=stored, purpose=purpose) for purpose in Purpose], ignore_conflicts=True
    )
    make_derivatives.enqueue(str(stored.tenant_id), str(stored.pk))


def await_all_derivatives(stored: Sequence[StoredFile]) -> None:
    """The same for several images at once: one job makes the pictures of all of them."""
    from chuangwen.files.tasks import make_all_derivatives  # noqa: PLC0415 - tasks call actions

    if not stored:
        return
    Derivative.objects.bulk_create(
        [Derivative(source=one, purpose=purpose) for one in stored for purpose in Purpose],
        ignore_conflicts=True,
    )
    make_all_derivatives.enqueue(str(stored[0].tenant_id), [str(one.pk) for one in stored])
