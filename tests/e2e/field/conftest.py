"""A district on the real server, a running round with two inspectors, and a phone before it."""

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.field.making import INSPECTORS, PASSWORD
from tests.e2e.field.phone import Phone
from tests.ops.installation import Installation
from tests.ops.made import copy_of
from tests.ops.test_serve import serving

OWN = "account_id IN (SELECT id FROM people_account WHERE username IN (?, ?))"
VISITS = f"SELECT id, state, place FROM inspection_visit WHERE {OWN}"  # noqa: S608 - constants
RECORDS = f"SELECT id, state, sha256, reason FROM inspection_fieldrecord WHERE {OWN}"  # noqa: S608
ANSWERS = "SELECT id FROM inspection_answer WHERE visit_id = ?"
FLAGS = "SELECT kind FROM inspection_visitflag WHERE visit_id = ? ORDER BY kind"
PHOTOS = """SELECT sha256 FROM inspection_visitphoto AS shown
  JOIN files_storedfile AS file ON file.id = shown.file_id WHERE visit_id = ? ORDER BY sha256"""


class District:
    """The installation that serves the phones; `seen` is what its database holds."""

    def __init__(self, made: Installation, address: str) -> None:
        self.made, self.address = made, address

    def seen(self) -> dict[str, Any]:
        """What the database holds of these two: visits with photos and flags, records."""
        path = self.made.data / "chuangwen.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as held:
            return {
                "visits": {
                    _key(number): {
                        "state": state,
                        "place": place,
                        "photos": [one for (one,) in held.execute(PHOTOS, (number,))],
                        "answers": len(held.execute(ANSWERS, (number,)).fetchall()),
                        "flags": [one for (one,) in held.execute(FLAGS, (number,))],
                    }
                    for number, state, place in held.execute(VISITS, INSPECTORS).fetchall()
                },
                "records": {
                    _key(number): {"state": state, "sha256": sha256, "reason": reason}
                    for number, state, sha256, reason in held.execute(RECORDS, INSPECTORS)
                },
            }


def _key(stored: str) -> str:
    return str(uuid.UUID(stored))


@pytest.fixture(scope="session")
def made_district(new_district: Callable[[], Installation]) -> Installation:
    """Made once, and copied for each test; by the true clock: phones have no other."""
    made = Installation(new_district().data)
    printed = made.python("from tests.e2e.field.making import make; make()")
    assert printed.returncode == 0, printed.stderr
    return made


@pytest.fixture
def district(made_district: Installation, tmp_path: Path) -> Iterator[District]:
    """One of its own: chromium's camera shows every test the same, and a photo is sent once."""
    made = copy_of(made_district, tmp_path / "district")
    with serving(made, "--no-worker") as (_process, address):
        yield District(made, address)


@pytest.fixture
def new_phone(browser: Browser, district: District) -> Iterator[Callable[[], Phone]]:
    """The phone of the first inspector, then that of the second, signed in and with the app."""
    held: list[Phone] = []

    def next_one() -> Phone:
        held.append(Phone(browser, district.address))
        held[-1].sign_in(INSPECTORS[len(held) - 1], PASSWORD)
        return held[-1]

    yield next_one
    for one in held:
        one.context.close()


@pytest.fixture
def phone(new_phone: Callable[[], Phone]) -> Phone:
    """The phone of the first inspector."""
    return new_phone()
