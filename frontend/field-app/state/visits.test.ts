/** What a tap, a photo and a seal do to each other while the phone is still writing. */
import { afterEach, expect, test, vi } from "vitest";
import { addPhoto, type Draft, setValue } from "../../field-engine/drafts.ts";
import { draft, line, NOW } from "../../field-engine/testing/examples.ts";

/** The phone's stores: what is written, and writes of photos that wait until they are let go. */
const disk = { draft: null as Draft | null, waiting: [] as (() => void)[], full: false };

vi.mock("../device/database.ts", () => ({
  openDatabase: vi.fn(),
  putDraft: vi.fn(async (_database: unknown, written: Draft, photo?: unknown) => {
    if (photo !== undefined) await new Promise<void>((go) => disk.waiting.push(go));
    if (disk.full) throw new DOMException("full", "QuotaExceededError");
    disk.draft = written;
  }),
  dropPhoto: vi.fn(async (_database: unknown, written: Draft) => {
    disk.draft = written;
  }),
  deleteDraft: vi.fn(async () => {
    disk.draft = null;
  }),
}));
vi.mock("./field.ts", () => ({
  field: { person: { id: "me" }, drafts: new Map(), records: new Map(), rounds: new Map() },
  database: () => ({}),
}));
vi.mock("./sync.ts", () => ({ sync: vi.fn() }));

const { field } = await import("./field.ts");
const { abandonDraft, changeDraft, discardPhoto, keepPhoto, unsaved } = await import("./visits.ts");

const TAKEN = { blob: new Blob(["x"]), sha256: "a".repeat(64) };
const tap = (found: string) =>
  changeDraft("visit", (one) => setValue(one, line(), "found", found, NOW));

async function takePhoto(whileWriting: () => Promise<unknown>): Promise<boolean> {
  const keeping = keepPhoto("visit", "line", TAKEN);
  await vi.waitUntil(() => disk.waiting.length > 0);
  const other = whileWriting();
  for (const go of disk.waiting.splice(0)) go();
  await other;
  return keeping;
}

function begin(): void {
  field.drafts.set("visit", setValue(draft(), line(), "found", "1", NOW));
}

afterEach(() => {
  field.drafts.clear();
  Object.assign(disk, { draft: null, waiting: [], full: false });
});

test("a tap while a photo is being written stays, on the screen and on the phone", async () => {
  begin();
  expect(await takePhoto(() => tap("0"))).toBe(true);
  const shown = field.drafts.get("visit");
  expect(shown?.answers["line"]?.values["found"]).toBe("0");
  expect(shown?.photos).toHaveLength(1);
  expect(disk.draft).toEqual(shown);
});

test("two taps of one moment are both kept", async () => {
  begin();
  const noted = changeDraft("visit", (one) => ({ ...one, note: "入口处" }));
  await Promise.all([tap("0"), noted]);
  expect(disk.draft).toMatchObject({
    note: "入口处",
    answers: { line: { values: { found: "0" } } },
  });
});

test("a photo that could not be written is not shown, and what was tapped meanwhile is", async () => {
  begin();
  disk.full = true;
  expect(await takePhoto(() => tap("0"))).toBe(false);
  expect(unsaved.value).toContain("手机空间不足");
  expect(field.drafts.get("visit")?.photos).toEqual([]);
  disk.full = false;
  await tap("1");
  expect([disk.draft?.answers["line"]?.values["found"], unsaved.value]).toEqual(["1", ""]);
});

test("a photo that another line still shows is not dropped", async () => {
  begin();
  const photo = { sha256: "p", size: 1, taken_at: NOW, longitude: null, latitude: null };
  const [one, other] = [
    { ...photo, line: "line" },
    { ...photo, line: null },
  ];
  await changeDraft("visit", (shown) => addPhoto(addPhoto(shown, one, NOW), other, NOW));
  const { dropPhoto } = await import("../device/database.ts");
  await discardPhoto("visit", one);
  expect(dropPhoto).not.toHaveBeenCalled();
  await discardPhoto("visit", other);
  expect(dropPhoto).toHaveBeenCalledOnce();
  expect(disk.draft?.photos).toEqual([]);
});

test("a draft that was thrown away does not come back with a late tap", async () => {
  begin();
  const shown = field.drafts.get("visit") as Draft;
  const gone = abandonDraft(shown);
  const late = tap("0");
  await Promise.all([gone, late]);
  expect([disk.draft, field.drafts.size]).toEqual([null, 0]);
  expect(await tap("1")).toBe(false);
});
