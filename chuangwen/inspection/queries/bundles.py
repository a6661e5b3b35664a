"""What a phone downloads to work for days without a signal. Constant queries at any size."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from chuangwen.files.limits import largest
from chuangwen.framework.models import CheckLine, Checklist
from chuangwen.framework.queries.examples import Example, examples_of
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import PairMember, RoundSite
from chuangwen.inspection.queries.bundle_tags import FORMAT, QUALITY, round_head, tags_of
from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor


def memberships(viewer: Actor) -> QuerySet[PairMember]:
    """Return the viewer's pairs in running rounds."""
    running = PairMember.objects.filter(account=viewer.account_id, round__state=RoundState.RUNNING)
    return running.select_related("round__framework_version", "pair")


def rounds_of(viewer: Actor) -> list[dict[str, Any]]:
    """Return the running rounds in which the viewer walks, newest first, each with the tag of its
    bundle. Five queries, however many rounds, and none over lines."""
    members = list(memberships(viewer).order_by("-round__number"))
    tags = tags_of(members)
    return [
        {**round_head(member), "sites": len(tag.sites), "etag": tag.text}
        for member, tag in zip(members, tags, strict=True)
    ]


def bundle_tag(viewer: Actor, round_id: uuid.UUID) -> str:
    """Return the tag of what `bundle_of` gives. Raises NotFound as that does."""
    return tags_of([_membership(viewer, round_id)])[0].text


def bundle_of(
    viewer: Actor, round_id: uuid.UUID, *, address_of: Callable[[uuid.UUID], str]
) -> dict[str, Any]:
    """Return all that the viewer's pair needs in a round, without the time of asking.

    `address_of` tells where the picture of an attachment is fetched: no room knows HTTP.

    Raises NotFound for rounds that are not running or in which the viewer does not walk.
    """
    member = _membership(viewer, round_id)
    names = PairMember.objects.filter(pair=member.pair_id).order_by("account__name")
    sites = list(
        RoundSite.objects.filter(round=round_id, pair=member.pair_id)
        .select_related("site", "area")
        .order_by("position", "pk")
    )
    return {
        "format": FORMAT,
        "round": round_head(member),
        "pair": {
            "id": str(member.pair_id),
            "number": member.pair.number,
            "members": list(names.values_list("account__name", flat=True)),
        },
        "photo": {
            "long_edge": settings.CHUANGWEN_PHOTO_LONG_EDGE,
            "quality": QUALITY,
            "largest_bytes": largest(),
        },
        "checklists": _checklists({site.checklist_id for site in sites}, address_of),
        "sites": [_site(site) for site in sites],
    }


def _membership(viewer: Actor, round_id: uuid.UUID) -> PairMember:
    member = memberships(viewer).filter(round=round_id).first()
    if member is None:
        raise NotFound("没有找到这个测评轮次。可能已结束，或您不在本轮的测评组中。")
    return member


def _checklists(
    keys: Iterable[uuid.UUID], address_of: Callable[[uuid.UUID], str]
) -> list[dict[str, Any]]:
    lists = Checklist.objects.filter(pk__in=list(keys)).select_related("site_type")
    lines = CheckLine.objects.filter(checklist__in=list(keys)).select_related("group")
    ordered = list(lines.order_by("group__position", "group_id", "position", "pk"))
    examples = examples_of(line.pk for line in ordered)
    grouped: dict[uuid.UUID, dict[uuid.UUID, dict[str, Any]]] = defaultdict(dict)
    for line in ordered:
        group = grouped[line.checklist_id].setdefault(
            line.group_id, {"title": line.group.title, "lines": []}
        )
        shown = [_example(each, address_of) for each in examples[line.pk] if each.is_ready]
        group["lines"].append(_line(line, shown))
    return [
        {
            "id": str(one.pk),
            "site_type": {
                "id": str(one.site_type_id),
                "name": one.site_type.name,
                "shape": one.site_type.shape,
            },
            "pass_rule": one.pass_rule,
            "pass_percent": _plain(one.pass_percent),
            "groups": list(grouped[one.pk].values()),
        }
        for one in lists.order_by("position", "pk")
    ]


def _example(example: Example, address_of: Callable[[uuid.UUID], str]) -> dict[str, Any]:
    return {
        "url": address_of(example.attachment.pk),
        "is_good": example.is_good,
        "caption": example.caption,
    }


def _line(line: CheckLine, examples: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(line.pk),
        "code": line.code,
        "text": line.text,
        "shape": line.shape,
        "threshold": _plain(line.threshold),
        "unit": line.unit,
        "per": _plain(line.per),
        "per_unit": line.per_unit,
        "photo": line.photo,
        "weight": _plain(line.weight),
        "is_veto": line.is_veto,
        "may_not_apply": line.may_not_apply,
        "guidance": line.guidance,
        "examples": examples,
    }


def _site(drawn: RoundSite) -> dict[str, Any]:
    site = drawn.site
    return {
        "id": str(drawn.pk),
        "turn": drawn.turn,
        "position": drawn.position,
        "code": site.code,
        "name": site.name,
        "address": site.address,
        "area": drawn.area.name if drawn.area else "",
        "longitude": _plain(site.longitude),
        "latitude": _plain(site.latitude),
        "geometry": site.geometry,
        "length_metres": _plain(site.length_metres),
        "area_square_metres": _plain(site.area_square_metres),
        "telephone": site.telephone,
        "checklist": str(drawn.checklist_id),
    }


def _plain(number: Decimal | None) -> str | None:
    """As a decimal string, without exponent and idle zeros: it never becomes a float."""
    return None if number is None else f"{number.normalize():f}"
