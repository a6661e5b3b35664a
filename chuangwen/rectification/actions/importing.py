"""A problem list of an office becomes cases: all of it or nothing."""

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.files.actions.uploads import discard_upload
from chuangwen.files.queries import own_uploads
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, Problems
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.deciding import file_held
from chuangwen.rectification.actions.dispatching import Order, dispatch_held
from chuangwen.rectification.actions.opening import Seen, enter_cases
from chuangwen.rectification.models import Case
from chuangwen.rectification.problem_list.drafts import Defaults, Draft, ReadList
from chuangwen.rectification.problem_list.reading import (
    OpenedList,
    open_problem_list,
    read_problem_list,
)
from chuangwen.tenancy.models import Tenant

GONE = "没有选择文件，或检查过的文件已导入、已过期。请重新选择文件。"


@dataclass
class ImportedProblems:
    """What an import did, or would do: `taken` become cases, `ready` can be dispatched at once."""

    read: ReadList
    taken: list[Draft]
    ready: list[Draft]
    cases: list[Case] = field(default_factory=list)
    dispatched: list[Case] = field(default_factory=list)


def import_problems(
    *, data: bytes, defaults: Defaults, twins: Collection[str] = (), dispatches: bool = False,
    dry_run: bool = False, upload_id: uuid.UUID | None = None, by: Actor,
) -> ImportedProblems:  # fmt: skip
    """Enter the problems of an .xlsx file as cases; `dry_run` only tells what would be.

    A row that says what an open case or an earlier row says is left out, unless its key is among
    `twins`. With `dispatches` the rows that have a unit and a deadline to come are filed and
    dispatched as well. `upload_id` is the stored file that `data` comes from: it is used up, and
    refused when it was used up before, so that ticked twins do not come twice either. Raises
    ImportRefused with everything that is wrong, and Invalid for a file that cannot be read or
    brings nothing new; nothing is written then.
    """
    by.require(Permission.MANAGE_CASES)
    if defaults.found_on > clock.today():
        raise Invalid(f"发现日期“{defaults.found_on}”还没有到。请核对。", field="found_on")
    opened = open_problem_list(data)  # before anybody has to wait
    if dry_run:
        return _read(opened, defaults, twins)
    with transaction.atomic():
        # The same list sent twice at once: who comes second waits, and finds what the first did.
        Tenant.objects.select_for_update(no_key=True).get(pk=by.tenant_id)
        if upload_id is not None:
            _use_up(upload_id, by)
        done = _read(opened, defaults, twins)
        _write(done, data, dispatches, by)
    return done


def _read(opened: OpenedList, defaults: Defaults, twins: Collection[str]) -> ImportedProblems:
    problems, today = Problems(), clock.today()
    read = read_problem_list(opened, defaults, today, problems)
    problems.raise_if_any()
    taken = [draft for draft in read.drafts if not draft.twin_of or draft.key in twins]
    return ImportedProblems(read, taken, [draft for draft in taken if draft.is_ready(today)])


def _use_up(upload_id: uuid.UUID, by: Actor) -> None:
    if not own_uploads(by, [upload_id]):
        raise Invalid(GONE, field="file")
    discard_upload(upload_id=upload_id, by=by)


def _write(done: ImportedProblems, data: bytes, dispatches: bool, by: Actor) -> None:
    if not done.taken:
        raise Invalid("没有新的问题：每一行都与未结束的案卷或别的行相同，也没有勾选仍要导入的。")
    done.cases = enter_cases(seen=[_seen(draft) for draft in done.taken], by=by)
    if dispatches and done.ready:
        case_of = {draft.key: case for draft, case in zip(done.taken, done.cases, strict=True)}
        held = file_held(cases=[case_of[draft.key] for draft in done.ready], by=by)
        orders = [
            Order(case, draft.lead, draft.supporting, draft.due_on)
            for case, draft in zip(held, done.ready, strict=True)
            if draft.lead is not None and draft.due_on is not None
        ]
        done.dispatched = dispatch_held(orders=orders, by=by)
    told = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "cases": [0, len(done.cases)],
        "dispatched": [0, len(done.dispatched)],
    }
    record_all(by=by, entries=[Entry("cases.imported", Tenant(pk=by.tenant_id), told, "问题清单")])


def _seen(draft: Draft) -> Seen:
    return Seen(
        title=draft.title,
        source=draft.source,
        found_on=draft.found_on,
        text=draft.text,
        place=draft.place,
        category=draft.category,
        site=draft.site,
        area=draft.area,
        proposed_lead=draft.lead,
        proposed_due_on=draft.due_on,
    )
