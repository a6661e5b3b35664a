/** Answers of the server and failures of the network, as the app hands them to the engine. */
import type { Receipt } from "./queue.ts";
import type { Manifest } from "./sealing.ts";

export interface Answer {
  readonly status: number;
  /** Upload-Offset, where there is one. */
  readonly offset: number | null;
  /** What the body says, parsed; null when it is no JSON. */
  readonly body: unknown;
}

export type Result = Answer | "offline" | "timeout" | "photo_gone" | "record_unreadable";

function members(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** A member that is text; "" without it. */
export function textOf(body: unknown, name: string): string {
  const value = members(body)[name];
  return typeof value === "string" ? value : "";
}

/** The photos that the server still lacks. */
export function missingOf(body: unknown): string[] {
  const value = members(body)["missing"];
  return isTexts(value) ? value : [];
}

/** Why something waits for a person: the reason, or the message of the refusal. */
export function reasonOf(body: unknown): string {
  return textOf(body, "reason") || textOf(body, "message");
}

/** A receipt as the protocol has it; null for anything else. */
export function receiptIn(value: unknown): Receipt | null {
  const { record, sha256, blobs, committed_at, mac } = members(value);
  const texts = [record, sha256, committed_at, mac];
  if (!texts.every((text) => typeof text === "string" && text !== "")) return null;
  return isTexts(blobs) ? (value as Receipt) : null;
}

/** The receipt inside the answer to a second read. */
export function receiptWithin(body: unknown): Receipt | null {
  return receiptIn(members(body)["receipt"]);
}

/** All photos of ours and none of others; only those that this phone itself lost may be absent. */
function covers(held: readonly string[], manifest: Manifest, gone: ReadonlySet<string>): boolean {
  const ours = new Set(manifest.blobs.map(({ sha256 }) => sha256));
  const there = new Set(held);
  return (
    held.every((sha256) => ours.has(sha256)) &&
    [...ours].every((sha256) => there.has(sha256) || gone.has(sha256))
  );
}

/** Tell whether a receipt speaks of exactly the bytes that this phone sealed and still has. */
export function receiptFits(
  receipt: Receipt,
  manifest: Manifest,
  gone: ReadonlySet<string>,
): boolean {
  const named = receipt.record === manifest.id && receipt.sha256 === manifest.sha256;
  return named && covers(receipt.blobs, manifest, gone);
}

/** Tell whether a second read shows the record committed with these bytes. */
export function readBackFits(
  body: unknown,
  manifest: Manifest,
  gone: ReadonlySet<string>,
): boolean {
  const { state, sha256, blobs } = members(body);
  const named = state === "committed" && sha256 === manifest.sha256;
  return named && isTexts(blobs) && covers(blobs, manifest, gone);
}
