"""A problem list of an office becomes cases: all of it or nothing."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, Problems
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.deciding import file_held
from chuangwen.rectification.actions.dispatching import Order, dispatch_held
from chuangwen.rectification.actions.opening import Seen, enter_cases
from chuangwen.rectification.models import Case
from chuangwen.rectification.problem_list.drafts import Defaults, Draft, ReadList
from chuangwen.rectification.problem_list.reading import read_problem_list
from chuangwen.tenancy.models import Tenant


@dataclass
class ImportedProblems:
    """What an import did, or would do: `taken` become cases, `ready` can be dispatched at once."""

    read: ReadList
    taken: list[Draft]
    ready: list[Draft]
    cases: list[Case] = field(default_factory=list)
    dispatched: list[Case] = field(default_factory=list)


@transaction.atomic
def import_problems(
    *, data: bytes, defaults: Defaults, twins: Collection[str] = (), dispatches: bool = False,
    dry_run: bool = False, by: Actor,
) -> ImportedProblems:  # fmt: skip
    """Enter the problems of an .xlsx file as cases; `dry_run` only tells what would be.

    A row that says what an open case or an earlier row says is left out, unless its key is among
    `twins`. With `dispatches` the rows that have a unit and a deadline to come are filed and
    dispatched as well. Raises ImportRefused with everything that is wrong, and Invalid for a file
    that cannot be read or brings nothing new; nothing is written then.
    """
    by.require(Permission.MANAGE_CASES)
    # The same list sent twice at once: who comes second waits, and finds the cases of the first.
    Tenant.objects.select_for_update().get(pk=by.tenant_id)
    problems, today = Problems(), clock.today()
    if defaults.found_on > today:
        raise Invalid(f"发现日期“{defaults.found_on}”还没有到。请核对。", field="found_on")
    read = read_problem_list(data, defaults, today, problems)
    problems.raise_if_any()
    taken = [draft for draft in read.drafts if not draft.twin_of or draft.key in twins]
    done = ImportedProblems(read, taken, [draft for draft in taken if draft.is_ready(today)])
    if not dry_run:
        _write(done, data, dispatches, by)
    return done


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
