"""Comparing what is derived of sites (the counts of the map's cells, whether they lie outside the
boundary) with the sites themselves, and making it anew. No events."""

from django.db import transaction

from chuangwen.kit.ids import new_id
from chuangwen.kit.locking import hold_writers
from chuangwen.sites.enclosing import mark_sites, mistold
from chuangwen.sites.models import Site, SiteTally
from chuangwen.sites.tallies import NUMBERS, Bucket, Counts, SiteRecount, with_coarser

CHUNK = 2_000


@transaction.atomic
def find_site_drift() -> dict[Bucket, tuple[int, int]]:
    """Return where counts and sites differ: (stored, counted) numbers by cell. Writers wait."""
    hold_writers(SiteTally)
    stored, counted, nothing = _stored(), _counted(), [0, 0, 0]
    return {
        cell: (stored.get(cell, nothing)[0], counted.get(cell, nothing)[0])
        for cell in sorted(stored.keys() | counted.keys())
        if stored.get(cell, nothing) != counted.get(cell, nothing)
    }


@transaction.atomic
def rebuild_site_tallies() -> int:
    """Count all sites of the tenant anew; return how many counts there are. Writers wait."""
    hold_writers(SiteTally)
    SiteTally.objects.all().delete()
    counted = _counted()
    SiteTally.objects.bulk_create(
        (
            SiteTally(id=new_id(), **cell._asdict(), **dict(zip(NUMBERS, numbers, strict=True)))
            for cell, numbers in counted.items()
        ),
        batch_size=CHUNK,
    )
    return len(counted)


def find_outside_drift() -> int:
    """Return of how many sites it is noted wrongly whether they lie outside the boundary."""
    return sum(map(len, mistold().values()))


@transaction.atomic
def rebuild_outside() -> int:
    """Note again of all sites whether they lie outside; return of how many it was wrong.

    Writers of sites wait: a site that is moved meanwhile is told by where it is then.
    """
    hold_writers(Site)
    return mark_sites()


def _stored() -> Counts:
    rows = SiteTally.objects.order_by().values_list(*Bucket._fields, *NUMBERS)
    found = {Bucket(*row[:4]): list(row[4:]) for row in rows.iterator(CHUNK)}
    return {cell: numbers for cell, numbers in found.items() if any(numbers)}


def _counted() -> Counts:
    recount = SiteRecount()
    placed = Site.objects.filter(longitude__isnull=False).order_by()
    for state, longitude, latitude in placed.values_list("state", "longitude", "latitude").iterator(
        CHUNK
    ):
        recount.add(state, longitude, latitude, 1)
    return with_coarser(recount.change)
