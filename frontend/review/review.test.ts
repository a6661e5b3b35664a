import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { review } from "./review.ts";

const STATES = ["accepted", "proposed", "proposed", "proposed"];
const KINDS = ["area", "task", "task", "anomaly"];

const cardHtml = (index: number, state: string) =>
  `<li class="review-card" data-item="${index}" data-kind="${KINDS[index]}" data-state="${state}" data-version="1">` +
  `<label><input type="checkbox" form="decide" name="item" value="${index}"></label>` +
  `<a data-review-edit href="/items/${index}/">修改</a></li>`;
const formHtml = (title = "", error = "") =>
  `<div data-review-form><p>${error}</p><form action="/items/1/" data-review-step><input name="title" value="${title}"></form></div>`;
const cardsHtml = (states: string[]) =>
  `<ol class="review-cards">${states.map((state, index) => cardHtml(index, state)).join("")}</ol>`;
const pageHtml = (states: string[]) =>
  `<nav data-review-region="kinds">待核对 ${states.filter((state) => state === "proposed").length}</nav>` +
  '<div class="review"><div class="review-source">' +
  '<span id="at-0" class="span span--area" data-items="0">建设</span>' +
  '<span id="at-2" class="span span--task" data-items="0 1">任务一</span>' +
  '<span id="at-5" class="span span--anomaly" data-items="0 2 3">202186</span></div>' +
  '<form data-review-filter><select name="state"><option value=""></option><option>proposed</option></select>' +
  '<input type="checkbox" name="doubtful"><span data-review-count></span></form>' +
  '<form id="decide" action="/decide/"><button name="decision" value="drop">舍弃</button></form>' +
  `<a data-review-add-link href="/items/new/">添加条目</a><div data-review-add-place></div>${cardsHtml(states)}</div>`;

const card = (index: number) =>
  document.querySelector<HTMLElement>(`[data-item="${index}"]`) as HTMLElement;
const current = () => document.querySelector<HTMLElement>(".review-card.is-current")?.dataset.item;
const press = (key: string) =>
  document.body.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const answer = (body: string, status = 200) =>
  Promise.resolve(new Response(body, { status, headers: { "Content-Type": "text/html" } }));

let left: AbortController;
const send = vi.fn<(address: string, init: { body: FormData }) => Promise<Response>>();

beforeEach(() => {
  send.mockReset();
  vi.stubGlobal("fetch", send);
  left = new AbortController();
  document.body.innerHTML = pageHtml(STATES);
  review(document.querySelector(".review") as HTMLElement, left.signal);
});
afterEach(() => {
  left.abort();
  vi.unstubAllGlobals();
});

describe("both sides in step", () => {
  it("marks the text of the current card", () => {
    press("j");
    press("j");
    expect(current()).toBe("1");
    expect(document.querySelector("#at-2")?.classList.contains("is-current")).toBe(true);
    expect(document.querySelector("#at-0")?.classList.contains("is-current")).toBe(false);
    expect(document.activeElement).toBe(card(1));
  });

  it("finds the innermost card of a piece of text", () => {
    document.querySelector<HTMLElement>("#at-5")?.click();
    expect(current()).toBe("3");
  });

  it("stops at the first and the last card", () => {
    press("k");
    expect(current()).toBe("3");
    press("j");
    expect(current()).toBe("3");
  });
});

describe("decisions", () => {
  it("are shown at once, sent, and followed by the next waiting card", async () => {
    send.mockImplementation(() =>
      answer(pageHtml(["accepted", "accepted", "proposed", "proposed"])),
    );
    press("n");
    press("a");
    expect(card(1).dataset.state).toBe("accepted");
    expect(current()).toBe("2");
    await settled();
    const [address, { body }] = send.mock.calls[0] as [string, { body: FormData }];
    expect(address).toContain("/decide/");
    expect([body.get("decision"), body.getAll("item")]).toEqual(["accept", ["1"]]);
    expect(document.querySelector("nav")?.textContent).toBe("待核对 2");
  });

  it("follow the server where it decided more, as below a dropped section", async () => {
    send.mockImplementation(() => answer(pageHtml(["dropped", "dropped", "proposed", "proposed"])));
    press("j");
    press("x");
    await settled();
    expect(card(1).dataset.state).toBe("dropped");
  });

  it("are taken back when the server refuses, in its words", async () => {
    send.mockImplementation(() =>
      answer("<main><p>该导入已确认，不能再修改条目。</p></main>", 409),
    );
    press("n");
    press("x");
    await settled();
    expect(card(1).dataset.state).toBe("proposed");
    expect(card(1).hasAttribute("aria-busy")).toBe(false);
    expect(document.querySelector(".toasts")?.textContent).toContain("该导入已确认");
  });

  it("are not believed when another page answers, such as the log-in", async () => {
    send.mockImplementation(() => answer("<form>登录</form>"));
    press("n");
    press("a");
    await settled();
    expect(card(1).dataset.state).toBe("proposed");
    expect(document.querySelector(".toasts")?.textContent).toContain("登录已过期");
  });

  it("go out one after another, and each answer is read", async () => {
    const answers = [
      cardsHtml(["accepted", "accepted", "proposed", "proposed"]),
      cardsHtml(["accepted", "accepted", "accepted", "proposed"]),
    ];
    send.mockImplementation(() => answer(answers[send.mock.calls.length - 1] ?? ""));
    press("n");
    press("a");
    press("a");
    expect(card(2).dataset.state).toBe("accepted");
    await settled();
    expect(send).toHaveBeenCalledTimes(2);
    expect(card(2).dataset.state).toBe("accepted");
  });

  it("keep what is being typed in other cards", async () => {
    send.mockImplementation(() =>
      answer(pageHtml(["accepted", "accepted", "proposed", "proposed"])),
    );
    send.mockImplementationOnce(() => answer(formHtml()));
    document.querySelector<HTMLElement>("#at-2")?.click();
    press("j");
    press("e");
    await settled();
    const field = card(2).querySelector("input[name=title]") as HTMLInputElement;
    field.value = "新名称";
    document.querySelector<HTMLElement>("#at-2")?.click();
    press("a");
    await settled();
    expect(card(2).querySelector<HTMLInputElement>("input[name=title]")?.value).toBe("新名称");
  });
});

describe("filters", () => {
  const choose = (name: string, value: string | boolean) => {
    const field = document.querySelector<HTMLInputElement>(`[data-review-filter] [name=${name}]`);
    if (field && typeof value === "boolean") field.checked = value;
    else if (field) field.value = String(value);
    field?.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const shown = () => STATES.flatMap((_, index) => (card(index).hidden ? [] : [index]));

  it("work without the server and say how many are left", () => {
    choose("state", "proposed");
    expect(shown()).toEqual([1, 2, 3]);
    expect(document.querySelector("[data-review-count]")?.textContent).toBe("显示 3 条");
    choose("doubtful", true);
    expect(shown()).toEqual([2, 3]);
    expect(send).not.toHaveBeenCalled();
  });

  it("skip hidden cards and give up their check marks", () => {
    (card(0).querySelector("input") as HTMLInputElement).checked = true;
    choose("state", "proposed");
    press("j");
    expect(current()).toBe("1");
    expect(card(0).querySelector("input")?.checked).toBe(false);
  });
});

describe("selected text", () => {
  it("goes along when an item is added, and tells the page", async () => {
    const heard = vi.fn();
    send.mockImplementation(() => answer(formHtml()));
    document.querySelector(".review")?.addEventListener("review:select", heard);
    const piece = document.querySelector("#at-2")?.firstChild as Node;
    document.getSelection()?.setBaseAndExtent(piece, 0, piece, 2);
    document.dispatchEvent(new Event("selectionchange"));
    expect(heard.mock.calls.at(-1)?.[0].detail).toEqual({ start: 2, end: 4, text: "任务" });
    press("+");
    await settled();
    expect(send.mock.calls[0]?.[0]).toContain("start=2&end=4");
    expect(document.querySelector("[data-review-add-place] form")).not.toBeNull();
  });
});

describe("editing", () => {
  const open = async () => {
    send.mockImplementationOnce(() => answer(formHtml()));
    press("n");
    press("e");
    await settled();
  };
  const submit = async () => {
    card(1)
      .querySelector("form")
      ?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
    await settled();
  };

  it("gets the form of the current card, with the focus in it", async () => {
    await open();
    expect(send.mock.calls[0]?.[0]).toContain("/items/1/");
    expect(document.activeElement?.getAttribute("name")).toBe("title");
  });

  it("sends the form without leaving the page", async () => {
    await open();
    send.mockImplementation(() =>
      answer(pageHtml(["accepted", "accepted", "proposed", "proposed"])),
    );
    await submit();
    expect(card(1).dataset.state).toBe("accepted");
    expect(card(1).querySelector("form")).toBeNull();
  });

  it.each([409, 422])("shows the form again as typed when it is refused (%i)", async (status) => {
    await open();
    send.mockImplementation(() => answer(formHtml("辛苦填的", "不是数字"), status));
    await submit();
    expect(card(1).dataset.state).toBe("proposed");
    expect(card(1).textContent).toContain("不是数字");
    expect(card(1).querySelector<HTMLInputElement>("[name=title]")?.value).toBe("辛苦填的");
  });

  it("takes away what was removed and puts what is new behind its neighbour", async () => {
    send.mockImplementation(() =>
      answer(
        '<ul><li data-removed="2"></li></ul><ol class="review-cards">' +
          '<li class="review-card" data-item="9" data-after="1" data-kind="task" data-state="accepted" data-version="1"></li>' +
          '<li class="review-card" data-item="10" data-after="1" data-elsewhere data-kind="unit"></li>' +
          '<li class="review-card" data-item="11" data-after="99" data-kind="task"></li></ol>',
      ),
    );
    press("n");
    press("a");
    await settled();
    const order = [...document.querySelectorAll<HTMLElement>(".review-cards > [data-item]")];
    expect(order.map((found) => found.dataset.item)).toEqual(["0", "1", "9", "3"]);
  });
});
