import { describe, expect, it } from "vitest";
import { nextAround, nextIndex, passes } from "./filter.ts";
import { Links } from "./links.ts";
import { codePoints, selectedIn } from "./offsets.ts";

describe("filter", () => {
  const card = { kind: "task", state: "proposed", change: "new", doubtful: false };
  const everything = { kind: "", state: "", change: "", doubtful: false };

  it("lets everything pass when nothing is chosen", () => {
    expect(passes(card, everything)).toBe(true);
  });

  it.each([
    [{ kind: "task" }, true],
    [{ kind: "action" }, false],
    [{ state: "proposed" }, true],
    [{ state: "accepted" }, false],
    [{ change: "new" }, true],
    [{ change: "gone" }, false],
    [{ doubtful: true }, false],
    [{ kind: "task", state: "accepted" }, false],
  ])("%o → %s", (chosen, expected) => {
    expect(passes(card, { ...everything, ...chosen })).toBe(expected);
  });

  it("shows doubts and what they concern", () => {
    expect(passes({ ...card, doubtful: true }, { ...everything, doubtful: true })).toBe(true);
    expect(passes({ ...card, kind: "anomaly" }, { ...everything, doubtful: true })).toBe(true);
  });
});

describe("walking", () => {
  const odd = (index: number) => index % 2 === 1;

  it("skips what is not wanted and stops at the ends", () => {
    expect(nextIndex(6, 1, 1, odd)).toBe(3);
    expect(nextIndex(6, 5, 1, odd)).toBe(-1);
    expect(nextIndex(6, 3, -1, odd)).toBe(1);
    expect(nextIndex(0, -1, 1, odd)).toBe(-1);
  });

  it("goes round for the next waiting item and comes back to itself last", () => {
    expect(nextAround(4, 3, odd)).toBe(1);
    expect(nextAround(4, -1, odd)).toBe(1);
    expect(nextAround(4, 1, (index) => index === 1)).toBe(1);
    expect(nextAround(4, 1, () => false)).toBe(-1);
  });
});

describe("offsets", () => {
  it("count characters beyond the basic plane once", () => {
    expect(codePoints("创文")).toBe(2);
    expect(codePoints("𠮷野家")).toBe(3);
  });

  const TEXT = "甲𠮷乙 丙丁戊";
  const page = () => {
    document.body.innerHTML =
      '<div id="source"><span id="at-0">甲𠮷</span><span id="at-2">乙 </span><span id="at-4">丙丁戊</span></div>';
    return document.querySelector("#source") as HTMLElement;
  };
  const select = (from: string, start: number, to: string, end: number) => {
    const selection = document.getSelection() as Selection;
    const text = (id: string) => document.getElementById(id)?.firstChild as Node;
    selection.setBaseAndExtent(text(from), start, text(to), end);
    return selection;
  };
  const slice = (start: number, end: number) => [...TEXT].slice(start, end).join("");

  it("are those of the source text, across pieces and behind surrogate pairs", () => {
    const source = page();
    const found = selectedIn(source, select("at-0", 1, "at-4", 1));
    expect(found).toEqual({ start: 1, end: 5, text: "𠮷乙 丙" });
    expect(slice(1, 5)).toBe("𠮷乙 丙");
  });

  it("leave out blanks at the ends", () => {
    const source = page();
    expect(selectedIn(source, select("at-2", 1, "at-4", 2))).toEqual({
      start: 4,
      end: 6,
      text: "丙丁",
    });
  });

  it("are none for an empty or a foreign selection", () => {
    const source = page();
    expect(selectedIn(source, select("at-0", 1, "at-0", 1))).toBeNull();
    expect(selectedIn(source, select("at-2", 1, "at-2", 2))).toBeNull();
    document.body.insertAdjacentHTML("beforeend", '<p id="else">别处</p>');
    expect(selectedIn(source, select("else", 0, "else", 2))).toBeNull();
    expect(selectedIn(source, null)).toBeNull();
  });
});

describe("links", () => {
  const links = () => {
    document.body.innerHTML =
      '<div id="text"><span class="span span--action" data-items="a">一</span>' +
      '<span class="span span--anomaly" data-items="a d">二</span></div>' +
      '<ol><li data-item="a"></li><li data-item="d"></li></ol>';
    return new Links(
      document.querySelector("#text") as HTMLElement,
      document.querySelector("ol") as HTMLElement,
    );
  };
  const piece = (index: number) => document.querySelectorAll<HTMLElement>(".span")[index];

  it("lead from an item to all its pieces", () => {
    expect(links().pieces("a")).toHaveLength(2);
    expect(links().pieces("unknown")).toEqual([]);
  });

  it("lead from a piece to its innermost item that is shown", () => {
    const found = links();
    const second = piece(1) as HTMLElement;
    expect(found.cardOf(second, () => true)?.dataset.item).toBe("d");
    expect(found.cardOf(second, (card) => card.dataset.item !== "d")?.dataset.item).toBe("a");
    expect(found.cardOf(second, () => false)).toBeUndefined();
  });

  it("know which items hold a doubt", () => {
    expect(links().isDoubtful("a")).toBe(true);
    expect(links().isDoubtful("b")).toBe(false);
  });
});
