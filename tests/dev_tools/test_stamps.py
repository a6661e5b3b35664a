"""A step is done once for the same inputs, again for others, and anew when it was interrupted."""

from pathlib import Path

import pytest

from dev_tools.stamps import Stamp, digest, tree_digest


@pytest.fixture
def stamp(tmp_path: Path) -> Stamp:
    return Stamp("step", tmp_path)


def test_a_finished_step_fits_its_inputs_only(stamp):
    with stamp.running("one"):
        pass
    assert stamp.fits("one")
    assert not stamp.fits("two")


def test_a_failed_step_is_interrupted_and_fits_nothing(stamp):
    with stamp.running("one"):
        pass
    with pytest.raises(RuntimeError), stamp.running("one"):
        raise RuntimeError
    assert stamp.interrupted()
    assert not stamp.fits("one")


def test_the_next_success_clears_the_interruption(stamp):
    with pytest.raises(RuntimeError), stamp.running("one"):
        raise RuntimeError
    with stamp.running("one"):
        pass
    assert stamp.fits("one")
    assert not stamp.interrupted()


def test_digests_tell_borders_and_names_apart(tmp_path):
    assert digest("ab", "c") != digest("a", "bc")
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("x")
    before = tree_digest(tmp_path, [first])
    first.rename(second)
    assert tree_digest(tmp_path, [second]) != before
