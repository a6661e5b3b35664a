/** Rounds: the list from the server, downloads, and what they mean for drafts in hand. */
import { ref } from "vue";
import { textOf } from "../../field-engine/answers.ts";
import { type Bundle, isBundle } from "../../field-engine/bundle.ts";
import { notesOnDownload } from "../../field-engine/conflicts.ts";
import type { StoredRound } from "../device/database.ts";
import { ask, askSession, type ListedRound, measuredClock } from "../device/server.ts";
import { database, field, rememberClock, rememberPerson } from "./field.ts";

export const offered = ref<ListedRound[]>([]);
/** What the server said last: null before it was asked. */
export const contact = ref<"fine" | "signed_out" | "forbidden" | "offline" | "failed" | null>(null);

/** Why the server refuses, in its words: rights that ended, or a password that must be changed. */
export const refusal = ref("");

const EXAMPLES = "chuangwen-field-examples";

function noteContact(response: Response | string): response is Response {
  if (typeof response === "string") contact.value = "offline";
  else if (response.status === 401) contact.value = "signed_out";
  else if (response.status === 403) contact.value = "forbidden";
  else contact.value = response.ok || response.status === 304 ? "fine" : "failed";
  return contact.value === "fine";
}

/** Ask who is signed in and which rounds there are for them. */
export async function refreshRounds(): Promise<void> {
  const session = await askSession();
  if (typeof session === "string") {
    contact.value = "offline";
    return;
  }
  if (session.status === 200) {
    const { account } = session.body as { account: { id: string; name: string } };
    await rememberPerson(account);
    await rememberClock(measuredClock());
  }
  const response = await ask("rounds");
  refusal.value =
    typeof response === "object" && response.status === 403 ? await saidIn(response.clone()) : "";
  if (noteContact(response)) {
    const body: unknown = await (response as Response).json().catch(() => null);
    offered.value = Array.isArray(body) ? (body as ListedRound[]) : [];
  }
}

function bare(etag: string): string {
  return etag.replace(/^W\//, "");
}

/** Tell whether the server offers a round otherwise than it lies on the phone: sites, lists, pair. */
export function isOutdated(stored: StoredRound, listed: ListedRound): boolean {
  const told = listed.etag ?? "";
  if (told === "" || stored.etag === "") return stored.bundle.round.version !== listed.version;
  return bare(stored.etag) !== bare(told);
}

async function keepExamples(bundle: Bundle): Promise<void> {
  const lines = bundle.checklists.flatMap(({ groups }) => groups.flatMap((group) => group.lines));
  const addresses = new Set(lines.flatMap((line) => line.examples.map(({ url }) => url)));
  const cache = await caches.open(EXAMPLES);
  // One picture that cannot be had is no reason to go without the round.
  await Promise.allSettled([...addresses].map((address) => cache.add(address)));
}

/** What came of a download: notes for the inspector, or why there is none. */
export type Download = { readonly notes: string[] } | { readonly failure: string };

/** Download a round whole; an unchanged one costs a few bytes. */
export async function downloadRound(id: string): Promise<Download> {
  const { person } = field;
  const had = field.rounds.get(id);
  const same = had !== undefined && had.account === person?.id;
  const response = await ask(
    `rounds/${id}`,
    { headers: same ? { "If-None-Match": had.etag } : {} },
    180_000,
  );
  if (!noteContact(response)) return { failure: await failureOf(response) };
  if (person === null) return { failure: "请先登录。" };
  const downloaded_at = new Date().toISOString();
  if (response.status === 304 && had !== undefined) {
    await store({ ...had, downloaded_at });
    return { notes: [] };
  }
  const text = await response.text().catch(() => "");
  const bundle = parsed(text);
  if (bundle === null) return { failure: "下载没有完成，或服务器的版本与本应用不同。请重试。" };
  await keepExamples(bundle).catch(() => undefined);
  const etag = response.headers.get("ETag") ?? "";
  const size = new Blob([text]).size;
  await store({ id, account: person.id, bundle, etag, size, downloaded_at });
  return { notes: notesOnDownload(bundle, [...field.drafts.values()]) };
}

async function store(round: StoredRound): Promise<void> {
  await database().put("rounds", round);
  field.rounds.set(round.id, round);
}

function parsed(text: string): Bundle | null {
  try {
    const value: unknown = JSON.parse(text);
    return isBundle(value) ? value : null;
  } catch {
    return null;
  }
}

async function failureOf(response: Response | string): Promise<string> {
  if (typeof response === "string") return "没有信号，联网后再下载。";
  if (response.status === 401) return "请重新登录后下载。";
  return (await saidIn(response)) || `服务器没有给出这一轮（${response.status}）。请稍后再试。`;
}

async function saidIn(response: Response): Promise<string> {
  return textOf(await response.json().catch(() => null), "message");
}
