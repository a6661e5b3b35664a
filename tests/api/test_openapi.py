"""The description is the one that is stored, and whatever is sent is answered as it says."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuangwen.api.openapi import BASE, PAGE, as_text, document
from chuangwen.inspection.models import FieldRecord
from tests.api.conforming import faults_of
from tests.inspection.walking import sealed

pytestmark = pytest.mark.django_db
LITTLE = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_the_stored_description_is_that_of_the_program():
    """If this fails, see chuangwen/api/openapi.py."""
    assert PAGE.read_text("utf-8") == as_text()


def test_every_address_is_described_with_its_refusals():
    paths = document()["paths"]
    assert set(paths) == {
        BASE + rest
        for rest in (
            "session", "rounds", "rounds/{pk}", "blobs/{sha256}", "records/{pk}",
            "records/{pk}/commit",
        )
    }  # fmt: skip
    for path in paths.values():
        for method, operation in path.items():
            if method != "parameters":
                assert {"401", "403"} <= set(operation["responses"])


@LITTLE
@given(content=st.binary(max_size=300) | JSON.map(lambda one: json.dumps(one).encode()))
def test_whatever_is_sent_as_a_record_is_kept_or_refused_as_described(phone, walk, content):
    key, _ = sealed(walk, walk.sites[0])
    answer = phone.put_record(key, content)
    assert answer.status_code == 422
    assert FieldRecord.objects.get(pk=key).sealed_bytes == content


@LITTLE
@given(data=st.data())
def test_a_record_with_anything_at_any_place_is_answered_as_described(phone, walk, data):
    key, content = sealed(walk, walk.sites[0])
    said = json.loads(content)
    name = data.draw(st.sampled_from(sorted(said)))
    said[name] = data.draw(JSON)
    bad = json.dumps(said).encode()
    assert phone.put_record(key, bad).status_code in (201, 422)
    assert phone.commit(key).status_code in (200, 409, 422)
    assert FieldRecord.objects.get(pk=key).sealed_bytes == bad


@LITTLE
@given(
    content=st.binary(min_size=1, max_size=200),
    span=st.text(max_size=30)
    | st.builds(lambda a, b, c: f"bytes {a}-{b}/{c}", *[st.integers(-2, 2**70)] * 3),
    name=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
)
def test_whatever_is_sent_as_a_photo_is_answered_as_described(phone, content, span, name):
    header = span.encode("ascii", "ignore").decode().translate({13: None, 10: None, 0: None})
    answer = phone.put_blob(content, sha256=name, span=header)
    assert answer.status_code in (202, 400, 409, 413, 415, 422)
    phone.offset(name)


@LITTLE
@given(body=JSON)
def test_whatever_is_sent_with_a_confirmation_is_answered_as_described(phone, walk, body):
    key, content = sealed(walk, walk.sites[0], photos=[b"never sent"])
    phone.put_record(key, content)
    raw = json.dumps(body)
    answer = phone.client.post(f"{BASE}records/{key}/commit", raw, "application/json")
    assert answer.status_code in (400, 409, 422)


def test_the_check_knows_a_wrong_answer_when_it_sees_one():
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
    assert faults_of(schema, {}) == [".a is missing"]
    assert faults_of(schema, {"a": True})
    assert faults_of(schema, {"a": None})
    assert faults_of({"type": "array", "items": schema}, [{"a": 1}, {"a": "x"}])
