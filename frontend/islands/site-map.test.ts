import { describe, expect, it } from "vitest";
import { addressOf, boundaryName, clusterMark, type Shown, siteMark, wording } from "./site-map.ts";

const CLUSTER: Shown["clusters"][number] = [101.7, 26.5, 12, 101.6, 26.4, 101.8, 26.6];
const SITE = { id: "01a2", name: "某市场", type: "农贸市场", at: [101.7, 26.5], marked: false };

describe("the map of sites", () => {
  it("asks for a view under the filter of the list", () => {
    expect(addressOf("/sites/map.json?q=市", [101.6, 26.4, 101.8, 26.6])).toBe(
      "/sites/map.json?q=市&bbox=101.600000%2C26.400000%2C101.800000%2C26.600000",
    );
    expect(addressOf("/sites/map.json", [1, 2, 3, 4])).toContain("map.json?bbox=");
    expect(addressOf("/sites/map.json?q=市", null)).toBe("/sites/map.json?q=市");
  });

  it("says how many there are, and when there are none", () => {
    const none: Shown = { bounds: null, clusters: [], sites: [] };
    expect(wording(none)).toBe("这个范围里没有点位。");
    expect(wording({ ...none, clusters: [CLUSTER], sites: [SITE as Shown["sites"][0]] })).toContain(
      "13 个点位",
    );
  });

  it("marks clusters as buttons and sites as links, both with names", () => {
    const button = clusterMark(CLUSTER);
    expect(button.type).toBe("button");
    expect(button.textContent).toBe("12");
    expect(button.getAttribute("aria-label")).toBe("12 个点位，放大");
    const link = siteMark(SITE as Shown["sites"][0], "/sites/");
    expect(link.getAttribute("href")).toBe("/sites/01a2/");
    expect(link.getAttribute("aria-label")).toBe("某市场（农贸市场）");
    expect(link.classList.contains("map-site-marked")).toBe(false);
  });

  it("never takes a name for markup", () => {
    const link = siteMark({ ...SITE, name: "<b>x</b>" } as Shown["sites"][0], "/sites/");
    expect(link.children.length).toBe(0);
    expect(link.title).toBe("<b>x</b>（农贸市场）");
    expect(boundaryName("<b>x</b>").children.length).toBe(0);
    expect(boundaryName("<b>x</b>").textContent).toBe("<b>x</b>");
  });
});
