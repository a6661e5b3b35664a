// @vitest-environment node
/** Every answer of the protocol, one by one: what the phone asks next. */
import { expect, test } from "vitest";
import type { Answer } from "./answers.ts";
import { LONGEST, SLOW } from "./backoff.ts";
import { CHUNK, type Entry, newEntry, nextCommand } from "./queue.ts";
import type { Manifest } from "./sealing.ts";
import { take } from "./transitions.ts";

const NOW = 1_631_692_800_000;
const AT = { now: NOW, chance: 1 };
const MANIFEST: Manifest = {
  id: "record",
  sha256: "hash",
  round: "round",
  account: "me",
  title: "人民街",
  sealed_at: "2021-09-15T08:00:00Z",
  blobs: [{ sha256: "photo", size: 2 * CHUNK + 5 }],
};
const RECEIPT = {
  record: "record",
  sha256: "hash",
  blobs: ["photo"],
  committed_at: "2021-09-15T09:00:00Z",
  mac: "mac",
};
const READ = { state: "committed", sha256: "hash", blobs: ["photo"], receipt: RECEIPT };

function answer(status: number, body: unknown = {}, offset: number | null = null): Answer {
  return { status, body, offset };
}

/** Answer whatever is asked, one after the other. */
function after(entry: Entry, ...answers: Answer[]): Entry {
  return answers.reduce((at, one) => {
    const command = nextCommand(at);
    return command === null ? at : take(at, command, one, AT);
  }, entry);
}

const sealed = newEntry(MANIFEST);
const whole = after(sealed, answer(200));
const kept = after(whole, answer(201, { state: "waiting", missing: [] }));
const received = after(kept, answer(200, RECEIPT));

test("a photo goes in pieces from where the server stands", () => {
  expect(nextCommand(sealed)).toEqual({ kind: "ask_blob", sha256: "photo" });
  const asked = after(sealed, answer(404, {}, CHUNK));
  const size = 2 * CHUNK + 5;
  expect(nextCommand(asked)).toEqual({
    kind: "send_blob",
    sha256: "photo",
    from: CHUNK,
    to: 2 * CHUNK,
    size,
  });
  const more = after(asked, answer(202, {}, 2 * CHUNK));
  expect(nextCommand(more)).toMatchObject({ from: 2 * CHUNK, to: size });
  expect(nextCommand(after(more, answer(201)))).toEqual({ kind: "send_record" });
});

test("a wrong beginning (409) is corrected to what the server says", () => {
  const asked = after(sealed, answer(404, {}, 0), answer(409, {}, CHUNK));
  expect(nextCommand(asked)).toMatchObject({ kind: "send_blob", from: CHUNK });
});

test("a photo that arrived spoiled (422) is asked for anew, and not at once", () => {
  const spoiled = after(sealed, answer(404, {}, 0), answer(422));
  expect(nextCommand(spoiled)).toEqual({ kind: "ask_blob", sha256: "photo" });
  expect(spoiled.retry_at).toBeGreaterThan(NOW);
});

test.each([413, 415])("a photo that is refused (%i) does not hold up the record", (status) => {
  const refused = after(sealed, answer(404, {}, 0), answer(status, { message: "不是照片" }));
  expect(nextCommand(refused)).toEqual({ kind: "send_record" });
  const then = after(refused, answer(201, { state: "waiting", missing: ["photo"] }));
  expect(nextCommand(then)).toEqual({ kind: "commit", lost: ["photo"] });
});

test("a broken line leaves open how much arrived", () => {
  const asked = after(sealed, answer(404, {}, 0));
  const command = nextCommand(asked);
  if (command === null) throw new Error("something is to be sent");
  const broken = take(asked, command, "offline", AT);
  expect(nextCommand(broken)).toEqual({ kind: "ask_blob", sha256: "photo" });
  expect(broken.trouble).toEqual({ kind: "no_network" });
});

test("the record, its commit, the receipt, the second read", () => {
  expect(nextCommand(kept)).toEqual({ kind: "commit", lost: [] });
  expect(nextCommand(received)).toEqual({ kind: "read_back" });
  expect(received.confirmed).toBe(false);
  const confirmed = after(received, answer(200, READ));
  expect(confirmed.confirmed).toBe(true);
  expect(nextCommand(confirmed)).toBeNull();
});

test.each([
  ["another record", { ...RECEIPT, record: "other" }],
  ["other bytes", { ...RECEIPT, sha256: "other" }],
  ["a photo less", { ...RECEIPT, blobs: [] }],
  ["a photo more", { ...RECEIPT, blobs: ["photo", "more"] }],
  ["no seal", { ...RECEIPT, mac: "" }],
  ["nothing", null],
])("a receipt of %s is none", (_what, receipt) => {
  const entry = after(kept, answer(200, receipt));
  expect([entry.receipt, entry.trouble]).toEqual([null, { kind: "receipt_differs" }]);
});

test.each([
  ["not committed", { ...READ, state: "waiting" }],
  ["of other bytes", { ...READ, sha256: "other" }],
  ["without the photo", { ...READ, blobs: [] }],
  ["without a receipt", { ...READ, receipt: null }],
  ["with another seal", { ...READ, receipt: { ...RECEIPT, mac: "other" } }],
])("a second read that is %s confirms nothing", (_what, body) => {
  const entry = after(received, answer(200, body));
  expect([entry.confirmed, entry.receipt]).toEqual([false, null]);
  expect(entry.retry_at).toBeGreaterThan(NOW);
});

test("a server that no longer knows the record gets everything again", () => {
  const forgotten = after(received, answer(404));
  expect([forgotten.kept, forgotten.receipt]).toEqual([false, null]);
  expect(nextCommand(forgotten)).toEqual({ kind: "ask_blob", sha256: "photo" });
});

test("photos that the server lacks at the commit (409) are sent again", () => {
  const lacking = after(kept, answer(409, { missing: ["photo", "of nobody"] }));
  expect(nextCommand(lacking)).toEqual({ kind: "ask_blob", sha256: "photo" });
  expect(lacking.blobs).toEqual({ photo: { at: "unknown" } });
});

test("other bytes under our number (409) are no reason to give up ours", () => {
  const differs = after(whole, answer(409, { message: "内容不同" }));
  expect([differs.kept, differs.trouble?.kind]).toEqual([false, "differs"]);
  expect(differs.retry_at).toBe(NOW + SLOW);
  expect(nextCommand(differs)).toEqual({ kind: "send_record" });
});

test("quarantine (422): kept, looked after slowly, confirmed when a person takes it", () => {
  const waiting = after(whole, answer(422, { reason: "测评权已收回" }));
  expect([waiting.kept, waiting.review]).toEqual([true, null]);
  const held = after(waiting, answer(422, { state: "quarantined", reason: "测评权已收回" }));
  expect([held.review, held.reason]).toEqual(["quarantined", "测评权已收回"]);
  expect(held.retry_at).toBe(NOW + SLOW);
  const taken = after(held, answer(200, READ));
  expect([taken.review, taken.receipt, taken.confirmed]).toEqual([null, RECEIPT, false]);
  expect(after(taken, answer(200, READ)).confirmed).toBe(true);
});

test("a decision against the record (410) never deletes it", () => {
  const dismissed = after(whole, answer(410, { reason: "重复" }));
  expect([dismissed.review, dismissed.confirmed, dismissed.reason]).toEqual([
    "dismissed",
    false,
    "重复",
  ]);
  expect(after(dismissed, answer(200, { ...READ, state: "dismissed" })).review).toBe("dismissed");
});

test.each([400, 401, 403, 408, 429, 500, 502, 503, 507])(
  "after %i the same is asked later",
  (status) => {
    for (const entry of [sealed, whole, kept, received]) {
      const then = after(entry, answer(status));
      expect(nextCommand(then)).toEqual(nextCommand(entry));
      expect(then.retry_at).toBeGreaterThan(NOW);
    }
  },
);

test("waiting grows, and no longer than five minutes", () => {
  let entry = whole;
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    entry = after(entry, answer(503));
    waits.push(entry.retry_at - NOW);
  }
  expect(waits.slice(0, 4)).toEqual([2000, 4000, 8000, 16000]);
  expect(Math.max(...waits)).toBe(LONGEST);
});

test("an answer to an earlier question changes nothing", () => {
  expect(take(kept, { kind: "send_record" }, answer(410), AT)).toBe(kept);
});
