"""Marks the tests that do not depend on which database the suite runs on.

They use no test database, or make installations of their own on databases of their own choice:
a second run on PostgreSQL would repeat the first one. `./dev check` leaves them out there.
"""

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def uses_test_database(item: pytest.Item) -> bool:
    """Tell whether pytest-django, or a fixture of ours, opens the database of the run."""
    if item.get_closest_marker("django_db"):
        return True
    if not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
        return True
    fixtures = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009 - not public
    # `baseid` is the folder of a fixture's own conftest; plugins, whose fixtures every test has,
    # have none.
    return any(
        one.baseid and "django_db_blocker" in one.argnames
        for several in fixtures
        for one in several
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before `-m` chooses."""
    for item in items:
        if not uses_test_database(item):
            item.add_marker(pytest.mark.apart)
