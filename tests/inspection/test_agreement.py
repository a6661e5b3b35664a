"""Agreement of two inspectors, against published examples."""

import pytest

from chuangwen.inspection.agreement import Fourfold


def test_gwets_example_in_which_kappa_misleads():
    """Gwet (2008), table 2: 125 subjects, 118 of them positive for both: kappa −0.02, AC1 0.94."""
    table = Fourfold(both_passed=118, first_failed=5, second_failed=2, both_failed=0)
    assert table.observed == pytest.approx(0.944)
    assert table.kappa == pytest.approx(-0.0234, abs=1e-3)
    assert table.ac1 == pytest.approx(0.9408, abs=1e-3)


def test_cohens_kappa_of_a_textbook_table():
    """45 and 15, 25 and 15 of 100: kappa 0.1304 (Wikipedia, same percentages example)."""
    table = Fourfold(both_passed=45, first_failed=25, second_failed=15, both_failed=15)
    assert table.kappa == pytest.approx(0.1304, abs=1e-4)


def test_full_agreement_is_one():
    table = Fourfold(both_passed=8, both_failed=2)
    assert (table.observed, table.kappa, table.ac1) == (1, pytest.approx(1), pytest.approx(1))


def test_where_one_outcome_alone_was_given_kappa_is_not_defined():
    table = Fourfold(both_passed=10)
    assert table.kappa is None
    assert table.ac1 == 1


def test_nothing_judged_twice_tells_nothing():
    table = Fourfold()
    assert (table.lines, table.observed, table.kappa, table.ac1) == (0, None, None, None)


def test_tables_of_several_sites_add_up():
    assert Fourfold(1, 2, 3, 4) + Fourfold(1, 1, 1, 1) == Fourfold(2, 3, 4, 5)
