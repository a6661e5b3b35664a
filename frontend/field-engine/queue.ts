/**
 * What the server is known to hold of one sealed record, and what to ask of it next.
 *
 * sealed → photos (each resumed where it broke off) → record → commit → receipt checked against our
 * own manifest → second read → confirmed. Only then may the app delete the record from the phone.
 * Everything here is plain data: the app stores an entry after every step, so a killed phone goes
 * on where it was. No state is a dead end but `confirmed`: what was refused is tried again, slowly.
 */
import type { Manifest } from "./sealing.ts";

export interface Receipt {
  readonly record: string;
  readonly sha256: string;
  readonly blobs: readonly string[];
  readonly committed_at: string;
  readonly mac: string;
}

/** `gone`: the phone no longer has it; `refused`: the server does not take it (413, 415). */
export type BlobState =
  | { readonly at: "unknown" }
  | { readonly at: "partly"; readonly offset: number }
  | { readonly at: "whole" }
  | { readonly at: "gone" }
  | { readonly at: "refused"; readonly message: string };

export type Review = "quarantined" | "dismissed";

export type Trouble =
  | { readonly kind: "no_network" }
  | { readonly kind: "server"; readonly status: number; readonly message: string }
  | { readonly kind: "differs"; readonly message: string }
  | { readonly kind: "receipt_differs" }
  | { readonly kind: "unreadable" };

export interface Entry {
  readonly manifest: Manifest;
  readonly blobs: Readonly<Record<string, BlobState>>;
  /** The server has said that it keeps the record itself. */
  readonly kept: boolean;
  readonly review: Review | null;
  readonly reason: string;
  /** A record under review is offered once more: photos may come after all, a person may decide. */
  readonly again: boolean;
  readonly receipt: Receipt | null;
  readonly confirmed: boolean;
  readonly trouble: Trouble | null;
  readonly attempts: number;
  /** Milliseconds of the phone's clock before which nothing is asked. */
  readonly retry_at: number;
}

export type Command =
  | { readonly kind: "ask_blob"; readonly sha256: string }
  | {
      readonly kind: "send_blob";
      readonly sha256: string;
      readonly from: number;
      readonly to: number;
      readonly size: number;
    }
  | { readonly kind: "send_record" }
  | { readonly kind: "commit"; readonly lost: readonly string[] }
  | { readonly kind: "read_back" };

export const CHUNK = 512 * 1024;

/** An entry for a record that was just sealed. */
export function newEntry(manifest: Manifest): Entry {
  return {
    manifest,
    blobs: Object.fromEntries(manifest.blobs.map(({ sha256 }) => [sha256, { at: "unknown" }])),
    kept: false,
    review: null,
    reason: "",
    again: false,
    receipt: null,
    confirmed: false,
    trouble: null,
    attempts: 0,
    retry_at: 0,
  };
}

function blobsAt(entry: Entry, ...states: BlobState["at"][]): string[] {
  return entry.manifest.blobs
    .map(({ sha256 }) => sha256)
    .filter((sha256) => states.includes(entry.blobs[sha256]?.at ?? "unknown"));
}

/** Photos that will not arrive from here, in the order of the manifest. */
export function lostOf(entry: Entry): string[] {
  return blobsAt(entry, "gone", "refused");
}

/** Photos that the phone itself no longer has. */
export function goneOf(entry: Entry): ReadonlySet<string> {
  return new Set(blobsAt(entry, "gone"));
}

/** What to ask next, whenever its time has come; null when all is done. */
export function nextCommand(entry: Entry): Command | null {
  if (entry.confirmed) return null;
  const underReview = entry.review !== null && !entry.again;
  if (entry.receipt !== null || underReview) return { kind: "read_back" };
  for (const { sha256, size } of entry.manifest.blobs) {
    const blob = entry.blobs[sha256] ?? { at: "unknown" };
    if (blob.at === "unknown") return { kind: "ask_blob", sha256 };
    if (blob.at === "partly") {
      const to = Math.min(blob.offset + CHUNK, size);
      return { kind: "send_blob", sha256, from: blob.offset, to, size };
    }
  }
  return entry.kept ? { kind: "commit", lost: lostOf(entry) } : { kind: "send_record" };
}

/** The app may delete record and photos: the server has them, twice told. */
export function isPurgeable(entry: Entry): boolean {
  return entry.confirmed;
}

/** At the server, and so not lost with the phone: kept with all photos, or in a person's hands. */
export function isSafeElsewhere(entry: Entry): boolean {
  return entry.confirmed || entry.review !== null;
}
