/**
 * A second, tiny note of what was sealed, outside the database: if the database loses a record, the
 * inspector is told which one.
 */
const KEY = "chuangwen-field-sealed";

export interface LedgerLine {
  readonly id: string;
  readonly title: string;
  readonly sealed_at: string;
}

export function readLedger(): LedgerLine[] {
  try {
    const lines: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(lines) ? (lines as LedgerLine[]) : [];
  } catch {
    return [];
  }
}

function write(lines: readonly LedgerLine[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(lines));
  } catch {
    // The ledger is a second look; the record itself is stored already.
  }
}

export function noteSealed(line: LedgerLine): void {
  write([...readLedger().filter(({ id }) => id !== line.id), line]);
}

/** Confirmed at the server, or the inspector has read of the loss: nothing to look for. */
export function strikeOut(id: string): void {
  write(readLedger().filter((line) => line.id !== id));
}

/** Records that were sealed here and that the database no longer has. */
export function lostRecords(present: ReadonlySet<string>): LedgerLine[] {
  return readLedger().filter(({ id }) => !present.has(id));
}
