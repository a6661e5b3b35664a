// @vitest-environment node
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, type Json } from "./canonical.ts";
import { lacksOf, progressOf } from "./completeness.ts";
import { notesOnDownload, startAt } from "./conflicts.ts";
import {
  addPhoto,
  removePhoto,
  setLineNote,
  setNotApplicable,
  setTexts,
  setValue,
} from "./drafts.ts";
import { uuid7 } from "./identifiers.ts";
import { newEntry } from "./queue.ts";
import { rescueItems } from "./rescue.ts";
import { seal } from "./sealing.ts";
import { bundle, checklist, draft, line, NOW, site } from "./testing/examples.ts";

const PHOTO = {
  sha256: "a".repeat(64),
  size: 300_000,
  line: "line",
  taken_at: NOW,
  longitude: "101.7185",
  latitude: "26.5804",
};
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
  const sealed = await seal(whole, "device", NOW, hash);
  const again = await seal(structuredClone(whole), "device", NOW, hash);
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
    format: 1,
    id: "visit",
    round_site: "site",
    checklist: "checklist",
  });
});

test("a draft that lacks something is not sealed", async () => {
  await expect(seal(draft(), "device", NOW, hash)).rejects.toThrow();
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

test("a rescue file holds every record and each photo once", () => {
  const blobs = [{ sha256: "p", size: 1 }];
  const part = { sha256: "", round: "round", account: "me", title: "", sealed_at: NOW, blobs };
  const items = rescueItems([
    { ...part, id: "a" },
    { ...part, id: "b" },
  ]);
  expect(items.map(({ path }) => path)).toEqual(["records/a.json", "records/b.json", "blobs/p"]);
});
