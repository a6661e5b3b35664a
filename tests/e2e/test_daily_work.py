"""Pages of daily work, wide and narrow, and the keys with which the office goes through them."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def task(sign_in):
    """Give the first proposed task to its units, one of them by hand; return both sides' visits."""
    office, clerk = sign_in("chuangwenban"), sign_in("fagai")
    page = office.page
    page.goto("/plan/tasks/?state=proposed")
    page.locator("tbody input[name=task]").first.check()
    page.click("text=下达…")
    path = (
        page.locator("fieldset.card a").first.get_attribute("href")
        if page.locator("input[name=pair]").count() == 0
        else None
    )
    if path is None:
        task_id = page.locator("input[type=hidden][name=task]").first.get_attribute("value")
        path = f"/plan/tasks/{task_id}/"
    page.goto(f"{path}dispatch/")
    for details in page.locator("fieldset details").all():
        details.locator("summary").click()
    page.get_by_label("区发改局").first.check()
    page.click("text=下达给所选单位")
    page.wait_for_url(f"**{path}")
    return office, clerk, path


def test_pages_of_tasks_are_readable_by_everybody(task):
    office, _clerk, path = task
    paths = [path, f"{path}?history=1", f"{path}duties/", f"{path}edit/", f"{path}dispatch/"]
    page = office.page
    page.goto(path)
    paths.append(page.locator("dl a[href*='/plan/']").first.get_attribute("href"))
    paths += ["/plan/tasks/new/", "/plan/questions/", "/plan/tasks/?q=没有这个词"]
    found = {each: office.problems_at(each) for each in paths}
    assert {each: problems for each, problems in found.items() if problems} == {}


def test_measures_are_written_and_judged_by_keys(task):
    office, clerk, _path = task
    page = clerk.page
    page.goto("/plan/parts/?state=assigned")
    page.locator("tbody a").first.click()
    assert clerk.problems_at(page.url) == []
    rows = page.locator(".measure-row")
    page.click("text=增加一条")
    count = rows.count()
    rows.first.locator("[name=text]").fill("制定方案")
    rows.first.locator("[name=due_on]").fill("2021-09-30")
    page.locator("[data-remove]").last.click()
    assert rows.count() == count - 1
    page.click("text=报送创文办审核")
    page.wait_for_selector("text=等待创文办审核")

    desk = office.page
    desk.goto("/plan/parts/queue/")
    assert office.problems_at(desk.url) == []
    desk.keyboard.press("r")
    assert desk.evaluate("document.activeElement.name") == "reason"
    desk.keyboard.press("a")
    assert desk.locator("[name=reason]").input_value() == "a", "typing is typing"
    desk.locator("h1").click()
    desk.locator("body").press("a")
    desk.wait_for_selector("text=已通过")
