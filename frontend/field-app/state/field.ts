/** Everything the screens show, loaded from the phone's stores and changed through `state/`. */
import { computed, ref, shallowReactive } from "vue";
import type { ClockReading } from "../../field-engine/clock.ts";
import type { Draft } from "../../field-engine/drafts.ts";
import { uuid7 } from "../../field-engine/identifiers.ts";
import { type Storage, type Warning, warningsOf } from "../../field-engine/warnings.ts";
import { countersOf, newQueue, type Queue } from "../../field-engine/work.ts";
import {
  type Database,
  openDatabase,
  type Person,
  type StoredRecord,
  type StoredRound,
} from "../device/database.ts";
import { type LedgerLine, lostRecords } from "../device/ledger.ts";
import { storageState } from "../device/surroundings.ts";

interface State {
  /** The last person who signed in on this phone; visits begun offline are theirs. */
  person: Person | null;
  device: string;
  /** How far the phone's clock was from the server's at the last contact. */
  clock: ClockReading | null;
  rounds: Map<string, StoredRound>;
  drafts: Map<string, Draft>;
  records: Map<string, StoredRecord>;
  queue: Queue;
  storage: Storage;
  lost: LedgerLine[];
}

export const field: State = shallowReactive({
  person: null,
  device: "",
  clock: null,
  rounds: shallowReactive(new Map()),
  drafts: shallowReactive(new Map()),
  records: shallowReactive(new Map()),
  queue: newQueue([], navigator.onLine),
  storage: { persisted: null, quota: null, usage: null },
  lost: [],
});

/** The phone's clock for words such as “24 小时”; moves once a minute. */
export const minute = ref(Date.now());

/** Of a photo that is written anew as JPEG; measured ones are smaller. */
const BYTES_PER_PIXEL = 0.4;

let opened: Database | null = null;

/** The stores. Throws before `loadField`. */
export function database(): Database {
  if (opened === null) throw new Error("the database is not open yet");
  return opened;
}

/** A new number for a visit. */
export function newIdentifier(): string {
  return uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** Open the stores and read them. Rejects when the browser keeps none. */
export async function loadField(): Promise<void> {
  opened = await openDatabase();
  const [rounds, drafts, records, person, device, clock] = await Promise.all([
    opened.getAll("rounds"),
    opened.getAll("drafts"),
    opened.getAll("records"),
    opened.get("meta", "person"),
    opened.get("meta", "device"),
    opened.get("meta", "clock"),
  ]);
  for (const round of rounds) field.rounds.set(round.id, round);
  for (const draft of drafts) field.drafts.set(draft.id, draft);
  for (const record of records) field.records.set(record.id, record);
  field.person = (person as Person | undefined) ?? null;
  field.device = (device as string | undefined) ?? newIdentifier();
  field.clock = (clock as ClockReading | undefined) ?? null;
  if (device === undefined) await remember("device", field.device);
  const entries = records.map(({ entry }) => entry);
  field.queue = newQueue(entries, navigator.onLine);
  field.lost = lostRecords(new Set(records.map(({ id }) => id)));
  setInterval(() => {
    minute.value = Date.now();
    void lookAtStorage();
  }, 60_000);
  await lookAtStorage();
}

export async function lookAtStorage(): Promise<void> {
  field.storage = await storageState();
}

export async function rememberPerson(person: Person | null): Promise<void> {
  const same = field.person?.id === person?.id && field.person?.name === person?.name;
  field.person = person;
  if (!same) await remember("person", person);
}

/** Keep what the last contact said about the phone's clock: days may pass until the next one. */
export async function rememberClock(clock: ClockReading | null): Promise<void> {
  if (clock === null || clock.measured_at === field.clock?.measured_at) return;
  field.clock = clock;
  await remember("clock", clock);
}

/** A full phone must still open, show its records and send them: what is noted here can wait. */
async function remember(key: string, value: unknown): Promise<void> {
  await database()
    .put("meta", value, key)
    .catch((error: unknown) => console.warn(key, error));
}

export const counters = computed(() => countersOf(field.queue.entries));

/** Rounds that the present person downloaded. */
export const ownRounds = computed(() =>
  [...field.rounds.values()].filter(({ account }) => account === field.person?.id),
);

export const warnings = computed<Warning[]>(() => {
  const sizes = ownRounds.value.map(({ bundle: { photo } }) => {
    return Math.min(photo.largest_bytes, photo.long_edge ** 2 * BYTES_PER_PIXEL);
  });
  return warningsOf(field.queue.entries, field.storage, Math.max(0, ...sizes), minute.value);
});
