"""What the database itself refuses, whatever the code above it does."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from chuangwen.framework.enums import IndicatorKind, ValueState, VersionState
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    FrameworkVersion,
    Indicator,
    IndicatorValue,
    LineGroup,
    Node,
    SiteType,
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
    market = SiteType.objects.create(code="MARKET", name="农贸市场", shape="place")
    checklist = Checklist.objects.create(
        framework_version=draft, site_type=market, pass_rule="all_lines"
    )
    group = LineGroup.objects.create(checklist=checklist, title="环境卫生", position=0)
    line = {"code": "1", "text": "有公平秤", "shape": "exists", "position": 0}
    CheckLine.objects.create(checklist=checklist, group=group, standard=standard, **line)
    draft.state, draft.published_at = VersionState.PUBLISHED, clock.now()
    draft.save()
    return draft


def refused(write):
    with pytest.raises(DatabaseError, match=r"immutable|only superseded"), transaction.atomic():
        write()


@pytest.mark.parametrize(
    "model", [Node, Standard, StandardMethod, StandardIndicator, Checklist, LineGroup, CheckLine]
)
def test_no_part_of_a_published_version_is_deleted(published, model):
    rows = model.objects.order_by("-pk")
    refused(lambda: rows.filter(pk=rows[0].pk)._raw_delete("default"))


def test_no_part_of_a_published_version_is_changed(published):
    refused(lambda: Node.objects.update(title="改了"))
    refused(lambda: Standard.objects.update(weight=1))
    refused(lambda: StandardMethod.objects.update(weight=1))
    refused(lambda: Checklist.objects.update(note="改了"))
    refused(lambda: LineGroup.objects.update(title="改了"))
    refused(lambda: CheckLine.objects.update(weight=2))


def test_nothing_is_added_to_a_published_version(published, not_listed):
    content, standard = Node.objects.get(level=3), Standard.objects.get()
    refused(
        lambda: Standard.objects.create(
            framework_version=published, node=content, code="2", text="新", position=1
        )
    )
    refused(lambda: StandardMethod.objects.create(standard=standard, method="survey"))
    checklist, group = Checklist.objects.get(), LineGroup.objects.get()
    line = {"code": "2", "text": "新", "shape": "exists", "position": 1}
    refused(lambda: CheckLine.objects.create(checklist=checklist, group=group, **line))
    refused(lambda: LineGroup.objects.create(checklist=checklist, title="新", position=1))
    other = SiteType.objects.create(code="SHOP", name="商场", shape="place")
    refused(
        lambda: Checklist.objects.create(
            framework_version=published, site_type=other, pass_rule="all_lines"
        )
    )


def test_nothing_is_moved_from_a_draft_into_a_published_version(published):
    other = FrameworkVersion.objects.create(
        framework=published.framework, number=2, label="2022年版"
    )
    node = Node.objects.create(framework_version=other, level=1, code="1", title="甲", position=0)
    refused(lambda: Node.objects.filter(pk=node.pk).update(framework_version=published))
    shop = SiteType.objects.create(code="SHOP", name="商场", shape="place")
    checklist = Checklist.objects.create(
        framework_version=other, site_type=shop, pass_rule="all_lines"
    )
    group = LineGroup.objects.create(checklist=checklist, title="秩序", position=0)
    line = CheckLine.objects.create(
        checklist=checklist, group=group, code="1", text="新", shape="exists", position=0
    )
    into = Checklist.objects.get(framework_version=published)
    refused(lambda: Checklist.objects.filter(pk=checklist.pk).update(framework_version=published))
    refused(lambda: LineGroup.objects.filter(pk=group.pk).update(checklist=into))
    refused(lambda: CheckLine.objects.filter(pk=line.pk).update(checklist=into))


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
