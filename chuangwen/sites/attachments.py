"""The photos and papers in a site's file, and who may open and remove them."""

from chuangwen.files.owners import OwnerKind
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.sites.actions.works import KIND
from chuangwen.sites.models import Site
from chuangwen.sites.queries import duties_in_force, may_record, visible_sites


def _sees_originals(actor: Actor, site: Site) -> bool:
    """The units that answer for the site today, and the office."""
    if actor.may_everywhere(Permission.MANAGE_SITES):
        return True
    held = duties_in_force(clock.today()).filter(site=site, unit__in=actor.unit_ids)
    return held.exists()


SITE = OwnerKind(
    name=KIND,
    label="点位",
    visible=visible_sites,
    sees_originals=_sees_originals,
    may_remove=may_record,
)
