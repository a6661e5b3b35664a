import { expect, it } from "vitest";
import { optionsOf } from "./chart.ts";

const data = {
  title: "测评点位达标率",
  unit: "%",
  labels: ["2021", "2022"],
  values: [61.5, null],
  target: 70,
  targetLabel: "目标",
};

it("draws the target as a line of its own, with its words", () => {
  const [series] = optionsOf(data).series as {
    markLine: { data: unknown; label: { formatter: string } };
  }[];
  expect(series?.markLine.data).toEqual([{ yAxis: 70 }]);
  expect(series?.markLine.label.formatter).toBe("目标 70%");
});

it("draws no target line without a target", () => {
  const [series] = optionsOf({ ...data, target: null }).series as object[];
  expect(series).not.toHaveProperty("markLine");
});

it("keeps a gap where nothing was reported", () => {
  const [series] = optionsOf(data).series as { data: unknown[]; connectNulls: boolean }[];
  expect(series?.data).toEqual([61.5, null]);
  expect(series?.connectNulls).toBe(false);
});

it("needs no inline style for its tooltip", () => {
  expect(optionsOf(data).tooltip).toMatchObject({ renderMode: "richText" });
});

it("shows the target even when it is far from every value", () => {
  const axis = optionsOf({ ...data, target: 95 }).yAxis as { min: number; max: number };
  expect(axis.max).toBeGreaterThan(95);
  expect(axis.min).toBeLessThan(61.5);
});

it("draws an empty frame before anything was reported", () => {
  const axis = optionsOf({ ...data, values: [null, null], target: null }).yAxis;
  expect(axis).toMatchObject({ min: 0, max: 2 });
});
