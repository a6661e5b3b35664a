"""A framework begins as a draft, is published once, and lives on in new versions."""

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.audit.queries import verify
from chuangwen.framework.actions.frameworks import (
    copy_version,
    create_framework,
    discard_draft,
    publish_version,
)
from chuangwen.framework.actions.tree import add_node
from chuangwen.framework.enums import Relation, Standing, VersionState
from chuangwen.framework.models import Framework, FrameworkVersion, VersionMapping
from chuangwen.framework.queries.documents import document_of
from chuangwen.framework.queries.versions import visible_versions
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit


@pytest.fixture
def published(draft, wang_fang):
    return publish_version(version=draft, base_version=draft.version, by=wang_fang)


def test_the_office_begins_a_framework_with_an_empty_draft(wang_fang):
    version = create_framework(
        name=" 东区测评体系 ", standing=Standing.LOCAL, label="2021年版", by=wang_fang
    )
    assert (version.framework.name, version.number, version.state) == (
        "东区测评体系",
        1,
        VersionState.DRAFT,
    )
    assert verify(tenant_id=wang_fang.tenant_id).events == 2


def test_a_clerk_begins_none(li_mei):
    with pytest.raises(NotPermitted):
        create_framework(name="甲", standing=Standing.LOCAL, label="一", by=li_mei)


def test_a_name_is_used_once(draft, wang_fang):
    with pytest.raises(Invalid, match="已有测评体系“东区测评体系”"):
        create_framework(name="东区测评体系", standing=Standing.LOCAL, label="一", by=wang_fang)


def test_publishing_is_once_and_for_all(published, wang_fang):
    assert published.published_at is not None
    with pytest.raises(IllegalTransition, match="当前为“已发布”，不能发布"):
        publish_version(version=published, base_version=published.version, by=wang_fang)
    with pytest.raises(IllegalTransition, match="建立新版本"):
        add_node(version=published, parent=None, code="2", title="新", by=wang_fang)
    with pytest.raises(IllegalTransition):
        discard_draft(version=published, by=wang_fang)


def test_an_empty_draft_is_not_published(wang_fang):
    version = create_framework(name="空", standing=Standing.LOCAL, label="一", by=wang_fang)
    with pytest.raises(Invalid, match="还没有测评标准"):
        publish_version(version=version, base_version=version.version, by=wang_fang)


def test_nobody_publishes_a_draft_that_changed_under_their_eyes(draft, wang_fang):
    seen = draft.version
    add_node(version=draft, parent=None, code="2", title="新", by=wang_fang)
    with pytest.raises(StaleEdit):
        publish_version(version=draft, base_version=seen, by=wang_fang)


def test_a_copy_has_the_same_content_and_knows_where_each_standard_came_from(published, wang_fang):
    copy = copy_version(version=published, label="2022年版", by=wang_fang)
    old, new = document_of(published), document_of(copy)
    assert (old.nodes, new.label, copy.number) == (new.nodes, "2022年版", 2)
    mapping = VersionMapping.objects.get()
    assert (mapping.relation, mapping.old_standard, mapping.new_standard) == (
        Relation.SAME,
        published.standards.get(),
        copy.standards.get(),
    )


def test_two_versions_do_not_share_a_label(published, wang_fang):
    with pytest.raises(Invalid, match="已有版本“2021年版”"):
        copy_version(version=published, label="2021年版", by=wang_fang)


def test_a_discarded_draft_leaves_only_its_audit_event(published, wang_fang):
    copy = copy_version(version=published, label="2022年版", by=wang_fang)
    with pytest.raises(IllegalTransition):
        discard_draft(version=published, by=wang_fang)
    discard_draft(version=copy, by=wang_fang)
    assert list(FrameworkVersion.objects.all()) == [published]
    assert verify(tenant_id=wang_fang.tenant_id).whole


def test_drafts_are_seen_by_those_who_edit_them_only(draft, wang_fang, li_mei, zhao_min):
    assert [list(visible_versions(who)) for who in (wang_fang, li_mei, zhao_min)] == [
        [draft],
        [],
        [],
    ]


def test_published_versions_are_seen_by_everybody_who_works_on_content(published, li_mei, zhao_min):
    assert list(visible_versions(li_mei)) == [published]
    assert list(visible_versions(zhao_min)) == []


def test_a_framework_without_any_version_goes_and_its_name_can_be_given_again(wang_fang):
    first = create_framework(name="本区体系", standing=Standing.LOCAL, label="一稿", by=wang_fang)
    discard_draft(version=first, by=wang_fang)
    assert not Framework.objects.exists()
    assert AuditEvent.objects.filter(verb="framework.removed", label="本区体系").count() == 1
    again = create_framework(name="本区体系", standing=Standing.LOCAL, label="一稿", by=wang_fang)
    assert again.number == 1


def test_a_copy_says_in_the_log_how_much_it_took_over(published, wang_fang):
    copy = copy_version(version=published, label="2022年版", by=wang_fang)
    event = AuditEvent.objects.get(verb="framework_version.copied")
    assert (event.object_id, event.changes["standards"]) == (copy.pk, [0, 1])
