import { beforeEach, describe, expect, it, vi } from "vitest";
import { CHOSEN, listAndMap, MARKED, placeOf } from "./list-and-map.ts";

const PAGE = `<div>
  <div data-views hidden>
    <button type="button" data-view="list" aria-pressed="true">列表</button>
    <button type="button" data-view="map" aria-pressed="false">地图</button>
  </div>
  <table><tbody>
    <tr data-site="a" data-at="101.7,26.5"><td><a href="/a/">甲</a><button data-locate hidden></button></td></tr>
    <tr data-site="b"><td><a href="/b/">乙</a></td></tr>
  </tbody></table>
  <section data-island="site-map"><a data-mark href="/a/">甲</a></section>
</div>`;

function find<T extends HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (!element) throw new Error(selector);
  return element;
}

describe("a list and a map", () => {
  const told = vi.fn();
  beforeEach(() => {
    document.body.innerHTML = PAGE;
    told.mockReset();
    find("section").addEventListener(CHOSEN, (event) => told((event as CustomEvent).detail));
    listAndMap(document.body.firstElementChild as HTMLElement, new AbortController().signal);
  });
  const area = () => document.body.firstElementChild as HTMLElement;

  it("shows the list first, then what its button says", () => {
    expect(find("[data-views]").hidden).toBe(false);
    expect(area().dataset.shows).toBe("list");
    find("[data-view=map]").click();
    expect(area().dataset.shows).toBe("map");
    expect(find("[data-view=map]").getAttribute("aria-pressed")).toBe("true");
    expect(find("[data-view=list]").getAttribute("aria-pressed")).toBe("false");
  });

  it("tells the map of the row that has the focus, and when it has lost it", () => {
    find("[data-site=a] a").dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    expect(told).toHaveBeenLastCalledWith({ id: "a", at: [101.7, 26.5], nearer: false });
    find("[data-site=a] a").dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    expect(told).toHaveBeenLastCalledWith(null);
  });

  it("says nothing of a site that is nowhere", () => {
    find("[data-site=b]").dispatchEvent(new MouseEvent("mouseenter"));
    expect(told).toHaveBeenLastCalledWith(null);
    expect(placeOf(find("[data-site=b]"))).toBe(null);
  });

  it("leads to the place on the map by a button", () => {
    expect(find("[data-locate]").hidden).toBe(false);
    find("[data-locate]").click();
    expect(area().dataset.shows).toBe("map");
    expect(told).toHaveBeenLastCalledWith({ id: "a", at: [101.7, 26.5], nearer: true });
    expect(find("[data-site=a]").classList.contains("is-chosen")).toBe(true);
    find("[data-site=a]").dispatchEvent(new MouseEvent("mouseleave"));
    expect(told).toHaveBeenLastCalledWith({ id: "a", at: [101.7, 26.5], nearer: false });
  });

  it("marks the row of the mark on the map, and no other", () => {
    const mark = (id: string) =>
      find("[data-mark]").dispatchEvent(new CustomEvent(MARKED, { detail: id, bubbles: true }));
    mark("a");
    expect(find("[data-site=a]").classList.contains("is-chosen")).toBe(true);
    mark("elsewhere");
    expect(document.querySelector(".is-chosen")).toBe(null);
  });
});
