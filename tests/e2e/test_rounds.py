"""The pages of rounds are readable by everybody, wide and narrow, also those below the list."""

import pypdfium2
import pytest

pytestmark = pytest.mark.browser

BELOW = ("", "?by=line", "sites/", "pairs/", "agreement/", "report/", "walk/")


def links(visitor, path: str, beginning: str) -> list[str]:
    visitor.page.goto(path)
    found = visitor.page.locator(f'main td a[href^="{beginning}"]').evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    return [one for one in found if "?" not in one]


def test_rounds_visits_and_findings(sign_in):
    visitor = sign_in("chuangwenban")
    rounds = links(visitor, "/rounds/", "/rounds/0")
    assert len(rounds) == 2
    paths = [f"{one}{below}" for one in rounds for below in BELOW]
    paths += [
        f"{rounds[0]}close/",
        "/rounds/findings/?sort=due",
        "/inspection/flags/",
        "/inspection/records/",
        "/inspection/records/rescue/",
        "/rounds/new/",
        "/rounds/visits/",
        links(visitor, "/rounds/visits/", "/rounds/vis")[0],
    ]
    # The closed round's pages are made by the same templates: looked at in one width.
    looks = {
        path: visitor.problems_at if path.startswith(rounds[1]) else visitor.problems_at_any_width
        for path in paths
    }
    found = {path: look(path) for path, look in looks.items()}
    assert {path: problems for path, problems in found.items() if problems} == {}


# What every sheet of these pages must say, and its first one; R is the closed round, N the running.
SHEETS = {
    "R": ("2021年8月模拟测评（演示）", "2021年8月23日至2021年8月27日", "按点位类型", "可以核对"),
    "R?by=line": ("2021年8月模拟测评（演示）", "按测评项"),
    "N": (
        "2021年9月点位达标测评（演示）",
        "2021年9月13日至2021年9月24日",
        "与“2021年8月模拟测评（演示）”相比",
    ),
    "Ragreement/": ("2021年8月模拟测评（演示）", "2021年8月23日至2021年8月27日", "第二次达标"),
    "Rreport/": ("2021年8月模拟测评（演示）测评报告", "2021年8月23日", "名录中", "问题清单"),
    "Nclose/": (
        "2021年9月点位达标测评（演示）",
        "2021年9月13日至2021年9月24日",
        "抽中而没有测的点位",
    ),
    "Nsites/": ("2021年9月点位达标测评（演示）", "2021年9月13日至2021年9月24日", "街道或社区"),
    "/rounds/findings/?round=N": ("发现问题", "2021年9月点位达标测评（演示）", "2021年9月13日至"),
    "/rounds/visits/": ("实地测评", "封存时间"),
    "/inspection/flags/": ("测评提示", "说明"),
}
OF_THE_SCREEN = (
    "跳到正文",
    "退出登录",
    "打印",
    "筛选",
    "排序",
    "全选本页",
    "下一页",
    "返回",
    "按测评员\n",
)


@pytest.mark.parametrize("path", SHEETS)
def test_on_paper_stands_what_the_page_is_about_and_nothing_of_the_screen(sign_in, tmp_path, path):
    visitor = sign_in("chuangwenban")
    running, closed = links(visitor, "/rounds/", "/rounds/0")
    key = running.rstrip("/").rpartition("/")[2]
    address = path.replace("round=N", f"round={key}").replace("R", closed).replace("N", running)
    sheets = visitor.printed(address, tmp_path / "sheets.pdf")
    whole = "".join(sheets)
    assert [one for one in SHEETS[path] if one not in whole] == []
    assert [one for one in OF_THE_SCREEN if one in whole] == []
    assert visitor.complaints == []


def test_lists_of_many_columns_lie_across_with_their_heads_on_every_sheet(sign_in, tmp_path):
    visitor = sign_in("chuangwenban")
    sheets = visitor.printed("/rounds/findings/", tmp_path / "findings.pdf")
    assert len(sheets) > 1
    assert all("建议时限" in sheet and "主管单位" in sheet for sheet in sheets)
    sizes = {sheet.get_size() for sheet in pypdfium2.PdfDocument(str(tmp_path / "findings.pdf"))}
    assert all(width > height for width, height in sizes)
