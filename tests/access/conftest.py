"""The world is built once for a file of tests and thrown away after it."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from .world import World, make_world


@pytest.fixture(scope="module")
def made_world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("data")
    own_data = override_settings(CHUANGWEN_DATA=data)
    with own_data, django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(made_world: World) -> Iterator[World]:
    """The world; whatever a test writes is taken back after it. Refusals are not news here."""
    logging.disable(logging.WARNING)
    try:
        with transaction.atomic():
            yield made_world
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)
