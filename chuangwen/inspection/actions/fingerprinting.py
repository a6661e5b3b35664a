"""Looking at the photos of a visit after it was confirmed: do others look the same? By the worker.

Derived data and hints only; the result of the visit stays as it is.
"""

import uuid

from django.db import transaction
from django.db.models import Q

from chuangwen.files.queries import open_file
from chuangwen.inspection.enums import FlagKind
from chuangwen.inspection.fingerprints import (
    MOST_DIFFERENT,
    bands_of,
    difference,
    fingerprint_of,
    near,
)
from chuangwen.inspection.models import VisitFlag, VisitPhoto
from chuangwen.inspection.models.visits import BANDS
from chuangwen.kit.errors import NotFound

MOST_CANDIDATES = 5000  # of one photo: beyond, a wall that everybody photographs


def fingerprint_photos(*, visit_id: uuid.UUID) -> None:
    """Fingerprint the photos of a visit and flag it if others look the same; twice is as once."""
    photos = list(VisitPhoto.objects.filter(visit=visit_id).select_related("file"))
    for photo in photos:
        if photo.fingerprint is None:
            try:
                with open_file(photo.file) as content:
                    photo.fingerprint = fingerprint_of(content)
            except NotFound:  # `files verify` tells of it
                continue
            if photo.fingerprint is not None:
                for name, value in zip(BANDS, bands_of(photo.fingerprint), strict=True):
                    setattr(photo, name, value)
    with transaction.atomic():
        VisitPhoto.objects.bulk_update(photos, ["fingerprint", *BANDS])
        alike = [
            photo for photo in photos if photo.fingerprint is not None and _is_like_another(photo)
        ]
        flags = VisitFlag.objects.filter(visit=visit_id, kind=FlagKind.LIKE_PHOTO)
        if alike and not flags.exists():
            detail = f"{len(alike)} 张照片与以前的很像（不是同一文件），请比对。"
            VisitFlag.objects.create(visit_id=visit_id, kind=FlagKind.LIKE_PHOTO, detail=detail)


def _is_like_another(photo: VisitPhoto) -> bool:
    """The same file again is another flag; so is nothing that the same visit shows."""
    assert photo.fingerprint is not None  # noqa: S101 - for mypy
    candidates = Q()
    for name, value in zip(BANDS, bands_of(photo.fingerprint), strict=True):
        candidates |= Q(**{f"{name}__in": near(value)})
    others = VisitPhoto.objects.filter(candidates, fingerprint__isnull=False)
    others = others.exclude(visit=photo.visit_id).exclude(file=photo.file_id)
    found = others.order_by().values_list("fingerprint", flat=True)[:MOST_CANDIDATES]
    return any(
        difference(photo.fingerprint, one) <= MOST_DIFFERENT for one in found if one is not None
    )
