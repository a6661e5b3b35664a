/** What lies on the phone. Everything is written before the screen says that it is saved. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Bundle } from "../../field-engine/bundle.ts";
import type { Draft } from "../../field-engine/drafts.ts";
import type { Entry } from "../../field-engine/queue.ts";

export interface StoredRound {
  readonly id: string;
  readonly account: string;
  readonly bundle: Bundle;
  readonly etag: string;
  readonly size: number;
  readonly downloaded_at: string;
}

/** `text` is the sealed record, byte for byte; "" once it was confirmed and cleared away. */
export interface StoredRecord {
  readonly id: string;
  readonly round_site: string | null;
  readonly text: string;
  readonly entry: Entry;
}

/** One photo of one visit; its key is the visit and the hash. */
export interface StoredPhoto {
  readonly visit: string;
  readonly sha256: string;
  readonly blob: Blob;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

interface Schema extends DBSchema {
  meta: { key: string; value: unknown };
  rounds: { key: string; value: StoredRound };
  drafts: { key: string; value: Draft };
  records: { key: string; value: StoredRecord };
  photos: { key: [string, string]; value: StoredPhoto };
}

export type Database = IDBPDatabase<Schema>;

const NAME = "chuangwen-field";
const SAFELY = { durability: "strict" } as const;

/** Open the stores. Rejects when the browser keeps none, as in some private windows. */
export function openDatabase(): Promise<Database> {
  return openDB<Schema>(NAME, 1, {
    upgrade(database) {
      database.createObjectStore("meta");
      database.createObjectStore("rounds", { keyPath: "id" });
      database.createObjectStore("drafts", { keyPath: "id" });
      database.createObjectStore("records", { keyPath: "id" });
      database.createObjectStore("photos", { keyPath: ["visit", "sha256"] });
    },
  });
}

/** All photos of a visit. */
export function photosOfVisit(visit: string): IDBKeyRange {
  return IDBKeyRange.bound([visit], [visit, []]);
}

/** Store a draft, and a photo that it gained, in one transaction. */
export async function putDraft(
  database: Database,
  draft: Draft,
  photo?: StoredPhoto,
): Promise<void> {
  const writing = database.transaction(["drafts", "photos"], "readwrite", SAFELY);
  const puts: Promise<unknown>[] = [writing.objectStore("drafts").put(draft)];
  if (photo !== undefined) puts.push(writing.objectStore("photos").put(photo));
  await Promise.all([...puts, writing.done]);
}

/** Store a draft that no longer shows a photo, and drop the photo. */
export async function dropPhoto(database: Database, draft: Draft, sha256: string): Promise<void> {
  const writing = database.transaction(["drafts", "photos"], "readwrite", SAFELY);
  await Promise.all([
    writing.objectStore("drafts").put(draft),
    writing.objectStore("photos").delete([draft.id, sha256]),
    writing.done,
  ]);
}

/** Throw a draft away, as the inspector asked. */
export async function deleteDraft(database: Database, id: string): Promise<void> {
  const writing = database.transaction(["drafts", "photos"], "readwrite", SAFELY);
  await Promise.all([
    writing.objectStore("drafts").delete(id),
    writing.objectStore("photos").delete(photosOfVisit(id)),
    writing.done,
  ]);
}

/** Seal: the record appears and the draft goes, both or neither. */
export async function putSealed(database: Database, record: StoredRecord): Promise<void> {
  const writing = database.transaction(["drafts", "records"], "readwrite", SAFELY);
  await Promise.all([
    writing.objectStore("records").add(record),
    writing.objectStore("drafts").delete(record.id),
    writing.done,
  ]);
}

/** Make room: the photos of a confirmed record go, whatever else can be written. */
export async function clearPhotos(database: Database, visit: string): Promise<void> {
  await database.delete("photos", photosOfVisit(visit));
}

/** Keep the progress of a record; of a confirmed one, text and photos go. */
export async function putProgress(database: Database, entry: Entry): Promise<void> {
  const writing = database.transaction(["records", "photos"], "readwrite", SAFELY);
  const records = writing.objectStore("records");
  const stored = await records.get(entry.manifest.id);
  if (stored !== undefined) {
    const text = entry.confirmed ? "" : stored.text;
    await records.put({ ...stored, text, entry });
    if (entry.confirmed) await writing.objectStore("photos").delete(photosOfVisit(stored.id));
  }
  await writing.done;
}
