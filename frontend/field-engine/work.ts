/** All records of a phone, one connection, one session: what to do now, and when to look again. */
import type { Result } from "./answers.ts";
import { textOf } from "./answers.ts";
import { backoff } from "./backoff.ts";
import { type Command, type Entry, isSafeElsewhere, newEntry, nextCommand } from "./queue.ts";
import type { Manifest } from "./sealing.ts";
import { type Moment, take } from "./transitions.ts";

export type Session =
  | { readonly state: "unknown"; readonly attempts: number; readonly retry_at: number }
  | { readonly state: "in"; readonly account: string }
  | { readonly state: "out" };

export interface Queue {
  readonly entries: readonly Entry[];
  readonly online: boolean;
  readonly session: Session;
}

export type Work =
  | { readonly record: null; readonly command: { readonly kind: "session" } }
  | { readonly record: string; readonly command: Command };

const UNKNOWN: Session = { state: "unknown", attempts: 0, retry_at: 0 };

export function newQueue(entries: readonly Entry[], online: boolean): Queue {
  return { entries, online, session: UNKNOWN };
}

function open(queue: Queue): Entry[] {
  return queue.entries.filter((entry) => nextCommand(entry) !== null);
}

/** Those that may be sent in the present session: a record goes only under its own inspector. */
function sendable(queue: Queue): Entry[] {
  const { session } = queue;
  if (session.state !== "in") return [];
  return open(queue).filter((entry) => entry.manifest.account === session.account);
}

/** The next thing to ask, if anything is due: the record that has waited longest comes first. */
export function nextWork(queue: Queue, now: number): Work | null {
  if (!queue.online || open(queue).length === 0) return null;
  if (queue.session.state === "unknown") {
    const due = queue.session.retry_at <= now;
    return due ? { record: null, command: { kind: "session" } } : null;
  }
  const due = sendable(queue).filter((entry) => entry.retry_at <= now);
  const [first] = due.sort(
    (a, b) => a.retry_at - b.retry_at || (a.manifest.id < b.manifest.id ? -1 : 1),
  );
  const command = first === undefined ? null : nextCommand(first);
  return first === undefined || command === null ? null : { record: first.manifest.id, command };
}

/** When there will be something to do, by the phone's clock; null when only an event can tell. */
export function wakeAt(queue: Queue): number | null {
  if (!queue.online || open(queue).length === 0) return null;
  if (queue.session.state === "unknown") return queue.session.retry_at;
  const times = sendable(queue).map((entry) => entry.retry_at);
  return times.length === 0 ? null : Math.min(...times);
}

function sessionAfter(session: Session, result: Result, at: Moment): Session {
  if (typeof result === "object") {
    if (result.status === 401) return { state: "out" };
    const body = result.body as { account?: unknown } | null;
    const account = result.status === 200 ? textOf(body?.account, "id") : "";
    if (account !== "") return { state: "in", account };
  }
  const attempts = (session.state === "unknown" ? session.attempts : 0) + 1;
  return { state: "unknown", attempts, retry_at: at.now + backoff(attempts, at.chance) };
}

/** Take in what came of a piece of work. */
export function takeResult(queue: Queue, work: Work, result: Result, at: Moment): Queue {
  if (work.record === null) return { ...queue, session: sessionAfter(queue.session, result, at) };
  const { record, command } = work;
  const entries = queue.entries.map((entry) => {
    return entry.manifest.id === record ? take(entry, command, result, at) : entry;
  });
  const status = typeof result === "object" ? result.status : 0;
  if (status === 401) return { ...queue, entries, session: { state: "out" } };
  // The token of forms may have changed, or the account is another one by now.
  return status === 403 ? { ...queue, entries, session: UNKNOWN } : { ...queue, entries };
}

/** Add a record that was just sealed; one that is known already stays as it is. */
export function addSealed(queue: Queue, manifest: Manifest): Queue {
  const known = queue.entries.some((entry) => entry.manifest.id === manifest.id);
  return known ? queue : { ...queue, entries: [...queue.entries, newEntry(manifest)] };
}

/** The network came or went. Whoever waited for the network alone no longer waits. */
export function withNetwork(queue: Queue, online: boolean): Queue {
  if (!online) return { ...queue, online };
  const entries = queue.entries.map((entry) => {
    return entry.trouble?.kind === "no_network" ? { ...entry, retry_at: 0 } : entry;
  });
  const session = queue.session.state === "unknown" ? UNKNOWN : queue.session;
  return { ...queue, online, entries, session };
}

/** 立即同步: nothing waits any longer, and the session is asked for anew. */
export function hurried(queue: Queue): Queue {
  const entries = queue.entries.map((entry) => ({ ...entry, retry_at: 0 }));
  return { ...queue, entries, session: UNKNOWN };
}

/** 已存本机、已上传、已确认: of all sealed records, how many the server keeps, and has confirmed. */
export interface Counters {
  readonly stored: number;
  readonly uploaded: number;
  readonly confirmed: number;
  /** Sealed and nowhere but on this phone. */
  readonly unsent: number;
}

export function countersOf(entries: readonly Entry[]): Counters {
  return {
    stored: entries.length,
    uploaded: entries.filter((entry) => entry.kept).length,
    confirmed: entries.filter((entry) => entry.confirmed).length,
    unsent: entries.filter((entry) => !isSafeElsewhere(entry)).length,
  };
}

/** Logging out is blocked while something sealed is on this phone only. */
export function mayLogOut(entries: readonly Entry[]): boolean {
  return countersOf(entries).unsent === 0;
}
