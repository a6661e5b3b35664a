import { beforeAll, describe, expect, it, vi } from "vitest";
import { installHotkeys } from "./hotkeys.ts";
import { judging } from "./judging.ts";
import { measureRows } from "./measure-rows.ts";

function show(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
}

function find<T extends HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (!element) throw new Error(selector);
  return element;
}

describe("hotkeys", () => {
  beforeAll(installHotkeys);
  const press = (key: string, target: HTMLElement = document.body) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };

  it("presses the element of its key and focuses a field", () => {
    show(
      '<form><button type="button" data-hotkey="a">通过</button><textarea data-hotkey="r"></textarea></form>',
    );
    const pressed = vi.fn();
    find("button").addEventListener("click", pressed);
    expect(press("a")).toBe(true);
    expect(pressed).toHaveBeenCalledOnce();
    press("r");
    expect(document.activeElement).toBe(find("textarea"));
  });

  it("leaves typing and other keys alone", () => {
    show('<form><button type="button" data-hotkey="a">通过</button><textarea></textarea></form>');
    const pressed = vi.fn();
    find("button").addEventListener("click", pressed);
    expect(press("a", find("textarea"))).toBe(false);
    expect(press("z")).toBe(false);
    expect(press('"]')).toBe(false);
    expect(pressed).not.toHaveBeenCalled();
  });
});

describe("judging", () => {
  it("puts a ready-made reason into the field once", () => {
    const form = show(
      '<form><textarea name="reason"></textarea><ul class="reason-list" hidden>' +
        '<li><button type="button" data-reason>缺少数据。</button></li></ul></form>',
    );
    judging(form, new AbortController().signal);
    expect(find(".reason-list").hidden).toBe(false);
    find("[data-reason]").click();
    find("[data-reason]").click();
    expect(find<HTMLTextAreaElement>("textarea").value).toBe("缺少数据。");
  });
});

describe("measure-rows", () => {
  const ROW =
    '<p><label for="text-1">措施 <span data-number>1</span></label><input id="text-1" name="text" value="划线">' +
    '<label for="due_on-1">时限</label><input id="due_on-1" name="due_on" type="date" value="2021-09-30">' +
    '<button type="button" data-remove hidden>删除</button></p>';
  const mount = (rows: number) => {
    const form = show(
      `<form><div data-rows>${ROW.repeat(rows)}</div><button type="button" data-add hidden>增加</button></form>`,
    );
    measureRows(form, new AbortController().signal);
    return () => [...document.querySelectorAll("[data-rows] > p")];
  };

  it("adds an empty row with labels of its own", () => {
    const rows = mount(1);
    find("[data-add]").click();
    expect(rows()).toHaveLength(2);
    const inputs = [...document.querySelectorAll<HTMLInputElement>("input")];
    expect(inputs.map((input) => input.value)).toEqual(["划线", "2021-09-30", "", ""]);
    expect(new Set(inputs.map((input) => input.id)).size).toBe(4);
    expect(rows()[1]?.querySelector("label")?.htmlFor).toBe("text-2");
    expect(document.activeElement).toBe(inputs[2]);
  });

  it("removes rows, but never the last", () => {
    const rows = mount(2);
    find("[data-remove]").click();
    expect(rows()).toHaveLength(1);
    expect(find("[data-number]").textContent).toBe("1");
    expect(find<HTMLButtonElement>("[data-remove]").hidden).toBe(true);
    find("[data-remove]").click();
    expect(rows()).toHaveLength(1);
  });
});
