// @vitest-environment node
/** Random histories: nothing unconfirmed is ever purgeable, and a healed network ends in 已确认. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Result } from "./answers.ts";
import { CHUNK, type Entry, isPurgeable, lostOf, nextCommand } from "./queue.ts";
import type { Manifest } from "./sealing.ts";
import { ModelServer } from "./testing/model-server.ts";
import { take } from "./transitions.ts";
import {
  addSealed,
  countersOf,
  hurried,
  newQueue,
  nextWork,
  type Queue,
  takeResult,
  wakeAt,
  withNetwork,
} from "./work.ts";

const RUNS = Number(process.env["FIELD_ENGINE_RUNS"] ?? 400);
const SIZES = [1, 300_000, CHUNK, CHUNK + 1, 3 * CHUNK + 7];

const manifests: fc.Arbitrary<Manifest[]> = fc
  .array(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(...SIZES)), { maxLength: 4 }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((records) =>
    records.map((photos, at) => ({
      id: `record-${at}`,
      sha256: `hash-${at}`,
      round: "round",
      account: "me",
      title: `点位 ${at}`,
      sealed_at: "2021-09-15T08:00:00Z",
      blobs: [
        ...new Map(photos.map(([name]) => [`photo-${name}`, SIZES[name % SIZES.length] ?? 1])),
      ].map(([sha256, size]) => ({ sha256, size })),
    })),
  );

type Fate =
  | "arrives"
  | "request_lost"
  | "answer_lost"
  | "timeout"
  | "server_error"
  | "signed_out"
  | "forbidden"
  | "spoiled"
  | "twice";
type Happening =
  | { kind: "step"; fate: Fate; chance: number }
  | { kind: "network"; online: boolean }
  | { kind: "time"; seconds: number }
  | { kind: "hurry" }
  | { kind: "killed" }
  | { kind: "server_forgets"; record: number };

const fates = fc.constantFrom<Fate>(
  "arrives",
  "arrives",
  "arrives",
  "request_lost",
  "answer_lost",
  "timeout",
  "server_error",
  "signed_out",
  "forbidden",
  "spoiled",
  "twice",
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("step" as const),
      fate: fates,
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("network" as const), online: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("time" as const),
      seconds: fc.integer({ min: 1, max: 2000 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "hurry" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "killed" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("server_forgets" as const),
      record: fc.integer({ min: 0, max: 2 }),
    }),
  },
);

/** A phone, the model of the server, and a clock. Confirmed records are deleted at once. */
class World {
  readonly server = new ModelServer();
  readonly deleted = new Set<string>();
  readonly gone: ReadonlySet<string>;
  now = Date.parse("2021-09-15T08:00:00Z");
  queue: Queue;

  constructor(sealed: readonly Manifest[], gone: readonly string[] = []) {
    this.queue = sealed.reduce(addSealed, newQueue([], true));
    this.gone = new Set(gone);
  }

  step(fate: Fate, chance: number): boolean {
    const work = nextWork(this.queue, this.now);
    if (work === null) return false;
    const result = this.result(work, fate);
    this.queue = takeResult(this.queue, work, result, { now: this.now, chance });
    if (fate === "twice") {
      this.queue = takeResult(this.queue, work, result, { now: this.now, chance });
    }
    this.purge();
    return true;
  }

  private result(work: NonNullable<ReturnType<typeof nextWork>>, fate: Fate): Result {
    if (fate === "request_lost") return "offline";
    if (fate === "signed_out" || fate === "forbidden" || fate === "server_error") {
      const status = { signed_out: 401, forbidden: 403, server_error: 503 }[fate];
      return { status, offset: null, body: null };
    }
    const answer = this.reply(work, fate === "spoiled");
    return fate === "answer_lost" ? "offline" : fate === "timeout" ? "timeout" : answer;
  }

  private reply(work: NonNullable<ReturnType<typeof nextWork>>, spoiled: boolean): Result {
    if (work.record === null) {
      return { status: 200, offset: null, body: { account: { id: "me", name: "我" }, csrf: "c" } };
    }
    const entry = this.queue.entries.find(({ manifest }) => manifest.id === work.record);
    if (entry === undefined) throw new Error("work for a record that is not there");
    const { command } = work;
    if (command.kind === "send_blob" && this.gone.has(command.sha256)) return "photo_gone";
    return this.server.serve(entry.manifest, command, spoiled);
  }

  private purge(): void {
    for (const entry of this.queue.entries.filter(isPurgeable)) {
      if (this.deleted.has(entry.manifest.id)) continue;
      expect(this.server.holds(entry.manifest), "the server holds what the phone deletes").toBe(
        true,
      );
      for (const { sha256 } of entry.manifest.blobs) {
        const held = this.server.whole.has(sha256) || this.gone.has(sha256);
        expect(held, "and every photo of it that there was").toBe(true);
      }
      this.deleted.add(entry.manifest.id);
    }
  }

  happen(what: Happening): void {
    if (what.kind === "step") this.step(what.fate, what.chance);
    if (what.kind === "network") this.queue = withNetwork(this.queue, what.online);
    if (what.kind === "time") this.now += what.seconds * 1000;
    if (what.kind === "hurry") this.queue = hurried(this.queue);
    if (what.kind === "killed") {
      // All that survives is what the app stored: plain data.
      this.queue = newQueue(JSON.parse(JSON.stringify(this.queue.entries)) as Entry[], true);
    }
    if (what.kind === "server_forgets") {
      const id = `record-${what.record}`;
      // A server restored from an older backup; what phones have deleted by then is its to keep.
      if (!this.deleted.has(id)) this.server.records.delete(id);
    }
  }

  /** The network is there again and the inspector has signed in. */
  heal(): void {
    this.queue = hurried(withNetwork(this.queue, true));
    for (let steps = 0; steps < 500; steps += 1) {
      if (this.step("arrives", 0.5)) continue;
      const next = wakeAt(this.queue);
      if (next === null) return;
      if (this.queue.entries.every(({ confirmed, review }) => confirmed || review !== null)) return;
      this.now = Math.max(next, this.now + 1);
    }
    throw new Error("the queue never comes to rest");
  }
}

test("whatever the network does, nothing unconfirmed is deleted and all ends confirmed", () => {
  fc.assert(
    fc.property(manifests, fc.array(happening, { maxLength: 120 }), (sealed, history) => {
      const world = new World(sealed);
      for (const what of history) world.happen(what);
      world.heal();
      expect(world.deleted.size).toBe(sealed.length);
      expect(countersOf(world.queue.entries)).toEqual({
        stored: sealed.length,
        uploaded: sealed.length,
        confirmed: sealed.length,
        unsent: 0,
      });
    }),
    { numRuns: RUNS },
  );
});

test("photos that the phone lost are reported, and a person's decision ends the record", () => {
  fc.assert(
    fc.property(
      manifests,
      fc.array(happening, { maxLength: 60 }),
      fc.boolean(),
      (sealed, history, taken) => {
        const world = new World(sealed, ["photo-0", "photo-3"]);
        for (const what of history) {
          if (what.kind !== "server_forgets") world.happen(what);
        }
        world.heal();
        const lossy = sealed.filter(({ blobs }) =>
          blobs.some(({ sha256 }) => world.gone.has(sha256)),
        );
        for (const { manifest, review, confirmed } of world.queue.entries) {
          const isLossy = lossy.some(({ id }) => id === manifest.id);
          expect([review, confirmed]).toEqual(isLossy ? ["quarantined", false] : [null, true]);
        }
        for (const { id } of lossy) world.server.decide(id, taken);
        world.now += 3600_000;
        world.heal();
        const left = world.queue.entries.filter(({ manifest: { id } }) =>
          lossy.some((one) => one.id === id),
        );
        for (const entry of left) {
          expect(lostOf(entry).every((sha256) => world.gone.has(sha256))).toBe(true);
          expect([entry.confirmed, entry.review]).toEqual(
            taken ? [true, null] : [false, "dismissed"],
          );
          expect(world.deleted.has(entry.manifest.id)).toBe(taken);
        }
      },
    ),
    { numRuns: RUNS / 2 },
  );
});

const nonsense: fc.Arbitrary<Result> = fc.oneof(
  fc.constantFrom<Result>("offline", "timeout", "record_unreadable"),
  fc.record({
    status: fc.constantFrom(
      200,
      201,
      202,
      400,
      403,
      404,
      408,
      409,
      410,
      413,
      415,
      422,
      429,
      500,
      502,
      503,
      507,
    ),
    offset: fc.oneof(fc.constant(null), fc.integer({ min: -5, max: 4 * CHUNK })),
    body: fc.oneof(
      fc.anything(),
      fc.record({
        state: fc.constantFrom("waiting", "committed", "quarantined", "dismissed"),
        missing: fc.subarray(["photo-0", "photo-1", "photo-2"]),
        reason: fc.string(),
      }),
      fc.record({
        record: fc.constantFrom("record-0", "record-9"),
        sha256: fc.constantFrom("hash-0", "hash-9"),
        blobs: fc.subarray(["photo-0", "photo-1", "photo-2"]),
        committed_at: fc.constant("2021-09-15T09:00:00Z"),
        mac: fc.string(),
      }),
    ),
  }),
);

test("a server that answers nonsense never makes the phone delete, nor gets it stuck", () => {
  fc.assert(
    fc.property(manifests, fc.array(nonsense, { maxLength: 60 }), (sealed, answers) => {
      const world = new World(sealed);
      for (const result of answers) {
        world.now += 3_600_000;
        const [entry] = world.queue.entries;
        const command = entry === undefined ? null : nextCommand(entry);
        if (entry === undefined || command === null) break;
        const after = take(entry, command, result, { now: world.now, chance: 0.5 });
        expect(after.confirmed, "a read that shows no receipt of ours confirms nothing").toBe(
          false,
        );
        world.queue = { ...world.queue, entries: [after, ...world.queue.entries.slice(1)] };
      }
      for (let day = 0; day < 3; day += 1) {
        world.now += 86_400_000;
        world.heal();
        // What nonsense said about a review is not what the server knows.
        world.now += 3_600_000;
        for (let steps = 0; steps < 500 && world.step("arrives", 0.5); steps += 1);
      }
      expect(world.deleted.size).toBe(sealed.length);
    }),
    { numRuns: RUNS },
  );
});
