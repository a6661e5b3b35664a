"""What a phone downloads: complete, only its own, unchanged nothing, at a constant cost."""

import json

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuangwen.files.enums import DerivativeState, Purpose
from chuangwen.files.models import Attachment, Derivative, StoredFile
from chuangwen.framework.attachments import BAD_EXAMPLE, GOOD_EXAMPLE
from chuangwen.framework.models import SiteType
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Pair, PairMember, Round, RoundSite
from chuangwen.people.models import Account, Unit
from chuangwen.sites.models import Site
from tests.api.conftest import FIELD, Phone
from tests.inspection.walking import PLACE, make_walk

pytestmark = pytest.mark.django_db


def test_the_session_tells_who_and_the_token_with_which_writes_pass(phone, chen_jie, walk):
    client = Client(enforce_csrf_checks=True)
    client.cookies = phone.client.cookies
    said = client.get(f"{FIELD}session").json()
    assert said["account"] == {"id": str(chen_jie.pk), "name": "陈洁"}
    address = f"{FIELD}records/{walk.round.pk}/commit"
    refused = client.post(address)
    assert (refused.status_code, "已过期" in refused.json()["message"]) == (403, True)
    passed = client.post(address, headers={"X-CSRFToken": said["csrf"]})
    assert passed.status_code == 404


def test_strangers_get_401_and_no_page():
    for path in ("session", "rounds"):
        answer = Client().get(FIELD + path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/json")
        assert "登录" in answer.json()["message"]


def test_unknown_addresses_and_methods_are_answered_in_json(phone):
    unknown = phone.get("no-such")
    assert (unknown.status_code, "没有此页面" in unknown.json()["message"]) == (404, True)
    wrong = phone.client.delete(f"{FIELD}rounds")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET")
    assert "message" in wrong.json()


def test_a_round_has_its_checklist_sites_and_pair(phone, walk):
    (listed,) = phone.get("rounds").json()
    assert (listed["id"], listed["sites"]) == (str(walk.round.pk), 3)
    bundle = phone.get(f"rounds/{walk.round.pk}").json()
    assert bundle["round"]["version"] == "2024年版"
    assert bundle["pair"] == {"id": str(walk.pair.pk), "number": 1, "members": ["陈洁"]}
    assert bundle["photo"]["long_edge"] == 1600
    (checklist,) = bundle["checklists"]
    lines = checklist["groups"][0]["lines"]
    assert [line["id"] for line in lines] == [str(line.pk) for line in walk.lines]
    assert (lines[1]["threshold"], lines[2]["per"], lines[0]["threshold"]) == ("3", "100", None)
    assert [site["id"] for site in bundle["sites"]] == [str(site.pk) for site in walk.sites]
    site = bundle["sites"][0]
    assert (site["longitude"], site["latitude"]) == (PLACE[0].rstrip("0"), PLACE[1].rstrip("0"))
    assert (site["checklist"], site["area"]) == (checklist["id"], "某街道")
    assert not any(isinstance(value, float) for value in _leaves(bundle))


def test_examples_are_told_once_their_pictures_can_be_shown(phone, walk):
    line, files = walk.lines[0], []
    unlit = phone.get("rounds").json()[0]["etag"]
    for number, (kind, name) in enumerate(
        ((BAD_EXAMPLE, "满地烟头.jpg"), (GOOD_EXAMPLE, "地面干净.jpg"), (BAD_EXAMPLE, "未就绪.jpg"))
    ):
        file = StoredFile.objects.create(sha256=f"{number:064}", size=1, media_type="image/jpeg")
        made = Attachment.objects.create(
            file=file, owner_kind=kind.name, owner_id=line.pk, position=number, name=name
        )
        files.append(made)
        result = None if name == "未就绪.jpg" else file
        state = DerivativeState.READY if result else DerivativeState.WAITING
        Derivative.objects.create(
            source=file, purpose=Purpose.THUMBNAIL, result=result, state=state
        )
    assert phone.get("rounds").json()[0]["etag"] != unlit
    bundle = phone.get(f"rounds/{walk.round.pk}").json()
    first, second = bundle["checklists"][0]["groups"][0]["lines"][:2]
    assert first["examples"] == [
        {"url": f"/files/{files[1].pk}/thumbnail/", "is_good": True, "caption": "地面干净"},
        {"url": f"/files/{files[0].pk}/thumbnail/", "is_good": False, "caption": "满地烟头"},
    ]
    assert second["examples"] == []


def _leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one)]
    return [value]


def test_sites_of_other_pairs_are_not_in_it(phone, walk):
    other = Pair.objects.create(round=walk.round, number=2)
    RoundSite.objects.filter(pk=walk.sites[0].pk).update(pair=other)
    assert len(phone.get(f"rounds/{walk.round.pk}").json()["sites"]) == 2
    assert phone.get("rounds").json()[0]["sites"] == 2


def test_unchanged_it_is_not_sent_again(phone, walk):
    path = f"rounds/{walk.round.pk}"
    tag = phone.get(path).headers["ETag"]
    again = phone.get(path, **{"If-None-Match": f"W/{tag}"})
    assert (again.status_code, again.content) == (304, b"")
    RoundSite.objects.filter(pk=walk.sites[0].pk).update(position=9)
    assert phone.get(path, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.CLOSED])
def test_rounds_that_do_not_run_and_those_of_others_do_not_exist(phone, other_phone, walk, state):
    assert other_phone.get(f"rounds/{walk.round.pk}").status_code == 404
    times = {RoundState.DRAFT: (None, None), RoundState.CLOSED: ("2024-05-01T00:00Z",) * 2}
    started, closed = times[state]
    Round.objects.update(state=state, started_at=started, closed_at=closed)
    assert phone.get(f"rounds/{walk.round.pk}").status_code == 404
    assert phone.get("rounds").json() == []


def test_the_list_tells_whether_what_was_downloaded_has_changed(phone, walk):
    path = f"rounds/{walk.round.pk}"
    (listed,) = phone.get("rounds").json()
    assert listed["etag"] == phone.get(path).headers["ETag"]
    other = Pair.objects.create(round=walk.round, number=2)
    RoundSite.objects.filter(pk=walk.sites[0].pk).update(pair=other)
    (now,) = phone.get("rounds").json()
    assert now["etag"] != listed["etag"]
    assert now["etag"] == phone.get(path).headers["ETag"]


def test_large_rounds_ask_as_often_as_small_ones(phone, chen_jie, walk):
    large = make_walk(chen_jie, sites=60, lines=50, mark="大")
    tags = [phone.get(f"rounds/{one.round.pk}").headers["ETag"] for one in (walk, large)]
    for known, most in (({}, 14), ({"If-None-Match": ",".join(tags)}, 8)):
        asked = []
        for within in (walk, large):
            with CaptureQueriesContext(connection) as queries:
                answer = phone.get(f"rounds/{within.round.pk}", **known)
            assert answer.status_code == (304 if known else 200)
            asked.append(len(queries))
        assert asked[0] == asked[1] <= most


def test_the_list_of_rounds_reads_no_lines_and_asks_as_often_for_two_as_for_one(
    phone, chen_jie, walk
):
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            phone.get("rounds")
        asked.append([one["sql"] for one in queries])
        make_walk(chen_jie, sites=9, lines=9, mark=f"第{len(asked)}")
    assert len(asked[0]) == len(asked[1]) <= 8
    assert not any('"guidance"' in one for one in asked[1])


CHANGES = {
    "a site is edited": lambda walk: Site.objects.filter(pk=walk.sites[0].site_id).update(
        name="改了的名称", version=F("version") + 1
    ),
    "its walking order": lambda walk: RoundSite.objects.filter(pk=walk.sites[0].pk).update(
        position=9
    ),
    "a street is renamed": lambda walk: Unit.objects.filter(kind="street").update(name="改名街道"),
    "a type is renamed": lambda walk: SiteType.objects.update(name="改", version=F("version") + 1),
    "a pair has one more": lambda walk: PairMember.objects.create(
        round=walk.round, pair=walk.pair, account=Account.objects.exclude(pk=walk.account.pk)[0]
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_what_is_downloaded_changes_its_tag(phone, other_phone, walk, what):
    path = f"rounds/{walk.round.pk}"
    before, told = phone.get(path).json(), phone.get("rounds").json()[0]["etag"]
    CHANGES[what](walk)
    after, now = phone.get(path).json(), phone.get("rounds").json()[0]["etag"]
    before.pop("server_time"), after.pop("server_time")
    assert before != after
    assert now != told
    assert phone.get("rounds").json()[0]["etag"] == now


def test_whoever_must_change_the_password_is_told_so(chen_jie, walk):
    type(chen_jie).objects.filter(pk=chen_jie.pk).update(must_change_password=True)
    answer = Phone(chen_jie).get("rounds")
    assert (answer.status_code, "修改口令" in json.loads(answer.content)["message"]) == (403, True)
