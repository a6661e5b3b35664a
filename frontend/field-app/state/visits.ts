/** Drafts and sealing: every change is on the phone before anything else happens. */
import { ref } from "vue";
import type { Checklist, PhotoSettings, Site } from "../../field-engine/bundle.ts";
import { FULL } from "../../field-engine/completeness.ts";
import { type SealedVisit, type Start, startAt } from "../../field-engine/conflicts.ts";
import {
  addPhoto,
  type Draft,
  type DraftPhoto,
  isFull,
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

/**
 * Show a change at once and store it; false when the phone could not. A change is made to the draft
 * as it is now, and what is stored is the draft as it is when its turn comes: a tap while a photo is
 * being written undoes neither. A draft that was sealed or thrown away meanwhile stays gone.
 */
export async function changeDraft(id: string, change: (draft: Draft) => Draft): Promise<boolean> {
  const shown = field.drafts.get(id);
  if (shown === undefined) return false;
  field.drafts.set(id, change(shown));
  return store(id);
}

async function store(id: string): Promise<boolean> {
  try {
    await inTurn(async () => {
      const shown = field.drafts.get(id);
      if (shown !== undefined) await putDraft(database(), shown);
    });
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
  field.drafts.set(draft.id, draft);
  await store(draft.id);
  return draft;
}

/** Keep a photo with the draft that shows it, both or neither; false when the phone could not. */
export async function keepPhoto(id: string, line: string | null, taken: Taken): Promise<boolean> {
  const position = positionNow();
  const at = now();
  const photo: DraftPhoto = {
    sha256: taken.sha256,
    size: taken.blob.size,
    line,
    taken_at: at,
    longitude: position?.longitude ?? null,
    latitude: position?.latitude ?? null,
  };
  const add = (draft: Draft): Draft => addPhoto(setPosition(draft, position, at), photo, at);
  try {
    return await inTurn(async () => {
      const shown = field.drafts.get(id);
      if (shown === undefined) return false;
      if (isFull(shown)) {
        unsaved.value = FULL;
        return false;
      }
      await putDraft(database(), add(shown), { visit: id, sha256: taken.sha256, blob: taken.blob });
      // What was tapped while the photo was being written is in memory, and written after it.
      const tapped = field.drafts.get(id);
      if (tapped !== undefined) field.drafts.set(id, add(tapped));
      unsaved.value = "";
      return true;
    });
  } catch (error) {
    unsaved.value = `照片${wordsFor(error)}`;
    return false;
  }
}

/** Take a photo out of a draft; its bytes go when no other line shows them. */
export async function discardPhoto(id: string, photo: DraftPhoto): Promise<void> {
  if (!(await changeDraft(id, (draft) => removePhoto(draft, photo, now())))) return;
  await inTurn(async () => {
    const shown = field.drafts.get(id);
    if (shown === undefined || shown.photos.some(({ sha256 }) => sha256 === photo.sha256)) return;
    await dropPhoto(database(), shown, photo.sha256);
  }).catch((error: unknown) => console.warn("照片没有清理", error)); // it only takes up room
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
  await inTurn(async () => {
    await deleteDraft(database(), draft.id);
    field.drafts.delete(draft.id);
  });
}

/** Seal a draft: from here on it never changes. Returns what went wrong, "" when nothing did. */
export async function sealDraft(draft: Draft): Promise<string> {
  try {
    return await inTurn(async () => {
      const shown = field.drafts.get(draft.id);
      if (shown === undefined) return "";
      const placed = setPosition(shown, positionNow(), now());
      const { manifest, text } = await seal(placed, field, now(), sha256);
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
