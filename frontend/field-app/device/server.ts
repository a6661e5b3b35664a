/** Speaking HTTP as docs/field-sync.md has it. No decision is made here: the engine makes them. */
import type { Answer, Result } from "../../field-engine/answers.ts";
import type { RoundSummary } from "../../field-engine/bundle.ts";
import { type ClockReading, readClock } from "../../field-engine/clock.ts";
import type { Command } from "../../field-engine/queue.ts";
import type { Person } from "./database.ts";

export interface ServerSession {
  readonly account: Person;
  readonly csrf: string;
  readonly server_time: string;
}
export interface ListedRound extends RoundSummary {
  readonly sites: number;
  /** Of all that a download holds; servers of before did not tell it. */
  readonly etag?: string;
}
export type Failure = "offline" | "timeout";

const SHORT = 30_000;
const LONG = 180_000;

let root = "/api/field/v1/";
let csrf = "";
let clock: ClockReading | null = null;

/** Where the server answers; the page says it. */
export function setRoot(address: string): void {
  root = address;
}

export function setToken(token: string): void {
  csrf = token;
}

export function currentToken(): string {
  return csrf;
}

/** Send one request. A sign-in page of some Wi-Fi in between counts as no network. */
export async function ask(
  path: string,
  init: RequestInit = {},
  limit = SHORT,
): Promise<Response | Failure> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), limit);
  try {
    return await fetch(`${root}${path}`, {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      ...init,
      headers: { "X-CSRFToken": csrf, ...init.headers },
      signal: abort.signal,
    });
  } catch {
    return abort.signal.aborted ? "timeout" : "offline";
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf(response: Response | Failure): Promise<Answer | Failure> {
  if (typeof response === "string") return response;
  const said = response.headers.get("Upload-Offset");
  const body: unknown = await response.json().catch(() => null);
  return { status: response.status, offset: said === null ? null : Number(said), body };
}

/** What the last answer of the server said about the phone's clock; null before the first one. */
export function measuredClock(): ClockReading | null {
  return clock;
}

/** GET session; remembers the token for later requests, and how far the clocks are apart. */
export async function askSession(): Promise<Answer | Failure> {
  const sent = Date.now();
  const answer = await answerOf(await ask("session"));
  if (typeof answer === "object" && answer.status === 200) {
    const session = answer.body as ServerSession | null;
    setToken(session?.csrf ?? "");
    clock = readClock(session?.server_time, sent, Date.now()) ?? clock;
  }
  return answer;
}

function requestOf(record: string, command: Command, body: BodyInit | null): [string, RequestInit] {
  switch (command.kind) {
    case "ask_blob":
      return [`blobs/${command.sha256}`, { method: "HEAD" }];
    case "send_blob": {
      const { from, to, size } = command;
      const whole = from === 0 && to === size;
      const range = `bytes ${from}-${to - 1}/${size}`;
      const headers = {
        "Content-Type": "application/octet-stream",
        ...(whole ? {} : { "Content-Range": range }),
      };
      return [`blobs/${command.sha256}`, { method: "PUT", body, headers }];
    }
    case "send_record":
      return [`records/${record}`, { method: "PUT", body, headers: JSON_TYPE }];
    case "commit": {
      const lost = JSON.stringify({ lost: command.lost });
      return [`records/${record}/commit`, { method: "POST", body: lost, headers: JSON_TYPE }];
    }
    case "read_back":
      return [`records/${record}`, {}];
  }
}

const JSON_TYPE = { "Content-Type": "application/json" };

/** Carry out a command of the queue; `body` is what it sends, if anything. */
export async function perform(
  record: string,
  command: Command,
  body: BodyInit | null,
): Promise<Result> {
  const [path, init] = requestOf(record, command, body);
  return answerOf(await ask(path, init, command.kind === "send_blob" ? LONG : SHORT));
}
