"""Events about accounts: by id only, for the log must hold no personal data."""

from typing import Any

from chuangwen.audit.actions import Author, Entry, record_all
from chuangwen.people.models import Account


def record_account(*, by: Author, verb: str, account: Account, **changes: Any) -> None:
    """Append one event about an account. `changes` must not hold names, numbers or addresses."""
    record_all(by=by, entries=[Entry(verb, account, changes, label="账号")])
