/** The rescue file: works without network, without a session, and whatever the queue thinks. */
import { Zip, ZipPassThrough } from "fflate";
import { type RescueItem, rescueName, rescueParts } from "../../field-engine/rescue.ts";
import { blobsOf, draftText, type Phone } from "../../field-engine/sealing.ts";
import type { Database } from "./database.ts";
import { bytesOf } from "./photo.ts";

export interface Rescue {
  readonly name: string;
  readonly blob: Blob;
  readonly records: number;
  readonly drafts: number;
  readonly photos: number;
  readonly lost: number;
}

/** How the files of one export are called; several are numbered. */
export function namesOf(device: string, parts: number, now: Date): string[] {
  const when = stamp(now);
  return Array.from({ length: parts }, (_, at) => rescueName(device, when, at + 1, parts));
}

function stamp(now: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}`;
}

/** What each rescue file will hold: every sealed record that is still here, then the drafts. */
export async function planRescue(database: Database, phone: Phone): Promise<RescueItem[][]> {
  const stored = (await database.getAll("records")).filter(({ text }) => text !== "");
  const drafts = await database.getAll("drafts");
  return rescueParts([
    ...stored.map(({ id, entry, text }) => {
      const { blobs } = entry.manifest;
      return { id, isDraft: false, size: bytesIn(text).length, blobs };
    }),
    ...drafts.map((draft) => {
      const size = bytesIn(draftText(draft, phone)).length;
      return { id: draft.id, isDraft: true, size, blobs: blobsOf(draft) };
    }),
  ]);
}

async function textOf(database: Database, item: RescueItem, phone: Phone): Promise<string> {
  if (!item.isDraft) return (await database.get("records", item.record))?.text ?? "";
  const draft = await database.get("drafts", item.record);
  return draft === undefined ? "" : draftText(draft, phone);
}

function bytesIn(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Pack one file, everything as it is. What was confirmed and cleared away meanwhile is left out. */
export async function packRescue(
  database: Database,
  items: readonly RescueItem[],
  name: string,
  phone: Phone,
): Promise<Rescue> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(chunk.slice());
  });
  const counts = { records: 0, drafts: 0, photos: 0, lost: 0 };
  for (const item of items) {
    const text = await textOf(database, item, phone);
    if (text === "") continue;
    const bytes =
      item.blob === null ? bytesIn(text) : await photoBytes(database, item.record, item.blob);
    if (bytes === null) {
      counts.lost += 1;
      continue;
    }
    const file = new ZipPassThrough(item.path); // photos are compressed already
    zip.add(file);
    file.push(bytes, true);
    if (item.blob !== null) counts.photos += 1;
    else if (item.isDraft) counts.drafts += 1;
    else counts.records += 1;
  }
  zip.end();
  const blob = new Blob(parts, { type: "application/zip" });
  return { name, blob, ...counts };
}

async function photoBytes(
  database: Database,
  visit: string,
  sha256: string,
): Promise<Uint8Array | null> {
  const photo = await database.get("photos", [visit, sha256]);
  const bytes = await bytesOf(photo?.blob, sha256);
  return bytes === null ? null : new Uint8Array(bytes);
}

/** Hand a file to the browser's downloads. */
export function saveFile(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
