"""Locks of sites, stale edits, and who may record."""

import uuid
from collections.abc import Iterable, Mapping

from django.db.models import F

from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, NotPermitted, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.sites.enums import SiteState
from chuangwen.sites.models import Site
from chuangwen.sites.queries import may_record

MOST_AT_ONCE = 5_000


def locked_site(site: Site, *, base_version: int | None = None) -> Site:
    """Read a site again under its lock. Raises NotFound, and StaleEdit when it was changed."""
    rows = Site.objects.select_for_update(of=("self",)).select_related("site_type", "area")
    locked = rows.filter(pk=site.pk).first()
    if locked is None:
        raise NotFound("没有这个点位。请从点位列表重新进入。")
    if base_version is not None and locked.version != base_version:
        raise StaleEdit(f"“{locked.name}”在您打开之后已被别人修改。请重新打开，核对后再改。")
    return locked


def locked_sites(versions: Mapping[uuid.UUID, int]) -> list[Site]:
    """Lock many sites in one order, as the viewer saw them. One query.

    Raises Invalid without any or with too many, StaleEdit naming those that changed since.
    """
    if not versions:
        raise Invalid("没有选择点位。请先勾选。")
    if len(versions) > MOST_AT_ONCE:
        raise Invalid(f"选了 {len(versions)} 个点位，一次最多 {MOST_AT_ONCE} 个。请分几次。")
    rows = Site.objects.select_for_update().filter(pk__in=list(versions)).order_by("pk")
    sites = list(rows)
    stale = [site.name for site in sites if site.version != versions[site.pk]]
    if stale or len(sites) != len(versions):
        names = "、".join(stale[:5]) or "有的点位"
        raise StaleEdit(f"“{names}”刚被别人修改，没有改动任何点位。请刷新列表后重新勾选。")
    return sites


def count_edits(sites: Iterable[Site]) -> None:
    """Note that locked sites are edited. One statement."""
    Site.objects.filter(pk__in=[site.pk for site in sites]).update(version=F("version") + 1)


def require_listed(site: Site) -> None:
    """Raise IllegalTransition for a site that was merged into another."""
    if site.state == SiteState.MERGED:
        raise IllegalTransition(f"“{site.name}”已合并到别的点位，不能再改。请打开保留的点位。")


def require_recording(site: Site, actor: Actor) -> None:
    """Raise NotPermitted unless the actor may record works and photos of the site."""
    if not may_record(actor, site):
        raise NotPermitted(
            "您只能登记本单位负责的点位。如应由本单位负责，请联系创文办指定主管单位。"
        )


def required_reason(text: str) -> str:
    """Return the reason without blanks around it. Raises Invalid when there is none."""
    reason = text.strip()
    if not reason:
        raise Invalid("请写明原因，便于以后核对。", field="reason")
    return reason
