"""The index is written with what it finds, or not at all."""

import pytest

from chuangwen.search.actions import keep_found


def test_the_index_is_refused_outside_a_transaction(transactional_db):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        keep_found([])
