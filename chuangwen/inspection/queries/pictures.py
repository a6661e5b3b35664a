"""The photos behind findings, as a list shows them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from chuangwen.files.enums import Purpose
from chuangwen.files.models import Derivative
from chuangwen.inspection.models import Finding, VisitPhoto
from chuangwen.inspection.queries.visible import visible_visits
from chuangwen.people.actors import Actor

MOST_OF_A_FINDING = 2


def photos_of_findings(
    actor: Actor, findings: Iterable[Finding]
) -> dict[uuid.UUID, list[VisitPhoto]]:
    """Return up to two photos of each finding that have a small picture and that the actor may
    open: those of its line, or of the whole visit for a problem outside the register. One query."""
    listed = list(findings)
    if not listed:
        return {}
    small = Derivative.objects.filter(
        source=OuterRef("file"), purpose=Purpose.THUMBNAIL, result__isnull=False
    )
    own = visible_visits(actor).filter(pk__in={one.visit_id for one in listed})
    photos = VisitPhoto.objects.filter(Exists(small), visit__in=own.order_by().values("pk"))
    by_line: dict[tuple[uuid.UUID, uuid.UUID | None], list[VisitPhoto]] = defaultdict(list)
    for photo in photos.order_by("visit_id", "position"):
        by_line[photo.visit_id, photo.line_id].append(photo)
    return {one.pk: by_line[one.visit_id, one.line_id][:MOST_OF_A_FINDING] for one in listed}
