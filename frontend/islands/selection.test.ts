import { beforeEach, describe, expect, it } from "vitest";
import { between, selection, wording } from "./selection.ts";

const row = (number: number) =>
  `<tr><td><input type="checkbox" name="task" value="${number}"></tr>`;
const boxes = () => [...document.querySelectorAll<HTMLInputElement>("input[name]")];
const checked = () => boxes().flatMap((box) => (box.checked ? [box.value] : []));
const all = () => document.querySelector<HTMLInputElement>("[data-all]") as HTMLInputElement;
const press = (index: number, shiftKey = false) =>
  boxes()[index]?.dispatchEvent(
    new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }),
  );

beforeEach(() => {
  document.body.innerHTML =
    '<form><span data-count></span><button data-needs-selection>催办</button><input type="checkbox" data-all>' +
    `<table><tbody>${[1, 2, 3, 4, 5].map(row).join("")}</tbody></table></form>`;
  selection(document.querySelector("form") as HTMLElement, new AbortController().signal);
});

describe("ranges", () => {
  it("go in both directions and hold both ends", () => {
    expect(between(1, 3)).toEqual([1, 2, 3]);
    expect(between(3, 1)).toEqual([1, 2, 3]);
    expect(between(2, 2)).toEqual([2]);
  });
});

describe("selection", () => {
  it("counts, marks rows and waits for a choice", () => {
    const button = document.querySelector("button") as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    press(1);
    expect(document.querySelector("[data-count]")?.textContent).toBe("已选 1 项");
    expect(boxes()[1]?.closest("tr")?.classList.contains("is-selected")).toBe(true);
    expect(button.disabled).toBe(false);
    expect(all().indeterminate).toBe(true);
    press(1);
    expect(document.querySelector("[data-count]")?.textContent).toBe(wording(0));
  });

  it("chooses and clears all, disabled rows excepted", () => {
    (boxes()[2] as HTMLInputElement).disabled = true;
    all().checked = true;
    all().dispatchEvent(new Event("change"));
    expect(checked()).toEqual(["1", "2", "4", "5"]);
    all().checked = false;
    all().dispatchEvent(new Event("change"));
    expect(checked()).toEqual([]);
  });

  it("chooses a range with Shift, also upwards", () => {
    press(3);
    press(1, true);
    expect(checked()).toEqual(["2", "3", "4"]);
  });

  it("clears a range with Shift", () => {
    press(0);
    press(4, true);
    press(3);
    press(1, true);
    expect(checked()).toEqual(["1", "5"]);
  });
});
