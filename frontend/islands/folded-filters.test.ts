import { describe, expect, it } from "vitest";
import { foldedFilters } from "./folded-filters.ts";

function bar(fields: string): HTMLFormElement {
  document.body.innerHTML = `<form>${fields}<div class="filter-actions"></div></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  foldedFilters(form, new AbortController().signal);
  return form;
}

const WORDS = '<label>词<input type="search" name="q" value="小广告"></label>';
const STATE =
  '<label>状态<select name="state"><option value="">全部</option><option value="late" selected>超期</option></select></label>';
const LATE = '<label>超期<input type="checkbox" name="late"></label>';

describe("folded-filters", () => {
  it("keeps the first field and folds the others behind a button that counts those in use", () => {
    const form = bar(WORDS + STATE + LATE);
    const folded = [...form.querySelectorAll(".filter-folded")].map((label) => label.textContent);
    expect(folded).toEqual(["状态全部超期", "超期"]);
    const button = form.querySelector("button") as HTMLButtonElement;
    expect(button.textContent).toBe("更多条件（已用 1）");
    expect(button.getAttribute("aria-expanded")).toBe("false");
    button.click();
    expect(form.classList.contains("filters-open")).toBe(true);
    expect(button.getAttribute("aria-expanded")).toBe("true");
    button.click();
    expect(form.classList.contains("filters-open")).toBe(false);
  });

  it("leaves a bar of one field alone", () => {
    expect(bar(WORDS).querySelector("button")).toBeNull();
  });

  it("does not count the order of the list as a condition", () => {
    const sort =
      '<label>排序<select name="sort"><option value="title" selected>名称</option></select></label>';
    expect(bar(WORDS + sort).querySelector("button")?.textContent).toBe("更多条件");
  });
});
