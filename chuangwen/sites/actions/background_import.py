"""Checking and writing register files beside the web pages, taken under a lease.

Checking writes nothing but progress. Writing is one transaction, after the same comparison gave
the same changes again. The index of words follows in small steps: it is derived, and done again
from the beginning if the worker is killed.
"""

import datetime
import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.files.stores import configured_store
from chuangwen.framework.models import SiteType
from chuangwen.kit import clock
from chuangwen.kit.bulk import without_collection
from chuangwen.kit.errors import ChuangwenError, Problems
from chuangwen.kit.leases import Held, Lease, Stopped
from chuangwen.people.actions.register_lock import lock_register
from chuangwen.people.actors import Actor, system_actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import actor_behind, resolve_names
from chuangwen.sites.actions.import_writing import CHUNK, index_sites, write_changes
from chuangwen.sites.announcing import GivenSite, announce_owners
from chuangwen.sites.enums import Datum, ImportState, SiteDutyKind
from chuangwen.sites.models import Site, SiteImport
from chuangwen.sites.register.cells import Reader, comparable_types
from chuangwen.sites.register.columns import Column
from chuangwen.sites.register.comparing import Changes, Comparison
from chuangwen.sites.register.reading import GivenRow, read_rows, text
from chuangwen.sites.register.state import Stored, stored_register
from chuangwen.tenancy.scope import current_tenant_id, tenant_scope

LEASE = datetime.timedelta(seconds=180)  # without a sign of life; writing 50,000 takes seconds
MOST_ATTEMPTS = 3
MOST_SHOWN = 200
MOST_EVENTS_PER_SITE = 2_000
IMPORT = Lease(
    starts={
        ImportState.WAITING: ImportState.CHECKING,
        ImportState.CONFIRMED: ImportState.WRITING,
    },
    back={
        ImportState.CHECKING: ImportState.WAITING,
        ImportState.WRITING: ImportState.CONFIRMED,
    },
    span=LEASE,
    most_attempts=MOST_ATTEMPTS,
    untired=(ImportState.INDEXING,),
)
KILLED = (
    "处理“{name}”时后台进程中断了 3 次，可能是内存不足，没有写入任何点位。请拆分文件后重新导入。"
)
DEFECT = "处理“{name}”时程序出错，没有写入任何点位。请重试；仍不成功请把文件交给系统管理员。"
CHANGED = "检查之后名录又有改动，没有写入。下面是重新检查的结果，请核对后再确认。"
RACED = "写入时名录正被别人改动，没有写入任何点位。请重新导入。"
UNITS = (Column.AREA, Column.OWNER, Column.HEAD_UNIT)
Beat = Callable[[int, int], None]


def import_next(*, is_ending: Callable[[], bool] = lambda: False) -> bool:
    """Go on with the file that has waited longest, of whatever tenant; tell if there was one."""
    waiting = IMPORT.due(SiteImport.across_tenants.all()).order_by("asked_at")
    found = waiting.values_list("tenant_id", "pk").first()
    if found is None:
        return False
    with tenant_scope(found[0]):
        run_import(found[1], is_ending)
    return True


def run_import(pk: uuid.UUID, is_ending: Callable[[], bool] = lambda: False) -> None:
    """Check or write one file; how it went is noted in its row."""
    taken = _claim(pk)
    if taken is not None:
        _Work(taken, is_ending).run()


def _claim(pk: uuid.UUID) -> SiteImport | None:
    return IMPORT.claim(
        SiteImport.objects.all(),
        pk,
        exhausted=lambda one: _fail(one, KILLED.format(name=one.name)),
    )


def _fail(taken: SiteImport, problem: str) -> None:
    taken.state, taken.problem = ImportState.FAILED, problem
    taken.save(update_fields=["state", "problem"])
    record(by=system_actor(current_tenant_id()), verb="site_import.failed", on=taken)


class _Work:
    """One file while it is ours."""

    def __init__(self, taken: SiteImport, is_ending: Callable[[], bool]) -> None:
        self.taken = taken
        self.held = Held(IMPORT, SiteImport.objects.all(), taken, is_ending)

    @without_collection()
    def run(self) -> None:
        """Do what its state asks for; every end is noted, save that of being stopped."""
        work = {
            ImportState.CHECKING: self._check,
            ImportState.WRITING: self._write,
            ImportState.INDEXING: self._index_again,
        }
        self.held.carry_out(
            work[ImportState(self.taken.state)], give_up=_fail, expected=(ChuangwenError,),
            defect=DEFECT.format(name=self.taken.name), raced=RACED,
        )  # fmt: skip

    def _check(self) -> None:
        problems = Problems()
        changes = self._compared(problems, self.held.beat)
        if problems.found:
            self._end(
                state=ImportState.REFUSED, problems=[str(problem) for problem in problems.found]
            )
        else:
            self._end(state=ImportState.CHECKED, problem="", **_outcome(changes))

    def _write(self) -> None:
        by, problems = _author(self.taken), Problems()
        with transaction.atomic():
            lock_register(by)  # nobody changes units meanwhile; sites are told by the digest
            mine = self.held.mine().select_for_update(of=("self",)).first()
            if mine is None:
                raise Stopped
            changes = self._compared(problems, lambda done, total: None)
            outcome = _outcome(changes)
            if problems.found or outcome["digest"] != mine.digest:
                told = [str(problem) for problem in problems.found]
                state = ImportState.REFUSED if told else ImportState.CHECKED
                self._end(**{**outcome, "state": state, "problems": told, "problem": CHANGED})
                return
            write_changes(changes)
            _announce(mine, changes, by)
            record_all(by=by, entries=_events(mine, changes))
            self._end(state=ImportState.INDEXING)
        self._index([*changes.made, *changes.edited])

    def _index(self, sites: list[Stored]) -> None:
        for start in range(0, len(sites), CHUNK):
            with transaction.atomic():
                index_sites(sites[start : start + CHUNK])
            self.held.beat(min(start + CHUNK, len(sites)), len(sites))
        self._end(state=ImportState.DONE, done=self.taken.total)

    def _index_again(self) -> None:
        """Killed while indexing: what was written is not known any more, so all sites are."""
        names = ("name", "code", "address")
        rows = Site.objects.order_by("pk").values_list("pk", *names).iterator(chunk_size=CHUNK)
        self._index(
            [Stored(pk, dict(zip(names, texts, strict=True)), "", 0) for pk, *texts in rows]
        )

    def _compared(self, problems: Problems, beat: Beat) -> Changes:
        rows = self._rows()
        written = {text(row.cells[one]) for row in rows for one in UNITS if one in row.cells}
        reader = Reader(
            Datum(self.taken.datum),
            comparable_types(SiteType.objects.all()),
            resolve_names(written),
            problems,
        )
        comparison = Comparison(reader, stored_register())
        for start in range(0, len(rows), CHUNK):
            comparison.take(rows[start : start + CHUNK])
            beat(min(start + CHUNK, len(rows)), len(rows))
        self.taken.total = len(rows)
        return comparison.changes

    def _rows(self) -> list[GivenRow]:
        original = self.taken.original
        if original is None:
            raise Stopped
        with configured_store().open(original.key) as file:
            return read_rows(file.read(), Datum(self.taken.datum))

    def _end(self, **values: object) -> None:
        """Note something in the row. Raises Stopped when it is not ours any more."""
        self.held.note(**{"total": self.taken.total, **values})


def _announce(taken: SiteImport, changes: Changes, by: Actor) -> None:
    """Tell every unit once of all the sites that the file gives it."""
    names = {site.pk: site.facts["name"] for site in (*changes.made, *changes.edited)}
    given: dict[uuid.UUID, list[GivenSite]] = defaultdict(list)
    for duty in changes.duties:
        if duty.kind == SiteDutyKind.OWNER:
            given[duty.unit.pk].append((duty.site_id, names[duty.site_id]))
    announce_owners(given, occasion=taken.pk.hex, first_day=clock.today(), by=by)


def _author(taken: SiteImport) -> Actor:
    """Who agreed, with the rights of today. Raises ChuangwenError when there are none."""
    if taken.account_id is None:
        return system_actor(current_tenant_id())
    actor = actor_behind(taken.account_id)
    if actor is None:
        raise ChuangwenError(f"确认“{taken.name}”的账号已停用，没有写入。请由在岗人员重新导入。")
    actor.require(Permission.MANAGE_SITES)
    return actor


def _outcome(changes: Changes) -> dict[str, object]:
    """Return what the row says about the changes."""
    shown = {
        "made": [f"{one.facts['code']} {one.facts['name']}" for one in changes.made[:MOST_SHOWN]],
        "namesakes": [
            f"{one.facts['code']} {one.facts['name']}（已有 {changes.namesakes[one.pk]}）"
            for one in changes.made
            if one.pk in changes.namesakes
        ][:MOST_SHOWN],
        "namesakes_count": len(changes.namesakes),
        "edited": [
            [f"{one.facts['code']} {one.facts['name']}", _plain(changes.told[one.pk])]
            for one in changes.edited[:MOST_SHOWN]
        ],
    }
    return {
        "made_count": len(changes.made),
        "edited_count": len(changes.edited),
        "unchanged_count": changes.unchanged,
        "digest": _digest(changes),
        "differences": shown,
        "problems": [],
    }


def _digest(changes: Changes) -> str:
    """Return a hash of all changes: the same file against the same register gives the same."""
    digest = hashlib.sha256()
    for part in _told(changes):
        digest.update(json.dumps(part, cls=DjangoJSONEncoder, sort_keys=True).encode())
    return digest.hexdigest()


def _told(changes: Changes) -> Iterator[object]:
    keys = {site.pk for site in changes.made}
    for site in changes.made:
        yield list(site.facts.values())
    for site in changes.edited:
        yield [site.pk, site.version, changes.told[site.pk]]
    for duty in changes.duties:
        of = "" if duty.site_id in keys else duty.site_id
        yield [of, duty.kind, duty.unit.pk, duty.holder, duty.former.pk if duty.former else ""]


def _plain(changed: dict[str, list[object]]) -> dict[str, object]:
    plain: dict[str, object] = json.loads(json.dumps(changed, cls=DjangoJSONEncoder))
    return plain


def _events(taken: SiteImport, changes: Changes) -> list[Entry]:
    """One event of the import, which names the file by its hash; few sites have one each."""
    assert taken.original is not None  # noqa: S101 - it was read a moment ago
    content = {
        "sha256": taken.original.sha256,
        "made": len(changes.made),
        "edited": len(changes.edited),
    }
    events = [Entry("site_import.applied", taken, content)]
    if len(changes.made) + len(changes.edited) > MOST_EVENTS_PER_SITE:
        return events
    for verb, sites in (("site.created", changes.made), ("site.edited", changes.edited)):
        for site in sites:
            row = Site(pk=site.pk, code=site.facts["code"], name=site.facts["name"])
            told = _plain(changes.told.get(site.pk, {"name": [None, site.facts["name"]]}))
            events.append(Entry(verb, row, told))
    return events
