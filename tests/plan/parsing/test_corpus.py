"""Every document of corpus/ is read as a person reads it: nothing missing, nothing added."""

from __future__ import annotations

import pytest

from tests.plan.parsing.scoring import compare, names


@pytest.mark.parametrize("name", names())
def test_reading_agrees_with_the_expectation(name: str) -> None:
    wanted, found = compare(name)
    differences = {
        kind: {
            "missing": sorted((wanted[kind] - found[kind]).elements(), key=str),
            "added": sorted((found[kind] - wanted[kind]).elements(), key=str),
        }
        for kind in wanted
        if wanted[kind] != found[kind]
    }
    assert differences == {}
