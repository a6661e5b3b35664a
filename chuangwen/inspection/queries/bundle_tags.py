"""Whether what a phone has downloaded is still so, told without putting it together again.

Phones ask at every start. What is immutable (published lists, a running round's head) is named by
its key, what is edited by its version: sites, their types. See `bundles` for what is told.
"""

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery, UUIDField

import chuangwen
from chuangwen.files.enums import DerivativeState, Purpose
from chuangwen.files.limits import largest
from chuangwen.files.models import Attachment, Derivative
from chuangwen.framework.attachments import EXAMPLES
from chuangwen.framework.models import CheckLine, Checklist
from chuangwen.inspection.models import PairMember, RoundSite

FORMAT = 1
QUALITY = 80
Rows = dict[uuid.UUID, list[Any]]


@dataclass(frozen=True)
class Tag:
    """The tag of a bundle, and the rows of the sites in it."""

    text: str
    sites: list[Any]


def tags_of(members: Sequence[PairMember]) -> list[Tag]:
    """Return a tag for what each of these pairs downloads, in their order. Four queries; `members`
    carry their round and pair."""
    pairs = [one.pair_id for one in members]
    sites, names = _sites(pairs), _names(pairs)
    lists = {row[0] for rows in sites.values() for row in rows}
    kinds, examples = _kinds(lists), _examples(lists)
    found = []
    for member in members:
        own = sites[member.pair_id]
        used = [(key, kinds[key], examples[key]) for key in sorted({row[0] for row in own})]
        pair = [member.pair.number, names[member.pair_id]]
        found.append(Tag(_tag(_settings(), round_head(member), pair, own, used), own))
    return found


def round_head(member: PairMember) -> dict[str, Any]:
    """Return what a phone shows of a round before it has downloaded it."""
    within = member.round
    return {
        "id": str(within.pk),
        "name": within.name,
        "kind": within.get_kind_display(),
        "starts_on": within.starts_on.isoformat(),
        "ends_on": within.ends_on.isoformat(),
        "version": within.framework_version.label,
    }


def _sites(pairs: Iterable[uuid.UUID]) -> Rows:
    rows = RoundSite.objects.filter(pair__in=pairs).order_by("position", "pk")
    found: Rows = defaultdict(list)
    for pair, *row in rows.values_list(
        "pair_id", "checklist_id", "pk", "turn", "position", "site__version", "area__name"
    ):
        found[pair].append(row)
    return found


def _names(pairs: Iterable[uuid.UUID]) -> Rows:
    found: Rows = defaultdict(list)
    rows = PairMember.objects.filter(pair__in=pairs).order_by("account__name")
    for pair, name in rows.values_list("pair_id", "account__name"):
        found[pair].append(name)
    return found


def _kinds(lists: Iterable[uuid.UUID]) -> Rows:
    rows = Checklist.objects.filter(pk__in=lists)
    return {pk: kind for pk, *kind in rows.values_list("pk", "version", "site_type__version")}


def _examples(lists: Iterable[uuid.UUID]) -> Rows:
    """Return the example photos that can be shown; they become so after their list is published."""
    made = Derivative.objects.filter(
        source=OuterRef("file"), purpose=Purpose.THUMBNAIL, state=DerivativeState.READY
    )
    line = CheckLine.objects.filter(pk=OuterRef("owner_id")).values("checklist_id")
    rows = Attachment.objects.filter(
        Exists(made),
        owner_kind__in=[kind.name for kind in EXAMPLES],
        owner_id__in=CheckLine.objects.filter(checklist__in=lists).values("pk"),
        removed_at__isnull=True,
    ).annotate(checklist=Subquery(line[:1], output_field=UUIDField()))
    found: Rows = defaultdict(list)
    for checklist, pk in rows.order_by("pk").values_list("checklist", "pk"):
        found[checklist].append(pk)
    return found


def _settings() -> list[Any]:
    return [FORMAT, chuangwen.__version__, settings.CHUANGWEN_PHOTO_LONG_EDGE, QUALITY, largest()]


def _tag(*parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, default=str)
    return f'"{hashlib.sha256(text.encode()).hexdigest()}"'
