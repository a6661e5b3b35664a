import { beforeAll, beforeEach, expect, it } from "vitest";
import { installToasts, toast, wordsOf } from "./toast.ts";

const shown = () => [...document.querySelectorAll(".toasts .alert")];

beforeAll(() => installToasts());
beforeEach(() => document.querySelector(".toasts")?.replaceChildren());

it("shows words as words and closes by its button", () => {
  toast("<b>已保存</b>", "danger");
  expect(shown()[0]?.querySelector("div")?.textContent).toBe("<b>已保存</b>");
  shown()[0]?.querySelector("button")?.click();
  expect(shown()).toEqual([]);
});

it("follows the server's events", () => {
  const detail = { text: "已催办 3 个单位", tone: "info" };
  document.body.dispatchEvent(new CustomEvent("toast", { detail }));
  expect(shown()[0]?.className).toBe("alert alert-info");
});

it("says what the server said when a request fails", () => {
  const xhr = {
    status: 409,
    responseText: "<main><h1>内容已变化</h1><p>该条目刚被别人修改。</p></main>",
  };
  document.body.dispatchEvent(new CustomEvent("htmx:responseError", { detail: { xhr } }));
  expect(shown()[0]?.textContent).toContain("该条目刚被别人修改。");
});

it("leaves a refused form to the form", () => {
  const detail = { xhr: { status: 422, responseText: "<form></form>" } };
  document.body.dispatchEvent(new CustomEvent("htmx:responseError", { detail }));
  expect(shown()).toEqual([]);
});

it("finds the gist of an answer", () => {
  expect(wordsOf("没有权限")).toBe("没有权限");
  expect(wordsOf("")).toBe("");
});
