// @vitest-environment node
import { expect, test } from "vitest";
import { distanceWords, layOut, metresBetween, nearestFirst } from "./places.ts";
import { newEntry } from "./queue.ts";
import { site } from "./testing/examples.ts";
import { warningsOf } from "./warnings.ts";
import { lossOf, wordingOf } from "./wording.ts";

const SEALED = "2021-09-15T08:00:00Z";
const entry = newEntry({
  id: "record",
  sha256: "hash",
  round: "round",
  account: "me",
  title: "人民街",
  sealed_at: SEALED,
  blobs: [{ sha256: "photo", size: 10 }],
});
const ROOMY = { persisted: true, quota: 10 ** 10, usage: 0 };
const HOUR = 3_600_000;

test("old records, little space and a browser that may forget are told, each for itself", () => {
  const now = Date.parse(SEALED);
  expect(warningsOf([entry], ROOMY, 10 ** 6, now + 23 * HOUR)).toEqual([]);
  const kinds = (storage: typeof ROOMY, hours: number) =>
    warningsOf([entry], storage, 10 ** 6, now + hours * HOUR).map(({ kind }) => kind);
  expect(kinds(ROOMY, 25)).toEqual(["old_records"]);
  expect(kinds({ ...ROOMY, quota: 40 * 1024 * 1024 }, 1)).toEqual(["little_space"]);
  expect(kinds({ ...ROOMY, persisted: false }, 1)).toEqual(["not_persisted"]);
  const confirmed = { ...entry, confirmed: true };
  expect(warningsOf([confirmed], ROOMY, 10 ** 6, now + 99 * HOUR)).toEqual([]);
});

test("a lost photo is said wherever the record is shown", () => {
  const lossy = { ...entry, blobs: { photo: { at: "gone" as const } } };
  expect(lossOf(lossy)).toContain("丢失照片 1 张");
  expect(wordingOf(lossy).detail).toContain("丢失照片 1 张");
  const told = (change: Partial<typeof entry>) =>
    warningsOf([{ ...lossy, ...change }], ROOMY, 1, Date.parse(SEALED)).map(({ kind }) => kind);
  expect(told({})).toEqual(["lost_photos"]);
  expect(told({ review: "quarantined" })).toEqual(["lost_photos"]);
  expect(told({ confirmed: true })).toEqual([]); // taken without them: nothing is left to be done
  expect(told({ review: "dismissed" })).toEqual([]);
});

test("each state has its words", () => {
  const label = (change: Partial<typeof entry>) => wordingOf({ ...entry, ...change }).label;
  expect(label({})).toBe("已存本机");
  expect(label({ blobs: { photo: { at: "partly", offset: 3 } } })).toBe("上传中");
  expect(label({ kept: true })).toBe("已上传，等待确认");
  expect(label({ confirmed: true })).toBe("已确认");
  expect(label({ review: "quarantined" })).toBe("已保存，待处理");
  expect(label({ review: "dismissed" })).toBe("不采用");
});

test("a degree of latitude is about 111 kilometres, and the nearest comes first", () => {
  const [a, b] = [
    { longitude: 101.7, latitude: 26 },
    { longitude: 101.7, latitude: 27 },
  ];
  expect(Math.round(metresBetween(a, b) / 100)).toBe(1112);
  expect([distanceWords(343), distanceWords(2440)]).toEqual(["340 米", "2.4 公里"]);
  const sites = [
    site({ id: "telephone", longitude: null, latitude: null }),
    site({ id: "far", latitude: "26.9" }),
    site({ id: "near", latitude: "26.1" }),
  ];
  expect(nearestFirst(sites, a).map(({ id }) => id)).toEqual(["near", "far", "telephone"]);
});

test("points keep their directions and stay inside the square", () => {
  const dots = layOut(
    [
      { longitude: 101.7, latitude: 26.5 },
      { longitude: 101.8, latitude: 26.6 },
    ],
    300,
    20,
  );
  const [first, second] = dots;
  expect(second?.x).toBeGreaterThan(first?.x ?? 0);
  expect(second?.y).toBeLessThan(first?.y ?? 0);
  for (const { x, y } of dots) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(20);
    expect(Math.max(x, y)).toBeLessThanOrEqual(280.0001);
  }
  expect(layOut([{ longitude: 1, latitude: 2 }], 300, 20)).toEqual([{ x: 150, y: 150 }]);
});
