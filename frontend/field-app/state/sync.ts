/** Drives the queue of the engine: does what it asks for, stores what it learnt, sleeps till then. */
import { ref } from "vue";
import type { Result } from "../../field-engine/answers.ts";
import type { Command, Entry } from "../../field-engine/queue.ts";
import {
  hurried,
  nextWork,
  takeResult,
  type Work,
  wakeAt,
  withNetwork,
} from "../../field-engine/work.ts";
import { clearPhotos, putProgress, type StoredRecord } from "../device/database.ts";
import { strikeOut } from "../device/ledger.ts";
import { bytesOf } from "../device/photo.ts";
import { askSession, measuredClock, perform } from "../device/server.ts";
import { database, field, lookAtStorage, rememberClock, rememberPerson } from "./field.ts";

export const syncing = ref(false);
let timer: ReturnType<typeof setTimeout> | undefined;

/** The bytes that a command sends, or why there are none. */
async function bodyFor(
  record: StoredRecord,
  command: Command,
): Promise<BodyInit | null | "photo_gone" | "record_unreadable"> {
  if (command.kind === "send_record") return record.text || "record_unreadable";
  if (command.kind !== "send_blob") return null;
  const photo = await database()
    .get("photos", [record.id, command.sha256])
    .catch(() => undefined);
  const bytes = await bytesOf(photo?.blob, command.sha256);
  return bytes === null ? "photo_gone" : bytes.slice(command.from, command.to);
}

async function resultOf(work: Work): Promise<Result> {
  if (work.record === null) return askSession();
  const record = field.records.get(work.record);
  if (record === undefined) return "record_unreadable";
  const body = await bodyFor(record, work.command);
  if (body === "photo_gone" || body === "record_unreadable") return body;
  return perform(work.record, work.command, body);
}

/** Keep what was learnt of a record; a confirmed one is cleared away here and nowhere else. */
async function keep(entry: Entry): Promise<void> {
  try {
    await putProgress(database(), entry);
  } catch (error) {
    // A full phone: it goes on from memory, and after a restart from an earlier, still true state.
    console.warn("现场记录的进度没有写下", error);
    if (entry.confirmed) await clearPhotos(database(), entry.manifest.id).catch(console.warn);
  }
  const stored = field.records.get(entry.manifest.id);
  if (stored === undefined) return;
  const text = entry.confirmed ? "" : stored.text;
  field.records.set(entry.manifest.id, { ...stored, text, entry });
  if (entry.confirmed) strikeOut(entry.manifest.id);
}

async function step(work: Work): Promise<void> {
  const result = await resultOf(work);
  field.queue = takeResult(field.queue, work, result, { now: Date.now(), chance: Math.random() });
  if (work.record !== null) {
    const entry = field.queue.entries.find(({ manifest }) => manifest.id === work.record);
    if (entry !== undefined) await keep(entry);
  } else if (typeof result === "object" && result.status === 200) {
    const account = (result.body as { account?: { id: string; name: string } } | null)?.account;
    if (account !== undefined) await rememberPerson(account);
    await rememberClock(measuredClock());
  }
}

/** Work until nothing is due, then sleep until something is. Never runs twice at a time. */
export async function sync(): Promise<void> {
  if (syncing.value) return;
  syncing.value = true;
  clearTimeout(timer);
  try {
    for (let work = nextWork(field.queue, Date.now()); work !== null; ) {
      await step(work);
      work = nextWork(field.queue, Date.now());
    }
  } catch (error) {
    // The phone could not note what it learnt; it knows less than the server, which is safe.
    console.warn("现场记录的进度没有写下，稍后再试", error);
  } finally {
    syncing.value = false;
    const next = wakeAt(field.queue);
    if (next !== null) timer = setTimeout(() => void sync(), Math.max(500, next - Date.now()));
    void lookAtStorage();
  }
}

/** 立即同步. */
export function syncNow(): Promise<void> {
  field.queue = hurried(field.queue);
  return sync();
}

function hearNetwork(): void {
  field.queue = withNetwork(field.queue, navigator.onLine);
  void sync();
}

/** Begin, and go on whenever the network or the screen comes back. */
export function startSync(): void {
  window.addEventListener("online", hearNetwork);
  window.addEventListener("offline", hearNetwork);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void sync();
  });
  void syncNow();
}
