"""The server of docs/field-sync.md in the test itself: for looking at screens in every state."""

import hashlib
import json
import re
from typing import Any

from playwright.sync_api import BrowserContext, Route

ROOT = "**/api/field/v1/**"


def line(number: int, shape: str, text: str, **more: Any) -> dict[str, Any]:
    """A check line of the bundle."""
    return {
        "id": f"00000000-0000-7000-8000-0000000001{number:02d}",
        "code": str(number),
        "text": text,
        "shape": shape,
        "threshold": None,
        "unit": "",
        "per": None,
        "per_unit": "",
        "photo": "on_failure",
        "weight": "1",
        "is_veto": False,
        "may_not_apply": True,
        "guidance": "",
        "examples": [],
        **more,
    }


LINES = [
    line(
        1, "exists", "设有公益广告（演示数据）", photo="always", guidance="看点位入口和主要通道。"
    ),
    line(2, "absence", "无乱贴乱画、乱扔乱倒现象", unit="处", is_veto=True),
    line(3, "count", "设有分类垃圾桶", threshold="3", unit="组"),
    line(
        4, "density", "主要路段公益广告的密度", threshold="2", per="500", per_unit="米", unit="处"
    ),
    line(5, "ratio", "门店落实门前三包的比例", threshold="90", unit="家"),
    line(6, "behaviour", "行人遵守交通信号", threshold="5", unit="人", may_not_apply=False),
    line(7, "free", "其他需要说明的情况", photo="never"),
]
ROUND = {
    "id": "00000000-0000-7000-8000-000000000001",
    "name": "九月模拟测评（演示数据）",
    "kind": "模拟测评",
    "starts_on": "2021-09-10",
    "ends_on": "2021-09-20",
    "version": "2021年版",
}


def site(number: int) -> dict[str, Any]:
    """A site of the bundle, on a street of 东区."""
    return {
        "id": f"00000000-0000-7000-8000-0000000002{number:02d}",
        "turn": 1,
        "position": number,
        "code": f"D-{number:03d}",
        "name": f"人民街第 {number} 段（演示数据）",
        "address": f"人民街 {number * 10} 号",
        "area": "炳草岗街道",
        "longitude": f"{101.7185 + number * 0.002:.7f}",
        "latitude": f"{26.5804 + (number % 3) * 0.0015:.7f}",
        "geometry": None,
        "length_metres": "500",
        "area_square_metres": None,
        "telephone": "",
        "checklist": "00000000-0000-7000-8000-000000000010",
    }


def bundle() -> dict[str, Any]:
    """The whole download."""
    return {
        "format": 1,
        "server_time": "2021-09-15T08:00:00+08:00",
        "round": ROUND,
        "pair": {"id": "pair", "number": 1, "members": ["王一", "李二"]},
        "photo": {"long_edge": 1600, "quality": 80, "largest_bytes": 2_000_000},
        "checklists": [
            {
                "id": "00000000-0000-7000-8000-000000000010",
                "site_type": {"id": "street", "name": "主次干道", "shape": "street"},
                "pass_rule": "score",
                "pass_percent": "80",
                "groups": [
                    {"title": "公益广告和环境卫生", "lines": LINES[:4]},
                    {"title": "秩序和行为", "lines": LINES[4:]},
                ],
            }
        ],
        "sites": [site(number) for number in range(1, 8)],
    }


class FakeServer:
    """Answers a browser's requests; `signed_in` and `fails` set how."""

    def __init__(self, context: BrowserContext) -> None:
        self.signed_in = True
        self.fails = False
        self.blobs: dict[str, bytes] = {}
        self.records: dict[str, bytes] = {}
        self.committed: dict[str, dict[str, Any]] = {}
        context.route(ROOT, self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.partition("/api/field/v1/")[2]
        if self.fails:
            route.fulfill(status=503, json={"message": "服务器正在维护，请稍后再试。"})
        elif not self.signed_in:
            route.fulfill(status=401, json={"message": "请重新登录。"})
        else:
            self._serve(route, route.request.method, path)

    def _serve(self, route: Route, method: str, path: str) -> None:
        if path == "session":
            account = {"id": "00000000-0000-7000-8000-0000000000aa", "name": "王一"}
            route.fulfill(json={"account": account, "csrf": "c", "server_time": ""})
        elif path == "rounds":
            route.fulfill(json=[{**ROUND, "sites": 7}])
        elif path.startswith("rounds/"):
            route.fulfill(json=bundle(), headers={"ETag": '"1"'})
        elif match := re.fullmatch(r"blobs/(\w+)", path):
            self._blob(route, method, match[1])
        else:
            self._record(route, method, path.split("/")[1], path.endswith("/commit"))

    def _blob(self, route: Route, method: str, name: str) -> None:
        if method == "HEAD":
            held = name in self.blobs
            route.fulfill(status=200 if held else 404, headers={"Upload-Offset": "0"})
            return
        data = route.request.post_data_buffer or b""
        right = hashlib.sha256(data).hexdigest() == name
        if right:
            self.blobs[name] = data
        route.fulfill(status=201 if right else 422, json={})

    def _record(self, route: Route, method: str, number: str, commit: bool) -> None:
        if method == "PUT":
            self.records[number] = route.request.post_data_buffer or b""
            route.fulfill(status=201, json={"state": "waiting", "missing": [], "reason": ""})
            return
        content = self.records[number]
        blobs = sorted({photo["sha256"] for photo in json.loads(content)["photos"]})
        digest = hashlib.sha256(content).hexdigest()
        receipt = {"record": number, "sha256": digest, "blobs": blobs}
        receipt |= {"committed_at": "2021-09-15T09:00:00Z", "mac": "m"}
        if commit:
            self.committed[number] = receipt
            route.fulfill(json=receipt)
        else:
            read = {"state": "committed", "sha256": digest, "blobs": blobs, "receipt": receipt}
            route.fulfill(json=read)
