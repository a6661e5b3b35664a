"""What the database itself refuses, whatever the code above it does."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from chuangwen.framework.enums import IndicatorKind, ValueState, VersionState
from chuangwen.framework.models import (
    FrameworkVersion,
    Indicator,
    IndicatorValue,
    Node,
    Standard,
    StandardIndicator,
    StandardMethod,
)
from chuangwen.kit import clock


@pytest.fixture
def not_listed(tenant):
    return Indicator.objects.create(name="未被列入重点整治名单", kind=IndicatorKind.QUALITATIVE)


@pytest.fixture
def published(draft, not_listed):
    standard = draft.standards.get()
    StandardMethod.objects.create(standard=standard, method="documents")
    StandardIndicator.objects.create(standard=standard, indicator=not_listed)
    draft.state, draft.published_at = VersionState.PUBLISHED, clock.now()
    draft.save()
    return draft


def refused(write):
    with pytest.raises(DatabaseError, match=r"immutable|only superseded"), transaction.atomic():
        write()


@pytest.mark.parametrize("model", [Node, Standard, StandardMethod, StandardIndicator])
def test_no_part_of_a_published_version_is_deleted(published, model):
    rows = model.objects.order_by("-pk")
    refused(lambda: rows.filter(pk=rows[0].pk)._raw_delete("default"))


def test_no_part_of_a_published_version_is_changed(published):
    refused(lambda: Node.objects.update(title="改了"))
    refused(lambda: Standard.objects.update(weight=1))
    refused(lambda: StandardMethod.objects.update(weight=1))


def test_nothing_is_added_to_a_published_version(published, not_listed):
    content, standard = Node.objects.get(level=3), Standard.objects.get()
    refused(
        lambda: Standard.objects.create(
            framework_version=published, node=content, code="2", text="新", position=1
        )
    )
    refused(lambda: StandardMethod.objects.create(standard=standard, method="survey"))


def test_nothing_is_moved_from_a_draft_into_a_published_version(published):
    other = FrameworkVersion.objects.create(
        framework=published.framework, number=2, label="2022年版"
    )
    node = Node.objects.create(framework_version=other, level=1, code="1", title="甲", position=0)
    refused(lambda: Node.objects.filter(pk=node.pk).update(framework_version=published))


def test_a_published_version_keeps_its_own_row(published):
    versions = FrameworkVersion.objects.filter(pk=published.pk)
    refused(lambda: versions.update(note="改了"))
    refused(lambda: versions.update(state=VersionState.DRAFT, published_at=None))
    refused(lambda: versions._raw_delete("default"))


def test_a_draft_may_be_edited_and_deleted(draft):
    Node.objects.update(title="改了")
    draft.delete()
    assert not Node.objects.exists()


@pytest.fixture
def reported(not_listed, reform):
    return IndicatorValue.objects.create(
        indicator=not_listed,
        unit=reform,
        period="2021",
        period_ends_on=datetime.date(2021, 12, 31),
        answer=True,
        document="国家禁毒委公布的名单",
    )


@pytest.mark.parametrize(
    "change", [{"answer": False}, {"document": "别的文件"}, {"period": "2020"}, {"note": "补记"}]
)
def test_what_was_reported_is_not_overwritten(reported, change):
    refused(lambda: IndicatorValue.objects.update(**change))


def test_a_reported_value_is_not_deleted(reported):
    refused(lambda: IndicatorValue.objects.all()._raw_delete("default"))


def test_a_review_is_final(reported):
    IndicatorValue.objects.update(state=ValueState.ACCEPTED)
    refused(lambda: IndicatorValue.objects.update(state=ValueState.REPORTED))


def test_a_returned_value_states_a_reason(reported):
    with pytest.raises(DatabaseError, match="framework_value_reason"), transaction.atomic():
        IndicatorValue.objects.update(state=ValueState.RETURNED)
