/** How one answer changes what is known of a record. Late answers to old questions change nothing. */
import {
  type Answer,
  missingOf,
  type Result,
  readBackFits,
  reasonOf,
  receiptFits,
  receiptIn,
  receiptWithin,
  textOf,
} from "./answers.ts";
import { backoff, SLOW } from "./backoff.ts";
import {
  type BlobState,
  type Command,
  type Entry,
  goneOf,
  lostOf,
  nextCommand,
  type Review,
  type Trouble,
} from "./queue.ts";

export interface Moment {
  readonly now: number;
  /** Between 0 and 1; spreads the next attempts of many phones. */
  readonly chance: number;
}

const SIGNED_OUT = new Set([401, 403]);
const UNTAKEN = new Set([413, 415]);

function onward(entry: Entry, change: Partial<Entry>): Entry {
  return { ...entry, attempts: 0, retry_at: 0, trouble: null, ...change };
}

function later(entry: Entry, trouble: Trouble, at: Moment, change: Partial<Entry> = {}): Entry {
  const attempts = entry.attempts + 1;
  const retry_at = at.now + backoff(attempts, at.chance);
  return { ...entry, ...change, attempts, retry_at, trouble };
}

function slowly(entry: Entry, trouble: Trouble | null, at: Moment, change: Partial<Entry>): Entry {
  const retry_at = at.now + Math.round(SLOW * (0.5 + at.chance / 2));
  return { ...entry, trouble, ...change, attempts: entry.attempts + 1, retry_at };
}

function withBlob(entry: Entry, sha256: string, blob: BlobState): Pick<Entry, "blobs"> {
  return { blobs: { ...entry.blobs, [sha256]: blob } };
}

function refusal(answer: Answer): Trouble {
  return { kind: "server", status: answer.status, message: reasonOf(answer.body) };
}

/** What the server lacks has to be asked for again, lost or not; nothing else changes. */
function lacking(entry: Entry, missing: readonly string[]): Pick<Entry, "blobs"> {
  const again = missing.filter((sha256) => sha256 in entry.blobs);
  const asked = Object.fromEntries(
    again.map((sha256): [string, BlobState] => [sha256, { at: "unknown" }]),
  );
  return { blobs: { ...entry.blobs, ...asked } };
}

/** The server does not know the record: everything begins anew. */
function fromTheStart(entry: Entry): Partial<Entry> {
  return {
    ...lacking(entry, Object.keys(entry.blobs)),
    kept: false,
    review: null,
    again: false,
    reason: "",
    receipt: null,
  };
}

function onAskBlob(entry: Entry, sha256: string, answer: Answer, at: Moment): Entry {
  if (answer.status === 200) return onward(entry, withBlob(entry, sha256, { at: "whole" }));
  if (answer.status !== 404) return later(entry, refusal(answer), at);
  return { ...entry, ...withBlob(entry, sha256, partly(entry, sha256, answer.offset ?? 0)) };
}

function partly(entry: Entry, sha256: string, offset: number): BlobState {
  const size = entry.manifest.blobs.find((blob) => blob.sha256 === sha256)?.size ?? 0;
  const sensible = Number.isSafeInteger(offset) && offset > 0 && offset < size;
  return { at: "partly", offset: sensible ? offset : 0 };
}

function onSendBlob(
  entry: Entry,
  command: Extract<Command, { kind: "send_blob" }>,
  answer: Answer,
  at: Moment,
): Entry {
  const { sha256, from } = command;
  const { status, offset } = answer;
  if (status === 200 || status === 201) {
    return onward(entry, withBlob(entry, sha256, { at: "whole" }));
  }
  if (status === 202 && offset !== null && offset > from && offset < command.size) {
    return onward(entry, withBlob(entry, sha256, { at: "partly", offset }));
  }
  if (UNTAKEN.has(status)) {
    const message = reasonOf(answer.body);
    return onward(entry, withBlob(entry, sha256, { at: "refused", message }));
  }
  // 409 names the place to go on from, 422 threw away what had come: in doubt the server is asked.
  const known = status === 409 && offset !== null && offset !== from;
  const next = known ? partly(entry, sha256, offset) : ({ at: "unknown" } as const);
  return later(entry, refusal(answer), at, withBlob(entry, sha256, next));
}

function onSendRecord(entry: Entry, answer: Answer, at: Moment): Entry {
  switch (answer.status) {
    case 200:
    case 201:
      return onward(entry, { kept: true, ...stillMissing(entry, answer, at) });
    case 422:
      // Kept for a person to look at; the commit tells whether anything else is missing.
      return onward(entry, { kept: true, reason: reasonOf(answer.body) });
    case 410:
      return dismissed(entry, answer, at);
    case 409:
      return slowly(entry, { kind: "differs", message: reasonOf(answer.body) }, at, {});
    default:
      return later(entry, refusal(answer), at);
  }
}

/** A photo that the server had and now lacks: asked for again, and not in a hurry. */
function stillMissing(entry: Entry, answer: Answer, at: Moment): Partial<Entry> {
  const lost = new Set(lostOf(entry));
  const missing = missingOf(answer.body).filter((sha256) => !lost.has(sha256));
  if (missing.length === 0) return {};
  const attempts = entry.attempts + 1;
  return { ...lacking(entry, missing), attempts, retry_at: at.now + backoff(attempts, at.chance) };
}

function dismissed(entry: Entry, answer: Answer, at: Moment): Entry {
  return reviewed(entry, "dismissed", answer, at);
}

function quarantined(entry: Entry, answer: Answer, at: Moment): Entry {
  return reviewed(entry, "quarantined", answer, at);
}

function reviewed(entry: Entry, review: Review, answer: Answer, at: Moment): Entry {
  const reason = reasonOf(answer.body) || entry.reason;
  return slowly(entry, null, at, { kept: true, review, reason, again: false, receipt: null });
}

function onCommit(entry: Entry, answer: Answer, at: Moment): Entry {
  switch (answer.status) {
    case 200: {
      const receipt = receiptIn(answer.body);
      if (receipt !== null && receiptFits(receipt, entry.manifest, goneOf(entry))) {
        return onward(entry, { receipt, review: null, again: false, reason: "" });
      }
      return slowly(entry, { kind: "receipt_differs" }, at, {});
    }
    case 404:
      return later(entry, refusal(answer), at, fromTheStart(entry));
    case 409: {
      const missing = missingOf(answer.body);
      return later(entry, refusal(answer), at, lacking(entry, missing));
    }
    case 410:
      return dismissed(entry, answer, at);
    case 422:
      return quarantined(entry, answer, at);
    default:
      return later(entry, refusal(answer), at);
  }
}

function onReadBack(entry: Entry, answer: Answer, at: Moment): Entry {
  if (answer.status === 404) return later(entry, refusal(answer), at, fromTheStart(entry));
  if (answer.status === 410) return dismissed(entry, answer, at);
  if (answer.status !== 200) return later(entry, refusal(answer), at);
  const state = textOf(answer.body, "state");
  if (state === "dismissed") return dismissed(entry, answer, at);
  // A person may have taken it, or photos may come after all: the commit knows.
  if (state !== "committed") return afterReview(entry, answer, at);
  const receipt = receiptWithin(answer.body);
  const fits = receipt !== null && receiptFits(receipt, entry.manifest, goneOf(entry));
  if (!fits || !readBackFits(answer.body, entry.manifest, goneOf(entry))) {
    return slowly(entry, { kind: "receipt_differs" }, at, { receipt: null, again: true });
  }
  if (entry.receipt === null) {
    return onward(entry, { receipt, review: null, again: false, reason: "" });
  }
  if (entry.receipt.mac !== receipt.mac) {
    return slowly(entry, { kind: "receipt_differs" }, at, { receipt: null });
  }
  return onward(entry, { confirmed: true, reason: "" });
}

function afterReview(entry: Entry, answer: Answer, at: Moment): Entry {
  const offered = { ...lacking(entry, lostOf(entry)), again: true, receipt: null };
  if (entry.review === "quarantined") return { ...entry, ...offered };
  return later(entry, refusal(answer), at, offered);
}

/** The same question: an answer to another one came late or twice. */
function isSame(a: Command | null, b: Command): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b);
}

/** Take in what came of a command. */
export function take(entry: Entry, command: Command, result: Result, at: Moment): Entry {
  if (!isSame(nextCommand(entry), command)) return entry;
  if (result === "offline" || result === "timeout") {
    return later(entry, { kind: "no_network" }, at, unsure(entry, command));
  }
  if (result === "record_unreadable") return slowly(entry, { kind: "unreadable" }, at, {});
  if (result === "photo_gone") {
    if (command.kind !== "send_blob") return entry;
    return onward(entry, withBlob(entry, command.sha256, { at: "gone" }));
  }
  if (SIGNED_OUT.has(result.status)) return later(entry, refusal(result), at);
  switch (command.kind) {
    case "ask_blob":
      return onAskBlob(entry, command.sha256, result, at);
    case "send_blob":
      return onSendBlob(entry, command, result, at);
    case "send_record":
      return onSendRecord(entry, result, at);
    case "commit":
      return onCommit(entry, result, at);
    case "read_back":
      return onReadBack(entry, result, at);
  }
}

/** A photo on whose way the line broke may have arrived in part: the server is asked how far. */
function unsure(entry: Entry, command: Command): Partial<Entry> {
  return command.kind === "send_blob" ? withBlob(entry, command.sha256, { at: "unknown" }) : {};
}
