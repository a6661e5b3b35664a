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
