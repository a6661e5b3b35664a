"""What the people of a unit are told when it becomes 主管单位 of sites."""

import datetime
import uuid
from collections.abc import Mapping, Sequence

from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, told
from chuangwen.people.actors import Actor
from chuangwen.people.queries import people_by_unit

MOST_NAMED = 3
GivenSite = tuple[uuid.UUID, str]  # key and name


def announce_owners(
    given: Mapping[uuid.UUID, Sequence[GivenSite]],
    *,
    occasion: str,
    first_day: datetime.date,
    by: Actor,
) -> None:
    """Tell the clerks and heads of every unit, once, which sites it answers for now.

    `given` is by the unit's key; `occasion` names the deed, so that nobody is told of it twice.
    Two statements, whatever the number of sites.
    """
    if not given:
        return
    people = people_by_unit(clock.today(), units=given)
    notes = (
        told(_note(unit_id, sites, occasion, first_day), people.get(unit_id, ()))
        for unit_id, sites in given.items()
    )
    notify(notes=(one for each in notes for one in each), by=by)


def _note(
    unit_id: uuid.UUID, sites: Sequence[GivenSite], occasion: str, first_day: datetime.date
) -> Note:
    names = "、".join(name for _, name in sites[:MOST_NAMED])
    more = f"等 {len(sites)} 个点位" if len(sites) > MOST_NAMED else ""
    # A site can be opened by those who answer for it today; later ones lead to the list.
    is_one = len(sites) == 1 and first_day <= clock.today()
    return Note(
        kind=NoticeKind.SITES_ASSIGNED,
        subject=f"本单位任 {len(sites)} 个点位的主管单位：{names}{more}",
        body=f"自 {first_day} 起。请核对点位信息；如不应由本单位负责，请联系创文办。",
        key=f"sites-assigned:{occasion}:{unit_id.hex}",
        about=AboutKind.SITE if is_one else AboutKind.UNIT_SITES,
        about_id=sites[0][0] if is_one else unit_id,
    )
