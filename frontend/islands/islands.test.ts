import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { autoSubmit } from "./auto-submit.ts";
import { confirm } from "./confirm.ts";
import { dirtyGuard } from "./dirty-guard.ts";
import { menu } from "./menu.ts";
import { offCanvas } from "./off-canvas.ts";
import type { Mount } from "./registry.ts";

let left: AbortController;

function mount(html: string, selector: string, island: Mount): HTMLElement {
  document.body.innerHTML = html;
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(selector);
  island(element, left.signal);
  return element;
}

function find<T extends HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (!element) throw new Error(selector);
  return element;
}

beforeEach(() => {
  left = new AbortController();
});
afterEach(() => left.abort());

describe("confirm", () => {
  const FORM =
    '<form><dialog><button type="submit" id="yes">舍弃</button>' +
    '<button type="button" data-close>取消</button></dialog>' +
    '<button type="submit" data-open>舍弃</button></form>';

  it("asks before it sends, and sends nothing when cancelled", () => {
    const form = mount(FORM, "form", confirm);
    const sent = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener("submit", sent);
    find("[data-open]").click();
    expect(find<HTMLDialogElement>("dialog").open).toBe(true);
    find("[data-close]").click();
    expect(find<HTMLDialogElement>("dialog").open).toBe(false);
    expect(sent).not.toHaveBeenCalled();
    find("[data-open]").click();
    find("#yes").click();
    expect(sent).toHaveBeenCalledOnce();
  });
});

describe("dirty-guard", () => {
  const leave = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };

  it("asks only while something is unsaved", () => {
    mount('<form><input name="measure" value="旧"></form>', "form", dirtyGuard);
    expect(leave()).toBe(false);
    find<HTMLInputElement>("input").value = "新";
    expect(leave()).toBe(true);
    find<HTMLInputElement>("input").value = "旧";
    expect(leave()).toBe(false);
  });

  it("lets a submitted form go", () => {
    const form = mount('<form><input name="measure"></form>', "form", dirtyGuard);
    find<HTMLInputElement>("input").value = "新";
    form.dispatchEvent(new Event("submit"));
    expect(leave()).toBe(false);
  });

  it("forgets a form that left the page", () => {
    mount('<form><input name="measure"></form>', "form", dirtyGuard);
    find<HTMLInputElement>("input").value = "新";
    left.abort();
    expect(leave()).toBe(false);
  });
});

describe("auto-submit", () => {
  const FILTER =
    '<form><input type="search" name="q"><select name="unit"><option value=""></option>' +
    "<option>区发改局</option></select></form>";

  it("sends on a choice, not while words are typed", () => {
    const form = mount(FILTER, "form", autoSubmit) as HTMLFormElement;
    const sent = vi.spyOn(form, "requestSubmit").mockImplementation(() => undefined);
    find("input").dispatchEvent(new Event("change", { bubbles: true }));
    expect(sent).not.toHaveBeenCalled();
    find("select").dispatchEvent(new Event("change", { bubbles: true }));
    expect(sent).toHaveBeenCalledOnce();
  });

  it("keeps empty fields out of the address", () => {
    const form = mount(FILTER, "form", autoSubmit);
    const formData = new FormData();
    formData.append("q", "");
    formData.append("unit", "区发改局");
    form.dispatchEvent(Object.assign(new Event("formdata"), { formData }));
    expect([...formData.keys()]).toEqual(["unit"]);
  });
});

describe("menu", () => {
  it("closes by Escape and by a press elsewhere", () => {
    const details = mount(
      "<details open><summary>李梅</summary></details><p>正文</p>",
      "details",
      menu,
    ) as HTMLDetailsElement;
    details.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(details.open).toBe(false);
    details.open = true;
    find("p").click();
    expect(details.open).toBe(false);
  });
});

describe("off-canvas", () => {
  const PAGE =
    '<a href="#navigation" id="toggle">导航</a><nav id="navigation"><a href="/">首页</a></nav><p>正文</p>';

  it("opens with the focus inside and closes with the focus back", () => {
    const toggle = mount(PAGE, "#toggle", offCanvas);
    toggle.click();
    expect(toggle.getAttribute("aria-expanded")).toBe("true");
    expect(document.activeElement).toBe(find("nav a"));
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(find("nav").classList.contains("is-open")).toBe(false);
    expect(document.activeElement).toBe(toggle);
  });

  it("closes by a press outside", () => {
    mount(PAGE, "#toggle", offCanvas).click();
    find("p").click();
    expect(find("nav").classList.contains("is-open")).toBe(false);
  });
});
