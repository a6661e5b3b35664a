"""`chuangwen create-administrator` makes the first account, and refuses in words."""

import sqlite3
import subprocess
import sys

from tests.ops.installation import ROOT, Installation

GOOD = "施工图-行动-二〇二一年"
NAMED = ("--tenant-code", "510403", "--tenant-name", "攀枝花市西区")
PERSON = ("--username", "zhaomin", "--name", "赵敏")


def create(installation: Installation, *arguments: str, password: str = GOOD):
    command = [sys.executable, "-m", "chuangwen.cli", "create-administrator", "--password-stdin"]
    return subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=installation.environment,
        input=f"{password}\n",
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_district_gets_its_administrator_and_an_audited_chain(installation):
    result = create(installation, *NAMED, *PERSON)
    assert result.returncode == 0, result.stderr
    assert "攀枝花市西区：2 条，完整" in installation.run("audit", "verify")


def test_a_taken_name_is_refused_and_leaves_nothing_behind(installation):
    before = installation.run("audit", "verify")
    result = create(installation, *NAMED, "--username", "fagai", "--name", "李梅")
    assert result.returncode == 1
    assert "“fagai”已被使用" in result.stderr
    assert installation.run("audit", "verify") == before


def test_a_short_password_is_refused(installation):
    result = create(installation, *NAMED, *PERSON, password="short")
    assert result.returncode == 1
    assert "5 位" in result.stderr


def test_a_new_district_needs_a_name(installation):
    result = create(installation, *NAMED[:2], *PERSON)
    assert result.returncode == 1
    assert "--tenant-name" in result.stderr


def test_the_log_does_not_hold_who_the_administrator_is(installation):
    assert create(installation, *NAMED, *PERSON).returncode == 0
    database = sqlite3.connect(installation.data / "chuangwen.sqlite3")
    query = "SELECT verb, label, changes FROM audit_auditevent WHERE label = '账号' OR verb LIKE ?"
    events = database.execute(query, ["%account%"]).fetchall()
    database.close()
    assert ("account.created", "账号", '{"role": [null, "system_administrator"]}') in events
    assert not any("zhaomin" in text or "赵敏" in text for event in events for text in event)
