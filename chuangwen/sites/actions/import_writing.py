"""Writing the changes of an import: a few statements for each thousand rows."""

import datetime
import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection

from chuangwen.kit import clock
from chuangwen.kit.bulk import insert_rows, update_rows
from chuangwen.kit.errors import StaleEdit
from chuangwen.kit.ids import new_id
from chuangwen.kit.samples import is_sampling
from chuangwen.search.actions import keep_found
from chuangwen.sites.enclosing import outside
from chuangwen.sites.models import Site, SiteDuty
from chuangwen.sites.register.comparing import Changes, NewDuty
from chuangwen.sites.register.state import FACTS, Stored
from chuangwen.sites.tallies import SiteRecount
from chuangwen.tenancy.scope import current_tenant_id

T = TypeVar("T")
CHUNK = 1_000
_NEW = ("id", "tenant", *FACTS, "is_outside", "state", "created_at", "is_sample", "version")
_DUTY = ("id", "tenant", "site", "kind", "unit", "holder", "valid_from", "source")
SOURCE = "点位名录导入"


def write_changes(changes: Changes) -> None:
    """Store what a comparison found; call it inside the transaction of the import."""
    tenant, moment, sample = current_tenant_id(), _moment(), is_sampling()
    recount = SiteRecount()
    for part in _parts(changes.made):
        insert_rows(
            Site,
            _NEW,
            [
                (site.pk, tenant, *_facts(site), is_out, site.state, moment, sample, 1)
                for site, is_out in zip(part, _outside(part), strict=True)
            ],
        )
    for part in _parts(changes.edited):
        _hold(part, recount)
        update_rows(
            Site,
            (*FACTS, "is_outside", "version"),
            [
                (*_facts(site), is_out, site.version + 1, site.pk)
                for site, is_out in zip(part, _outside(part), strict=True)
            ],
        )
    for site in (*changes.made, *changes.edited):
        recount.add(site.state, site.facts["longitude"], site.facts["latitude"], 1)
    recount.write()
    today = clock.today()
    for duties in _parts(changes.duties):
        _write_duties(duties, tenant, today)


def index_sites(sites: Sequence[Stored]) -> None:
    """Make some of the written sites found by their words."""
    keep_found(
        Site(pk=site.pk, **{name: site.facts[name] for name in ("name", "code", "address")})
        for site in sites
    )


def _hold(sites: Sequence[Stored], recount: SiteRecount) -> None:
    """Lock sites that will be changed, and take them out of the counts as they are.

    Raises StaleEdit when somebody was faster.
    """
    keys = [site.pk for site in sites]
    held = Site.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    versions = {}
    for pk, version, state, longitude, latitude in held.values_list(
        "pk", "version", "state", "longitude", "latitude"
    ):
        versions[pk] = version
        recount.add(state, longitude, latitude, -1)
    if versions != {site.pk: site.version for site in sites}:
        raise StaleEdit("写入时有点位刚被别人修改，没有写入任何点位。请重新导入。")


def _write_duties(duties: Sequence[NewDuty], tenant: uuid.UUID, today: datetime.date) -> None:
    begun_today = [one.former.pk for one in duties if one.former and one.former.began_today]
    former = [one.former.pk for one in duties if one.former and not one.former.began_today]
    SiteDuty.objects.filter(pk__in=begun_today).delete()  # replaced on the day it began
    yesterday = today - datetime.timedelta(days=1)
    SiteDuty.objects.filter(pk__in=former).update(valid_until=yesterday)
    insert_rows(
        SiteDuty,
        (*_DUTY, "valid_until"),
        [
            (new_id(), tenant, one.site_id, one.kind.value, one.unit.pk, one.holder, today, SOURCE,
             None)
            for one in duties
        ],
    )  # fmt: skip


def _outside(sites: Sequence[Stored]) -> list[bool | None]:
    return outside([(site.facts["longitude"], site.facts["latitude"]) for site in sites])


def _facts(site: Stored) -> list[Any]:
    values = [site.facts[name] for name in FACTS]
    place = FACTS.index("geometry")
    if values[place] is not None:
        values[place] = json.dumps(values[place])
    return values


def _moment() -> datetime.datetime:
    """Return the present as the database stores it: SQLite has no time zones."""
    now = clock.now()
    return now.replace(tzinfo=None) if connection.vendor == "sqlite" else now


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
