"""Example photos of check lines: what is right and what is not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.db.models import OuterRef, Subquery

from chuangwen.files.enums import DerivativeState, Purpose
from chuangwen.files.models import Attachment, Derivative
from chuangwen.framework.attachments import EXAMPLES, GOOD_EXAMPLE


@dataclass(frozen=True)
class Example:
    """A photo at a line; `caption` is its name without the suffix."""

    attachment: Attachment
    is_good: bool

    @property
    def is_ready(self) -> bool:
        """Whether the picture without place and camera has been made, so that it can be shown."""
        return bool(self.attachment.thumbnail_state == DerivativeState.READY)  # type: ignore[attr-defined]

    @property
    def caption(self) -> str:
        """What the photo shows, as whoever added it named the file."""
        return PurePath(self.attachment.name).stem


def examples_of(line_ids: Iterable[UUID]) -> dict[UUID, list[Example]]:
    """Return the examples of lines that the viewer was given already, good ones first. One query.

    Each attachment has its file and carries `thumbnail_state`.
    """
    state = Derivative.objects.filter(source=OuterRef("file"), purpose=Purpose.THUMBNAIL)
    rows = Attachment.objects.filter(
        owner_kind__in=[kind.name for kind in EXAMPLES],
        owner_id__in=list(line_ids),
        removed_at__isnull=True,
    )
    annotated = rows.annotate(thumbnail_state=Subquery(state.values("state")[:1]))
    found: dict[UUID, list[Example]] = defaultdict(list)
    for attachment in annotated.select_related("file").order_by("-owner_kind", "position"):
        example = Example(attachment, attachment.owner_kind == GOOD_EXAMPLE.name)
        found[attachment.owner_id].append(example)
    return found
