"""Field sync against the bare work: 1,000 visits × 40 lines, 6 photos of 300 KB each.

    .venv/bin/python -m benchmarks.field_sync [VISITS] [FILLED]

Answers: confirming a visit (answers judged and written, findings, flags, counts, event, all in one
transaction) against the statements of another one, sent again by the driver, and, to be known,
against one multi-row insert of the same 40 rows in a transaction of its own (docs/adr/0008).
Photos:
taking in a photo (hash, checks, fsync, row, order for the worker) against bare write + hash + fsync
of other files of the same size. Every file is distinct. Then everything is sent again, and must
write nothing; the counts must be right at once; and a visit must cost the same when FILLED visits
are there. Wall clock: fsync is what it is about. CHUANGWEN_DATABASE_URL chooses PostgreSQL.
"""

import hashlib
import json
import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks._ratio import ROUNDS, Ratio, report, seconds

LINES, PHOTOS, PHOTO_BYTES = 40, 6, 300_000
ANSWERS_LIMIT, PHOTOS_LIMIT, GROWTH_LIMIT = 4.0, 2.0, 1.2
Statement = tuple[str, Any, bool]  # text, parameters, whether for many rows
Sealed = tuple[uuid.UUID, bytes]


def main() -> None:
    """Measure in alternated rounds and print the ratios."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    filled = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    trial = Trial(prepare(), visits)
    answers = trial.answers()
    photos = trial.photos()
    trial.again()
    growth = trial.growth(filled)
    report(*answers, photos, growth)


def prepare() -> Any:
    """Make an empty database with one round; return it as tests/inspection/walking.py does."""
    os.environ["CHUANGWEN_DATA"] = tempfile.mkdtemp(prefix="chuangwen-benchmark-")
    from chuangwen.commands import start_django  # noqa: PLC0415 - the data folder comes first

    start_django()
    from django.core.management import call_command  # noqa: PLC0415

    from chuangwen.audit.actions import open_chain  # noqa: PLC0415
    from chuangwen.people.models import Account, Membership, Unit  # noqa: PLC0415
    from chuangwen.tenancy import scope  # noqa: PLC0415
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415
    from tests.inspection.walking import make_walk  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    tenant = Tenant.objects.create(name="东区", code="510402")
    open_chain(tenant_id=tenant.pk)
    scope._current.set(tenant.pk)
    unit = Unit.objects.create(name="区创文办", kind="government")
    account = Account.objects.create(tenant=tenant, username="陈洁", name="陈洁")
    Membership.objects.create(account=account, unit=unit, role="inspector")
    return make_walk(account, sites=4000, lines=LINES)


class Trial:
    """One round of `visits` sites and more, walked once each."""

    def __init__(self, walk: Any, visits: int) -> None:
        from chuangwen.people.queries import actor_of  # noqa: PLC0415

        self.walk, self.visits = walk, visits
        self.by = actor_of(walk.account)
        self.sites = iter(walk.sites)
        self.sent: list[Sealed] = []

    def some(self, number: int, photos: int = 0) -> list[Sealed]:
        """Seal so many visits, each at a site of its own; every tenth line fails."""
        from tests.inspection.walking import sealed  # noqa: PLC0415

        return [
            sealed(self.walk, site, failing=range(0, LINES, 10))
            for site in islice(self.sites, number)
        ]

    def answers(self) -> list[Ratio]:
        """Receive all, then confirm in rounds, in turn with the statements of other confirmations
        and with bare inserts of the same rows."""
        share = -(-self.visits // (2 * ROUNDS + 2))
        ours, same, bare = [], [], []
        for _ in range(ROUNDS + 1):
            batch, others = self.some(share), self.some(share)
            self._receive([*batch, *others])
            ours.append(seconds(lambda: self._confirm(batch)))  # noqa: B023
            same.append(sum(seconds(self._statements(one)) for one in others))
            bare.append(seconds(self._bare_inserts(batch)))
            self.sent += [*batch, *others]
        rows = f"{share * (ROUNDS + 1)} visits × {LINES} lines"
        spent = median(ours[1:])
        title = "confirm a visit / "
        return [
            Ratio(title + "its statements sent bare", spent, median(same[1:]), rows, ANSWERS_LIMIT),
            Ratio(title + "bare insert of its answers", spent, median(bare[1:]), rows, None),
        ]

    def _statements(self, one: Sealed) -> Callable[[], None]:
        """Return what confirms a record by the very statements of our confirmation.

        They are taken down while it is done once and rolled back.
        """
        from django.db import connection, transaction  # noqa: PLC0415

        taken: list[Statement] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            taken.append((sql, params, many))
            return execute(sql, params, many, context)

        with transaction.atomic():
            with connection.execute_wrapper(note):
                self._confirm([one])
            transaction.set_rollback(True)
        taken = [each for each in taken if "SAVEPOINT" not in each[0]]

        def send() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                for sql, params, many in taken:
                    (cursor.cursor.executemany if many else cursor.cursor.execute)(sql, params)
                    if cursor.cursor.description is not None:
                        cursor.cursor.fetchall()

        return send

    def _receive(self, batch: list[Sealed]) -> None:
        from chuangwen.inspection.actions.receiving import receive_record  # noqa: PLC0415

        for key, content in batch:
            receive_record(record_id=key, content=content, by=self.by)

    def _confirm(self, batch: list[Sealed]) -> None:
        from chuangwen.inspection.actions.confirming import confirm_record  # noqa: PLC0415

        for key, _ in batch:
            outcome = confirm_record(record_id=key, by=self.by)
            assert outcome.record.committed_at is not None, outcome.record.reason

    def _bare_inserts(self, batch: list[Sealed]) -> Callable[[], None]:
        """The same rows of answers again, into a table of the same columns and keys."""
        from django.db import connection, transaction  # noqa: PLC0415

        from chuangwen.inspection.models import Answer  # noqa: PLC0415
        from chuangwen.kit.ids import new_id  # noqa: PLC0415

        table = "bare_answer"
        fields = Answer._meta.concrete_fields
        row = "(" + ", ".join(["%s"] * len(fields)) + ")"
        statement = f"INSERT INTO {table} VALUES " + ", ".join([row] * LINES)
        with connection.cursor() as cursor:
            key = "uuid" if connection.vendor == "postgresql" else "char(32)"
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (id {key} PRIMARY KEY, tenant_id {key},"
                f' outcome varchar(20), "values" text, note text, line_id {key}, visit_id {key},'
                " UNIQUE (visit_id, line_id))"
            )
        order = ["id", "tenant", "outcome", "values", "note", "line", "visit"]
        by_name = {field.name: field for field in fields}
        prepared = []
        for pk, _ in batch:
            values = []
            for answer in Answer.objects.filter(visit=pk):
                answer.pk = new_id()
                for name in order:
                    field = by_name[name]
                    value = getattr(answer, field.attname)
                    plain = json.dumps(value) if name == "values" else value
                    values.append(
                        plain if name == "values" else field.get_db_prep_save(plain, connection)
                    )
            prepared.append(values)

        def insert() -> None:
            for values in prepared:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement, values)

        return insert

    def photos(self) -> Ratio:
        """Take photos in, in turn with bare files."""
        share = -(-self.visits // (ROUNDS + 1)) * PHOTOS
        ours, theirs = [], []
        with tempfile.TemporaryDirectory(dir=os.environ["CHUANGWEN_DATA"]) as folder:
            for _ in range(ROUNDS + 1):
                mine = [(hashlib.sha256(one).hexdigest(), one) for one in pictures(share)]
                bare = list(pictures(share))
                ours.append(seconds(lambda: self._take_in(mine)))  # noqa: B023
                theirs.append(seconds(lambda: write_bare(Path(folder), bare)))  # noqa: B023
                for path in Path(folder).iterdir():
                    path.unlink()
        rows = f"{share * (ROUNDS + 1)} photos of {PHOTO_BYTES // 1000} KB, all distinct"
        title = "take a photo in / bare write + hash + fsync"
        return Ratio(title, median(ours[1:]), median(theirs[1:]), rows, PHOTOS_LIMIT)

    def _take_in(self, contents: list[tuple[str, bytes]]) -> None:
        from chuangwen.files.actions.photos import Span  # noqa: PLC0415
        from chuangwen.inspection.actions.receiving import receive_blob  # noqa: PLC0415

        for name, content in contents:
            span = Span(0, len(content), len(content))
            blocks = (content[at : at + 2**17] for at in range(0, len(content), 2**17))
            receive_blob(sha256=name, span=span, content=blocks, by=self.by)

    def again(self) -> None:
        """Everything once more writes nothing, and the counts are those of what was sent."""
        from django.db import connection  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        from chuangwen.inspection.actions.recounting import find_round_drift  # noqa: PLC0415
        from chuangwen.inspection.models import Answer, ResultTally  # noqa: PLC0415

        tally = ResultTally.objects.get(dimension="round")
        failed = len(self.sent) * len(range(0, LINES, 10))
        assert tally.tested == len(self.sent), (tally.tested, len(self.sent))
        assert Answer.objects.count() == len(self.sent) * LINES
        assert 0 < tally.findings <= failed
        assert find_round_drift() == []
        connection.force_debug_cursor = True
        with CaptureQueriesContext(connection) as asked:
            for batch in [self.sent[start : start + 50] for start in range(0, 200, 50)]:
                self._receive(batch)
                self._confirm(batch)
        written = [q["sql"] for q in asked if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert written == [], written[:2]
        print(f"counts right at once for {tally.tested} visits; sent again: nothing written")

    def growth(self, filled: int) -> Ratio:
        """The same confirmations when there are so many visits already."""
        from chuangwen.inspection.models import Visit  # noqa: PLC0415

        few = self._rounds()
        before = Visit.objects.count()
        fill(self.walk, filled - before)
        many = self._rounds()
        rows = f"{Visit.objects.count()} visits against {before}"
        return Ratio("a visit among many / among few", many, few, rows, GROWTH_LIMIT)

    def _rounds(self) -> float:
        found = []
        for _ in range(ROUNDS + 1):
            batch = self.some(40)
            self._receive(batch)
            found.append(seconds(lambda: self._confirm(batch)))  # noqa: B023
        return median(found[1:])


def pictures(number: int) -> Iterator[bytes]:
    """Yield JPEG files of the size, each of its own: a small picture with a long comment."""
    from tests.inspection.samples import photo  # noqa: PLC0415

    small = photo(1)
    for _ in range(number):
        filling, left = [], PHOTO_BYTES - len(small)
        while left > 0:
            size = min(left, 65_000)
            filling.append(b"\xff\xfe" + (size + 2).to_bytes(2, "big") + os.urandom(size))
            left -= size
        yield small[:2] + b"".join(filling) + small[2:]


def write_bare(folder: Path, contents: list[bytes]) -> None:
    """Write, hash, fsync."""
    for content in contents:
        name = hashlib.sha256(content).hexdigest()
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def fill(walk: Any, number: int) -> None:
    """Add visits of the same round with their answers, by the database itself."""
    from django.db import connection  # noqa: PLC0415

    is_postgres = connection.vendor == "postgresql"
    key = "gen_random_uuid()" if is_postgres else "lower(hex(randomblob(16)))"
    series = (
        "generate_series(1, %s)"
        if is_postgres
        else "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
        " SELECT i FROM n)"
    )
    count = 0 if is_postgres else "0"
    account, tenant, within = (
        one if is_postgres else one.hex
        for one in (walk.account.pk, walk.account.tenant_id, walk.round.pk)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO inspection_fieldrecord (id, tenant_id, account_id, device, sha256,"
            " content, blobs, state, reason, lost, received_at, committed_at)"
            f" SELECT {key}, %s, %s, 'fill', '', '', '[]', 'committed', '', '[]',"
            f" CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM {series} s",
            [tenant, account, number],
        )
        cursor.execute(
            "INSERT INTO inspection_visit (id, record_id, tenant_id, account_id, round_id, state,"
            " place, started_at, sealed_at, committed_at, failed_lines, note, is_sample)"
            " SELECT id, id, tenant_id, account_id, %s, 'extra', '', received_at, received_at,"
            f" received_at, {count}, '', false FROM inspection_fieldrecord WHERE device = 'fill'",
            [within],
        )
        cursor.execute(
            'INSERT INTO inspection_answer (id, tenant_id, visit_id, line_id, outcome, "values",'
            f" note) SELECT {key}, v.tenant_id, v.id, l.id, 'passed', '{{}}', ''"
            " FROM inspection_visit v JOIN inspection_fieldrecord r ON r.id = v.record_id"
            " CROSS JOIN framework_checkline l WHERE r.device = 'fill'"
        )
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
