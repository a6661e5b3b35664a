import { beforeAll, beforeEach, expect, it } from "vitest";
import { installShortcuts, isTyping } from "./shortcuts.ts";

const press = (key: string, target: EventTarget = document.body, extra: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...extra });
  target.dispatchEvent(event);
  return event;
};

beforeAll(installShortcuts);
beforeEach(() => {
  document.body.innerHTML =
    '<main class="content"><input type="search"><button data-shortcut="a 接受">接受</button>' +
    '<table><tbody><tr><td><a href="/1">一</a></tr><tr><td><a href="/2">二</a></tr></tbody></table></main>';
});

it("goes to the search by /", () => {
  expect(press("/").defaultPrevented).toBe(true);
  expect(document.activeElement?.tagName).toBe("INPUT");
});

it("walks through the rows by j and k and stops at the ends", () => {
  press("j");
  expect(document.activeElement?.textContent).toBe("一");
  press("j");
  press("j");
  expect(document.activeElement?.textContent).toBe("二");
  press("k");
  expect(document.activeElement?.textContent).toBe("一");
});

it("leaves keys alone while somebody types or uses the browser's own", () => {
  const field = document.querySelector("input") as HTMLInputElement;
  expect(press("j", field).defaultPrevented).toBe(false);
  expect(press("k", document.body, { ctrlKey: true }).defaultPrevented).toBe(false);
  expect(isTyping(new KeyboardEvent("keydown", { key: "j", isComposing: true }))).toBe(true);
});

it("lists the keys of every page and of this one", () => {
  press("?");
  const dialog = document.querySelector("dialog") as HTMLDialogElement;
  expect(dialog.open).toBe(true);
  expect(dialog.textContent).toContain("a接受");
  expect(dialog.textContent).toContain("/搜索");
  expect(press("j").defaultPrevented).toBe(false);
  dialog.close();
  expect(document.querySelector("dialog")).toBeNull();
});
