"""What is exported is imported again without the least difference, in both formats."""

import pytest
from hypothesis import HealthCheck, given, settings

from chuangwen.framework.exchange.files import WRITERS, read_framework
from tests.framework.exchange.builders import documents, small

FORMATS = pytest.mark.parametrize("kind", WRITERS)


@FORMATS
@given(document=documents())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_document_comes_back_equal(kind, document):
    assert read_framework(WRITERS[kind](document)) == document


@FORMATS
def test_the_same_document_gives_the_same_bytes(kind):
    assert WRITERS[kind](small()) == WRITERS[kind](small())


@FORMATS
@given(document=documents())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_second_export_has_the_bytes_of_the_first(kind, document):
    content = WRITERS[kind](document)
    assert WRITERS[kind](read_framework(content)) == content


def test_a_code_that_looks_like_a_number_keeps_its_zero():
    text = WRITERS["yaml"](small()).decode().replace("'1.10'", "1.10")
    assert "code: 1.10" in text
    assert read_framework(text.encode()) == small()


def test_a_file_saved_as_gb18030_is_read():
    text = WRITERS["yaml"](small()).decode()
    assert read_framework(text.encode("gb18030")) == small()
