import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { branchesWith } from "./branches.ts";
import { tree } from "./tree.ts";

const TREE =
  '<div data-tree="plan"><button type="button" data-expand-all>展开</button>' +
  '<button type="button" data-print-all>打印</button><span data-branch-status></span>' +
  '<details data-key="a" data-source="/a/"><summary>一</summary><div data-branch></div></details>' +
  '<details data-key="b" data-source="/b/"><summary>二</summary><div data-branch></div></details></div>';
const TASK =
  '<details data-key="t" data-source="/t/"><summary>任务</summary><div data-branch></div></details>';

const get = vi.fn(async (address: string) => (address === "/t/" ? "区发改局" : TASK));
const root = () => document.body.firstElementChild as HTMLElement;
const branch = (key: string) => root().querySelector(`[data-key=${key}]`) as HTMLDetailsElement;
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const show = () => {
  document.body.innerHTML = TREE;
  const { signal } = new AbortController();
  tree(root(), signal);
  branchesWith(get)(root(), signal);
};
const open = (key: string) => {
  branch(key).open = true;
  branch(key).dispatchEvent(new Event("toggle"));
};

beforeEach(() => {
  localStorage.clear();
  get.mockClear();
});
afterEach(() => vi.restoreAllMocks());

it("fetches a branch when it is opened, once", async () => {
  show();
  expect(get).not.toHaveBeenCalled();
  open("a");
  await settle();
  expect(branch("a").textContent).toContain("任务");
  branch("a").open = false;
  open("a");
  await settle();
  expect(get.mock.calls).toEqual([["/a/"]]);
});

it("can be asked again for what did not come", async () => {
  show();
  get.mockRejectedValueOnce(new Error("503"));
  open("a");
  await settle();
  expect(branch("a").textContent).toContain("没有取到内容");
  open("a");
  await settle();
  expect(branch("a").textContent).toContain("任务");
});

it("is on the next visit as it was left, below what came later too", async () => {
  localStorage.setItem("tree:plan", JSON.stringify(["a", "t"]));
  show();
  await settle();
  expect(branch("t").open).toBe(true);
  expect(branch("b").open).toBe(false);
});

it("remembers what stands in a closed branch", async () => {
  localStorage.setItem("tree:plan", JSON.stringify(["t"]));
  show();
  branch("b").open = true;
  branch("b")
    .querySelector("summary")
    ?.dispatchEvent(new Event("click", { bubbles: true }));
  await settle();
  expect(JSON.parse(localStorage.getItem("tree:plan") ?? "[]").sort()).toEqual(["b", "t"]);
});

it("expands goals and not the thousands of tasks below them", async () => {
  show();
  open("a");
  await settle();
  root().querySelector<HTMLElement>("[data-expand-all]")?.click();
  expect([branch("a").open, branch("b").open, branch("t").open]).toEqual([true, true, false]);
});

it("prints when everything has come", async () => {
  show();
  const states: boolean[] = [];
  window.print = () => {
    states.push(branch("a").hasAttribute("data-loaded"), branch("b").hasAttribute("data-loaded"));
  };
  root().querySelector<HTMLElement>("[data-print-all]")?.click();
  await settle();
  expect(states).toEqual([true, true]);
});

it("fetches nothing for what is unfolded on paper", async () => {
  show();
  branch("a").setAttribute("data-unfolded", "");
  open("a");
  await settle();
  expect(get).not.toHaveBeenCalled();
});
