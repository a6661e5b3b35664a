"""Start against bare Django, and an empty migrate against the restore of the same schema.

Start: a fresh process builds the WSGI application and answers one request for the health page; the
peer is a Django project with one view. Migrate: `manage migrate` on an empty database against a
process that loads the program too and then brings the same schema back from a dump, as `chuangwen
restore` does. The second line of each pair leaves the program out and times the database's own tool
alone; no Django can start in that time, so it has no limit and is printed to be known.

    .venv/bin/python -m benchmarks.start
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks._ratio import Ratio, compare, report
from dev_tools.postgres import find_binaries, temporary_cluster

ROOT = Path(__file__).resolve().parent.parent
ASK = """
import io
answer = application(
    {"REQUEST_METHOD": "GET", "PATH_INFO": "/health/", "SERVER_NAME": "localhost",
     "SERVER_PORT": "80", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http",
     "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"},
    lambda status, headers: status.startswith("200") or exit(status),
)
b"".join(answer)
"""
OURS = "from chuangwen.wsgi import application" + ASK
BARE = (
    """
from django.conf import settings
from django.http import JsonResponse
from django.urls import path
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"], SECRET_KEY="bare")
urlpatterns = [path("health/", lambda request: JsonResponse({"status": "ok"}))]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
    + ASK
)
BARE_RESTORE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.executescript("PRAGMA synchronous=FULL;" + open(sys.argv[2]).read())
"""
LOADED_RESTORE = "from chuangwen.commands import start_django; start_django()" + BARE_RESTORE
LOADED_TOOL = """
from chuangwen.commands import start_django; start_django()
import subprocess, sys
subprocess.run(sys.argv[1:], check=True)
"""
TITLE = "empty migrate against restore"
BARE_TITLE = "  the same against the bare tool"


def python(*arguments: str, data: Path, url: str = "") -> None:
    """Run a fresh interpreter on a data directory."""
    own = {"CHUANGWEN_DATA": str(data), "CHUANGWEN_DATABASE_URL": url}
    # Where Python may not keep what it compiled, every start compiles our files anew.
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    run([sys.executable, *arguments], {**kept, **own})


def run(command: list[str], env: Mapping[str, str] | None = None) -> None:
    """Run quietly; raise CalledProcessError on failure."""
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)


def start(home: Path) -> Ratio:
    """Whole process until the first answer."""
    python("manage.py", "migrate", "-v0", data=home)
    return compare(
        "start against bare Django",
        ours=lambda: python("-c", OURS, data=home),
        theirs=lambda: python("-c", BARE, data=home),
        rows="1 request, empty database",
        limit=4,
    )


def migrate_sqlite(home: Path) -> list[Ratio]:
    """A new file each time."""
    with sqlite3.connect(home / "chuangwen.sqlite3") as database:
        dump, tables = "\n".join(database.iterdump()), count_tables(database)
    script = home / "schema.sql"
    script.write_text(dump)

    def ours() -> None:
        with tempfile.TemporaryDirectory() as folder:
            python("manage.py", "migrate", "-v0", data=Path(folder))

    def restore(program: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            target = str(Path(folder, "new.sqlite3"))
            python("-c", program, target, str(script), data=Path(folder))

    rows = f"{tables} tables, SQLite"
    loaded, bare = (lambda: restore(LOADED_RESTORE)), (lambda: restore(BARE_RESTORE))
    return [
        compare(TITLE, ours=ours, theirs=loaded, rows=rows, limit=4),
        compare(BARE_TITLE, ours=ours, theirs=bare, rows=rows),
    ]


def count_tables(database: sqlite3.Connection) -> int:
    """Number of tables in a SQLite file."""
    found = database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'")
    return int(found.fetchone()[0])


def migrate_postgres(home: Path, url: str) -> list[Ratio]:
    """A new schema each time; emptying it is part of both."""
    binaries = find_binaries()
    dump = str(home / "schema.dump")
    emptying = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    empty = [str(binaries / "psql"), url, "-q", "-c", emptying]
    restore = [str(binaries / "pg_restore"), "--no-owner", f"--dbname={url}", dump]
    python("manage.py", "migrate", "-v0", data=home, url=url)
    run([str(binaries / "pg_dump"), "--format=custom", f"--file={dump}", url])

    def ours() -> None:
        run(empty)
        python("manage.py", "migrate", "-v0", data=home, url=url)

    def loaded() -> None:
        run(empty)
        python("-c", LOADED_TOOL, *restore, data=home, url=url)

    def bare() -> None:
        run(empty)
        run(restore)

    rows = "the same tables, PostgreSQL"
    return [
        compare(TITLE, ours=ours, theirs=loaded, rows=rows, limit=4),
        compare(BARE_TITLE, ours=ours, theirs=bare, rows=rows),
    ]


def main() -> None:
    """Print all ratios."""
    with tempfile.TemporaryDirectory() as folder, temporary_cluster() as url:
        home = Path(folder)
        report(start(home), *migrate_sqlite(home), *migrate_postgres(home, url))


if __name__ == "__main__":
    main()
