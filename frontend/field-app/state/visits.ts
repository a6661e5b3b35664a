/** Drafts and sealing: every change is on the phone before anything else happens. */
import { ref } from "vue";
import type { Checklist, PhotoSettings, Site } from "../../field-engine/bundle.ts";
import { type SealedVisit, type Start, startAt } from "../../field-engine/conflicts.ts";
import {
  addPhoto,
  type Draft,
  type DraftPhoto,
  newDraft,
  removePhoto,
  setPosition,
} from "../../field-engine/drafts.ts";
import { newEntry } from "../../field-engine/queue.ts";
import { seal } from "../../field-engine/sealing.ts";
import { addSealed } from "../../field-engine/work.ts";
import { deleteDraft, dropPhoto, putDraft, putSealed } from "../device/database.ts";
import { sha256 } from "../device/hashing.ts";
import { noteSealed } from "../device/ledger.ts";
import { positionNow } from "../device/location.ts";
import { bytesOf, type Taken } from "../device/photo.ts";
import { database, field, newIdentifier } from "./field.ts";
import { sync } from "./sync.ts";

/** What could not be written, in words; "" while all is well. */
export const unsaved = ref("");
export const DEFAULT_PHOTO: PhotoSettings = {
  long_edge: 1600,
  quality: 80,
  largest_bytes: 5_000_000,
};

export function now(): string {
  return new Date().toISOString();
}

let writing: Promise<unknown> = Promise.resolve();

/** Writes go one after the other, so that an older draft never lands on a newer one. */
function inTurn<T>(write: () => Promise<T>): Promise<T> {
  const next = writing.then(write, write);
  writing = next.catch(() => undefined);
  return next;
}

function wordsFor(error: unknown): string {
  const full = error instanceof DOMException && error.name === "QuotaExceededError";
  const why = full ? "手机空间不足" : "浏览器没有写入";
  return `没有存下：${why}。请先同步或清理手机，再改一次。`;
}

/** Show a change at once and store it; false when the phone could not. */
export async function saveDraft(draft: Draft): Promise<boolean> {
  field.drafts.set(draft.id, draft);
  try {
    await inTurn(() => putDraft(database(), draft));
    unsaved.value = "";
    return true;
  } catch (error) {
    unsaved.value = wordsFor(error);
    return false;
  }
}

function sealedVisits(): SealedVisit[] {
  return [...field.records.values()].map(({ entry, round_site }) => ({ entry, round_site }));
}

/** What beginning at a site means now. */
export function startOf(site: Site): Start {
  return startAt(site.id, field.person?.id ?? "", [...field.drafts.values()], sealedVisits());
}

/** Begin a visit; without a site, at a place outside the register. */
export async function beginVisit(
  round: string,
  site: Site | null,
  checklist: Checklist | null,
): Promise<Draft> {
  const account = field.rounds.get(round)?.account ?? field.person?.id ?? "";
  const draft = newDraft({ id: newIdentifier(), round, account, site, checklist }, now());
  await saveDraft(draft);
  return draft;
}

/** Keep a photo with the draft that shows it, both or neither; false when the phone could not. */
export async function keepPhoto(draft: Draft, line: string | null, taken: Taken): Promise<boolean> {
  const position = positionNow();
  const photo: DraftPhoto = {
    sha256: taken.sha256,
    size: taken.blob.size,
    line,
    taken_at: now(),
    longitude: position?.longitude ?? null,
    latitude: position?.latitude ?? null,
  };
  try {
    await inTurn(async () => {
      const shown = field.drafts.get(draft.id) ?? draft;
      const next = addPhoto(setPosition(shown, position, now()), photo, now());
      const stored = { visit: draft.id, sha256: taken.sha256, blob: taken.blob };
      await putDraft(database(), next, stored);
      field.drafts.set(draft.id, next);
    });
    unsaved.value = "";
    return true;
  } catch (error) {
    unsaved.value = `照片${wordsFor(error)}`;
    return false;
  }
}

/** Take a photo out of a draft; its bytes go when no other line shows them. */
export async function discardPhoto(draft: Draft, photo: DraftPhoto): Promise<void> {
  const next = removePhoto(draft, photo, now());
  const shown = next.photos.some((one) => one.sha256 === photo.sha256);
  if (shown) {
    await saveDraft(next);
    return;
  }
  field.drafts.set(next.id, next);
  await inTurn(() => dropPhoto(database(), next, photo.sha256));
}

/** Photos of a draft that the phone no longer has, or that changed: to be taken again. */
export async function lostPhotosOf(draft: Draft): Promise<DraftPhoto[]> {
  const lost: DraftPhoto[] = [];
  for (const photo of draft.photos) {
    const stored = await database()
      .get("photos", [draft.id, photo.sha256])
      .catch(() => undefined);
    if ((await bytesOf(stored?.blob, photo.sha256)) === null) lost.push(photo);
  }
  return lost;
}

export async function abandonDraft(draft: Draft): Promise<void> {
  await inTurn(() => deleteDraft(database(), draft.id));
  field.drafts.delete(draft.id);
}

/** Seal a draft: from here on it never changes. Returns what went wrong, "" when nothing did. */
export async function sealDraft(draft: Draft): Promise<string> {
  try {
    return await inTurn(async () => {
      const shown = field.drafts.get(draft.id);
      if (shown === undefined) return "";
      const placed = setPosition(shown, positionNow(), now());
      const { manifest, text } = await seal(placed, field.device, now(), sha256);
      const round_site = placed.site?.id ?? null;
      const record = { id: manifest.id, round_site, text, entry: newEntry(manifest) };
      await putSealed(database(), record);
      noteSealed(manifest);
      field.records.set(record.id, record);
      field.drafts.delete(draft.id);
      field.queue = addSealed(field.queue, manifest);
      void sync();
      return "";
    });
  } catch (error) {
    return `没有封存，草稿还在。${wordsFor(error)}`;
  }
}
