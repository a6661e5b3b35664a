"""What the worker writes to the terminal that it shares with the address and the accounts."""

import logging

import pytest

from chuangwen.commands.worker import JOB_LOGS, _is_trouble, log_failures_only


@pytest.fixture
def quiet():
    log_failures_only()
    yield
    for name in JOB_LOGS:
        logging.getLogger(name).removeFilter(_is_trouble)


@pytest.mark.parametrize("name", JOB_LOGS)
def test_a_job_that_went_well_is_not_worth_a_line(quiet, caplog, name):
    caplog.set_level(logging.DEBUG, logger=name)
    logging.getLogger(name).info("Task id=%s state=%s", 1, "SUCCESSFUL")
    logging.getLogger(name).error("Task id=%s state=%s", 2, "FAILED")
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_the_filters_are_on_the_loggers_that_the_library_writes_to():
    from django_tasks import signals
    from django_tasks_db.management.commands import db_worker

    assert {signals.logger.name, db_worker.logger.name, db_worker.TASKS_LOGGER.strip()} <= {
        *JOB_LOGS
    }
