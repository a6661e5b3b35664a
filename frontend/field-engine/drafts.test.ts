// @vitest-environment node
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, type Json } from "./canonical.ts";
import { lacksOf, progressOf } from "./completeness.ts";
import { notesOnDownload, startAt } from "./conflicts.ts";
import {
  addPhoto,
  answerTo,
  isFull,
  MOST_PHOTOS,
  removePhoto,
  setLineNote,
  setNotApplicable,
  setTexts,
  setValue,
} from "./drafts.ts";
import { uuid7 } from "./identifiers.ts";
import { newEntry } from "./queue.ts";
import { MOST_BYTES, MOST_ITEMS, type Rescuable, rescueName, rescueParts } from "./rescue.ts";
import { blobsOf, draftText, recordText, seal } from "./sealing.ts";
import { bundle, checklist, draft, line, NOW, site } from "./testing/examples.ts";

const PHOTO = {
  sha256: "a".repeat(64),
  size: 300_000,
  line: "line",
  taken_at: NOW,
  longitude: "101.7185",
  latitude: "26.5804",
};
const PHONE = { device: "device", clock: { offset_seconds: -90, measured_at: NOW } };
const hash = (text: string) => Promise.resolve(createHash("sha256").update(text).digest("hex"));

test("a failed line needs a photo, a passed one does not", () => {
  const at = line();
  expect(lacksOf(draft())[0]).toMatchObject({ line: "line", kind: "answer" });
  expect(lacksOf(setValue(draft(), at, "found", "1", NOW))).toEqual([]);
  const failed = setValue(draft(), at, "found", "0", NOW);
  expect(lacksOf(failed)).toEqual([{ line: "line", kind: "photo", message: "未达标须拍照" }]);
  const shown = addPhoto(failed, PHOTO, NOW);
  expect(lacksOf(shown)).toEqual([]);
  expect(lacksOf(removePhoto(shown, PHOTO, NOW))).toHaveLength(1);
  expect(addPhoto(shown, PHOTO, NOW)).toBe(shown);
});

test("what does not apply needs a reason, and its numbers go", () => {
  const at = line({ shape: "count", threshold: "3" });
  const counted = setValue(draft({}, [at]), at, "found", "2", NOW);
  const without = setNotApplicable(counted, at, true, NOW);
  expect(without.answers["line"]?.values).toEqual({});
  expect(lacksOf(without)).toMatchObject([{ kind: "reason" }]);
  expect(lacksOf(setLineNote(without, at, "没有这类设施", NOW))).toEqual([]);
  expect(setValue(without, at, "found", "3", NOW).answers["line"]?.not_applicable).toBe(false);
});

test("a place outside the register needs its name, the problem and a photo", () => {
  const elsewhere = { ...draft(), site: null, checklist: null };
  expect(lacksOf(elsewhere).map(({ kind }) => kind)).toEqual(["place", "note", "photo"]);
  expect(progressOf(elsewhere)).toEqual({ done: 0, all: 3 });
  const told = setTexts(elsewhere, { place: "公园北门", note: "井盖缺失" }, NOW);
  expect(lacksOf(addPhoto(told, { ...PHOTO, line: null }, NOW))).toEqual([]);
});

test("sealing gives the same bytes for the same draft, and a manifest with each photo once", async () => {
  const lines = [line(), line({ id: "second", shape: "free" })];
  const answered = setValue(draft({}, lines), line(), "found", "0", NOW);
  const whole = addPhoto(addPhoto(answered, PHOTO, NOW), { ...PHOTO, line: "second" }, NOW);
  const sealed = await seal(whole, PHONE, NOW, hash);
  const again = await seal(structuredClone(whole), PHONE, NOW, hash);
  expect(again).toEqual(sealed);
  expect(sealed.manifest.sha256).toBe(createHash("sha256").update(sealed.text).digest("hex"));
  expect(sealed.manifest.blobs).toEqual([{ sha256: PHOTO.sha256, size: PHOTO.size }]);
  const record = JSON.parse(sealed.text) as Record<string, unknown>;
  expect(record["photos"]).toHaveLength(2);
  expect(record["answers"]).toEqual([
    { line: "line", not_applicable: false, note: "", values: { found: "0" } },
    { line: "second", not_applicable: false, note: "", values: {} },
  ]);
  expect(record).toMatchObject({
    format: 2,
    draft: false,
    clock: PHONE.clock,
    device: "device",
    id: "visit",
    round_site: "site",
    checklist: "checklist",
  });
});

test("a draft that lacks something is not sealed", async () => {
  await expect(seal(draft(), PHONE, NOW, hash)).rejects.toThrow();
});

test("canonical text reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value as Json);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonical(JSON.parse(text) as Json)).toBe(text);
    }),
  );
});

test("identifiers are of version 7 and sort by time", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 48 - 2 }),
      fc.uint8Array({ minLength: 10, maxLength: 10 }),
      (time, random) => {
        const made = uuid7(time, random);
        expect(made).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(Number.parseInt(made.replaceAll("-", "").slice(0, 12), 16)).toBe(time);
        expect(uuid7(time + 1, new Uint8Array(10)) > made).toBe(true);
      },
    ),
  );
});

test("a site with a draft in hand is gone on with; one that is sealed is asked about", () => {
  const mine = draft();
  const manifest = {
    id: "visit",
    sha256: "",
    round: "round",
    account: "me",
    title: "",
    sealed_at: NOW,
    blobs: [],
  };
  const sealed = [{ entry: newEntry(manifest), round_site: "site" }];
  expect(startAt("site", "me", [mine], sealed)).toEqual({ kind: "resume", draft: "visit" });
  expect(startAt("site", "other", [mine], sealed)).toEqual({ kind: "again", sealed_at: NOW });
  expect(startAt("elsewhere", "me", [mine], sealed)).toEqual({ kind: "new" });
});

test("a newer download never changes a draft, and says what became of its site", () => {
  const mine = draft();
  expect(notesOnDownload(bundle(), [mine])).toEqual([]);
  expect(notesOnDownload(bundle({ sites: [] }), [mine])[0]).toContain("已不在本组的点位中");
  const renewed = bundle({ checklists: [checklist([])], sites: [site({ checklist: "newer" })] });
  expect(notesOnDownload(renewed, [mine])[0]).toContain("测评表有变化");
});

function rescuable(id: string, photos: Record<string, number>): Rescuable {
  const blobs = Object.entries(photos).map(([sha256, size]) => ({ sha256, size }));
  return { id, isDraft: false, blobs, size: 1000 };
}

test("a rescue file holds every record and each photo once", () => {
  const [items, ...more] = rescueParts([rescuable("a", { p: 1 }), rescuable("b", { p: 1, q: 1 })]);
  const paths = ["records/a.json", "blobs/p", "records/b.json", "blobs/q"];
  expect(items?.map(({ path }) => path)).toEqual(paths);
  expect(more).toEqual([]);
  expect(rescueParts([])).toEqual([]);
});

test("drafts are rescued too, told apart by their path and by what they say of themselves", () => {
  const [items] = rescueParts([rescuable("a", {}), { ...rescuable("b", { p: 1 }), isDraft: true }]);
  expect(items?.map(({ path }) => path)).toEqual(["records/a.json", "drafts/b.json", "blobs/p"]);
  const begun = addPhoto(draft({ changed_at: "2021-09-15T08:05:00.000Z" }), PHOTO, NOW);
  const text = draftText({ ...begun, changed_at: "2021-09-15T08:05:00.000Z" }, PHONE);
  expect(JSON.parse(text)).toMatchObject({
    format: 2,
    draft: true,
    id: "visit",
    sealed_at: "2021-09-15T08:05:00.000Z",
    photos: [PHOTO],
  });
  expect(blobsOf(begun)).toEqual([{ sha256: PHOTO.sha256, size: PHOTO.size }]);
});

test("a phone full of work is rescued in files that a server takes, each whole by itself", () => {
  const photo = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 20_000_000 }));
  const visits = fc.array(fc.array(photo, { maxLength: 12 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(visits, (found) => {
      const sizes = new Map(found.flat().map(([name, size]) => [`${name}`, size]));
      const records = found.map((photos, at) => {
        const own = photos.map(([name]): [string, number] => [
          `${name}`,
          sizes.get(`${name}`) ?? 1,
        ]);
        return rescuable(`${at}`, Object.fromEntries(own));
      });
      const parts = rescueParts(records);
      for (const items of parts) {
        expect(items.length).toBeLessThanOrEqual(MOST_ITEMS);
        expect(items.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
        const paths = items.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        // A photo comes with a record that names it: the server takes up the record again.
        for (const { record } of items) expect(paths).toContain(`records/${record}.json`);
      }
      for (const { id, blobs } of records) {
        const holding = parts.map((items) => new Set(items.map(({ path }) => path)));
        const own = holding.filter((paths) => paths.has(`records/${id}.json`));
        for (const { sha256 } of blobs) {
          expect(own.some((paths) => paths.has(`blobs/${sha256}`))).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("many small photos are split by their number, and the files are numbered", () => {
  const photos = (at: number) => Array.from({ length: 900 }, (_, no) => [`${at}-${no}`, 1]);
  const records = [0, 1, 2, 3].map((at) => rescuable(`${at}`, Object.fromEntries(photos(at))));
  expect(rescueParts(records).map((items) => items.length)).toEqual([1802, 1802]);
  expect(rescueName("device-a1b2c3", "20210915-1403", 1, 1)).toBe("救援-a1b2c3-20210915-1403.zip");
  expect(rescueName("device-a1b2c3", "20210915-1403", 2, 3)).toBe(
    "救援-a1b2c3-20210915-1403-第2份共3份.zip",
  );
});

test("a visit that ended before it began, by a clock that was set right, ends when it began", async () => {
  const begun = setValue(draft(), line(), "found", "1", NOW);
  const sealed = await seal(begun, PHONE, "2021-09-15T07:40:00.000Z", hash);
  expect(sealed.manifest.sealed_at).toBe(NOW);
  expect(JSON.parse(sealed.text)).toMatchObject({ started_at: NOW, sealed_at: NOW });
  const later = JSON.parse(recordText(begun, PHONE, "2021-09-15T08:40:00.000Z")) as object;
  expect(later).toMatchObject({ sealed_at: "2021-09-15T08:40:00.000Z" });
});

test("the reason why a line did not apply is not its remark once it applies after all", () => {
  const at = line();
  const without = setLineNote(setNotApplicable(draft(), at, true, NOW), at, "没有这类设施", NOW);
  expect(answerTo(setNotApplicable(without, at, false, NOW), "line").note).toBe("");
  expect(answerTo(setValue(without, at, "found", "0", NOW), "line").note).toBe("");
  const noted = setLineNote(draft(), at, "入口处", NOW);
  expect(answerTo(setValue(noted, at, "found", "0", NOW), "line").note).toBe("入口处");
});

test("a visit shows no more photos than a server takes", () => {
  const photos = Array.from({ length: MOST_PHOTOS }, (_, no) => ({ ...PHOTO, sha256: `${no}` }));
  const full = { ...setValue(draft(), line(), "found", "1", NOW), photos };
  expect([isFull(full), lacksOf(full)]).toEqual([true, []]);
  const beyond = addPhoto(full, PHOTO, NOW);
  expect(lacksOf(beyond)).toMatchObject([{ line: null, kind: "photo" }]);
  expect(progressOf(beyond)).toEqual({ done: 1, all: 1 });
});
