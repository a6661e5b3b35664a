"""Eight phones send to three servers that are killed in turn, on each database.

The long trial and the way to repeat one: tests/faults/field.
"""

import pytest

from tests.faults.field.trial import BUGS, confirm_in_parallel, run_trial

KILLS = 30  # on each of the two databases; a thousand on demand
AT_ONCE = 12  # records, each confirmed 32 times at the same moment; a hundred on demand


def test_nothing_is_lost_or_doubled_while_servers_are_killed(district):
    result = run_trial(district, kills=KILLS)
    assert not result.faults, result
    assert not result.found, result
    assert result.kills == KILLS
    assert result.records >= 8
    assert result.broken > 10  # or the kills met nobody


def test_thirty_two_confirmations_at_once_make_one_visit(district):
    odd, wrong = confirm_in_parallel(district, records=AT_ONCE)
    assert odd == []
    assert not any(wrong.values()), wrong


FINDS = {
    "early receipt": {"receipts", "lost"},
    "counted outside": {"counts"},
    "unchecked hash": {"altered"},
}


@pytest.mark.parametrize("district", ["sqlite"], indirect=True)
@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_that_is_planted_is_found(district, bug):
    """Or the trials above would prove nothing."""
    result = run_trial(district, kills=0, seconds=4, bug=bug)
    assert result.found & FINDS[bug], result
