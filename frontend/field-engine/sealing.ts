/** Sealing: a draft becomes bytes that never change again, and a manifest of what has to arrive. */
import { linesOf } from "./bundle.ts";
import { canonical, type Json } from "./canonical.ts";
import type { ClockReading } from "./clock.ts";
import { lacksOf } from "./completeness.ts";
import { answerTo, type Draft } from "./drafts.ts";

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hexadecimal. */
export type Hash = (text: string) => Promise<string>;

/** What must be at the server before the phone may forget the record. */
export interface Manifest {
  readonly id: string;
  readonly sha256: string;
  readonly round: string;
  readonly account: string;
  readonly title: string;
  readonly sealed_at: string;
  readonly blobs: readonly { readonly sha256: string; readonly size: number }[];
}

/** The photos of a draft, each once. */
export function blobsOf(draft: Draft): Manifest["blobs"] {
  const sizes = new Map(draft.photos.map((photo) => [photo.sha256, photo.size]));
  return [...sizes].map(([sha256, size]) => ({ sha256, size }));
}

export interface Sealed {
  readonly manifest: Manifest;
  readonly text: string;
}

function answersOf(draft: Draft): Json[] {
  if (draft.checklist === null) return [];
  return linesOf(draft.checklist).map((line) => {
    const answer = answerTo(draft, line.id);
    const values = answer.not_applicable ? {} : answer.values;
    return { line: line.id, not_applicable: answer.not_applicable, values, note: answer.note };
  });
}

/** When a visit ended: never before it began, though the phone's clock was put back meanwhile. */
export function endOf(draft: Draft, now: string): string {
  return Date.parse(now) < Date.parse(draft.started_at) ? draft.started_at : now;
}

/** What a phone knows of itself when it writes a record. */
export interface Phone {
  readonly device: string;
  /** Of the last contact with the server; null before the first one. */
  readonly clock: ClockReading | null;
}

/** The record of docs/field-sync.md as text. */
export function recordText(draft: Draft, phone: Phone, sealedAt: string): string {
  return written(draft, phone, sealedAt, false);
}

/** A draft as it stands, for the rescue file only: it says of itself that it was not sealed. */
export function draftText(draft: Draft, phone: Phone): string {
  return written(draft, phone, endOf(draft, draft.changed_at), true);
}

function written(
  draft: Draft,
  { device, clock }: Phone,
  sealedAt: string,
  isDraft: boolean,
): string {
  return canonical({
    format: 2,
    draft: isDraft,
    clock: clock === null ? null : { ...clock },
    id: draft.id,
    round: draft.round,
    round_site: draft.site?.id ?? null,
    checklist: draft.checklist?.id ?? null,
    device,
    account: draft.account,
    started_at: draft.started_at,
    sealed_at: sealedAt,
    position: draft.position === null ? null : { ...draft.position },
    place: draft.place,
    note: draft.note,
    answers: answersOf(draft),
    photos: draft.photos.map((photo) => ({ ...photo })),
  });
}

/** Seal a draft that lacks nothing. Throws when it does: the app asks `lacksOf` first. */
export async function seal(
  draft: Draft,
  phone: Phone,
  sealedAt: string,
  hash: Hash,
): Promise<Sealed> {
  if (lacksOf(draft).length > 0) throw new Error("a draft that lacks something is not sealed");
  const ended = endOf(draft, sealedAt);
  const text = recordText(draft, phone, ended);
  return {
    text,
    manifest: {
      id: draft.id,
      sha256: await hash(text),
      round: draft.round,
      account: draft.account,
      title: draft.site?.name ?? draft.place,
      sealed_at: ended,
      blobs: blobsOf(draft),
    },
  };
}
