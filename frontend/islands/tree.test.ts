import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Memory, tree } from "./tree.ts";

const TREE =
  '<div data-tree="plan"><button type="button" data-expand-all>展开</button>' +
  '<button type="button" data-collapse-all>收起</button>' +
  '<details data-key="a" open><summary>一</summary><details data-key="b"><summary>二</summary></details></details></div>';

const branch = (key: string) =>
  document.querySelector<HTMLDetailsElement>(`[data-key=${key}]`) as HTMLDetailsElement;
const show = () => {
  document.body.innerHTML = TREE;
  tree(document.body.firstElementChild as HTMLElement, new AbortController().signal);
};

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it("stands as the page says until somebody changes it", () => {
  show();
  expect([branch("a").open, branch("b").open]).toEqual([true, false]);
});

it("is on the next visit as it was left", () => {
  show();
  branch("a").open = false;
  branch("b").open = true;
  branch("b")
    .querySelector("summary")
    ?.dispatchEvent(new Event("click", { bubbles: true }));
  vi.runAllTimers();
  show();
  expect([branch("a").open, branch("b").open]).toEqual([false, true]);
});

it("opens and closes everything", () => {
  show();
  document.querySelector<HTMLElement>("[data-collapse-all]")?.click();
  vi.runAllTimers();
  expect(branch("a").open).toBe(false);
  document.querySelector<HTMLElement>("[data-expand-all]")?.click();
  vi.runAllTimers();
  expect([...(new Memory("plan").read() ?? [])]).toEqual(["a", "b"]);
});

it("survives a memory that holds something else", () => {
  localStorage.setItem("tree:plan", "{broken");
  show();
  expect(branch("a").open).toBe(true);
});
