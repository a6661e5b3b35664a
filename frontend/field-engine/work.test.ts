// @vitest-environment node
import { expect, test } from "vitest";
import type { Manifest } from "./sealing.ts";
import {
  addSealed,
  countersOf,
  hurried,
  mayLogOut,
  newQueue,
  nextWork,
  takeResult,
  wakeAt,
  withNetwork,
} from "./work.ts";

const AT = { now: 1000, chance: 1 };

function manifest(id: string, account = "me"): Manifest {
  const sealed_at = "2021-09-15T08:00:00Z";
  return { id, sha256: "hash", round: "round", account, title: id, sealed_at, blobs: [] };
}

function queueOf(...manifests: Manifest[]) {
  return manifests.reduce(addSealed, newQueue([], true));
}

function signedIn(queue: ReturnType<typeof queueOf>, account = "me") {
  const work = nextWork(queue, 0);
  if (work === null) throw new Error("the session is asked for first");
  return takeResult(
    queue,
    work,
    { status: 200, offset: null, body: { account: { id: account } } },
    AT,
  );
}

test("the session is asked for first, and only when there is something to send", () => {
  expect(nextWork(queueOf(), 0)).toBeNull();
  expect(nextWork(queueOf(manifest("a")), 0)?.command).toEqual({ kind: "session" });
});

test("records go only under the account that sealed them", () => {
  const queue = signedIn(queueOf(manifest("a", "other"), manifest("b")));
  expect(nextWork(queue, 0)?.record).toBe("b");
  expect(nextWork(signedIn(queueOf(manifest("a", "other"))), 0)).toBeNull();
});

test("without a session or a network everything waits for an event", () => {
  const queue = signedIn(queueOf(manifest("a")));
  const work = nextWork(queue, 0);
  if (work === null) throw new Error("there is work");
  const out = takeResult(queue, work, { status: 401, offset: null, body: null }, AT);
  expect([nextWork(out, 10 ** 12), wakeAt(out)]).toEqual([null, null]);
  expect(nextWork(hurried(out), 0)?.command).toEqual({ kind: "session" });
  const offline = withNetwork(queue, false);
  expect([nextWork(offline, 0), wakeAt(offline)]).toEqual([null, null]);
});

test("whoever waited for the network goes on when it is back; others wait their time", () => {
  const queue = signedIn(queueOf(manifest("a"), manifest("b")));
  const first = nextWork(queue, 0);
  if (first === null) throw new Error("there is work");
  const broken = takeResult(queue, first, "offline", AT);
  const second = nextWork(broken, 0);
  if (second === null) throw new Error("the other one is not held up");
  const busy = takeResult(broken, second, { status: 503, offset: null, body: null }, AT);
  expect(nextWork(busy, 1500)).toBeNull();
  expect(nextWork(withNetwork(busy, true), 1500)?.record).toBe(first.record);
  expect(wakeAt(busy)).toBe(3000);
});

test("a refused token (403) leads to a new session", () => {
  const queue = signedIn(queueOf(manifest("a")));
  const work = nextWork(queue, 0);
  if (work === null) throw new Error("there is work");
  const refused = takeResult(queue, work, { status: 403, offset: null, body: null }, AT);
  expect(nextWork(refused, 0)?.command).toEqual({ kind: "session" });
});

test("nobody logs out while something sealed is nowhere else", () => {
  const queue = queueOf(manifest("a"));
  expect(mayLogOut(queue.entries)).toBe(false);
  expect(countersOf(queue.entries)).toEqual({ stored: 1, uploaded: 0, confirmed: 0, unsent: 1 });
  const held = queue.entries.map((entry) => ({
    ...entry,
    kept: true,
    review: "quarantined" as const,
  }));
  expect(mayLogOut(held)).toBe(true);
  expect(mayLogOut([])).toBe(true);
});
