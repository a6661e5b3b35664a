/**
 * What rescue files hold (docs/field-sync.md): sealed bytes and photos, exactly as they are, and
 * drafts, which are marked as such.
 */
import type { Manifest } from "./sealing.ts";

export interface RescueItem {
  readonly path: string;
  readonly record: string;
  readonly isDraft: boolean;
  /** null: the text of the record or draft itself. */
  readonly blob: string | null;
  readonly size: number;
}

/** A sealed record that is still on the phone, or a draft; `size` of its text in bytes. */
export interface Rescuable {
  readonly id: string;
  readonly isDraft: boolean;
  readonly size: number;
  readonly blobs: Manifest["blobs"];
}

/** What every server takes in one file: an upload of 50 MB, 3000 items. */
export const MOST_ITEMS = 2500;
export const MOST_BYTES = 40 * 1024 * 1024;

/**
 * Everything that is still on the phone, in as many files as it takes, in the order given. Each file stands
 * for itself: records come with their photos, each once, and one that is too large for a file is in
 * several of them, so that the server knows its photos whichever file it gets first.
 */
export function rescueParts(records: readonly Rescuable[]): RescueItem[][] {
  const parts = [new Part()];
  for (const { id, isDraft, size, blobs } of records) {
    const own = { record: id, isDraft };
    const text = { ...own, path: pathOf(id, isDraft), blob: null, size };
    const photos = blobs.map((blob): RescueItem => {
      return { ...own, path: `blobs/${blob.sha256}`, blob: blob.sha256, size: blob.size };
    });
    if (!last(parts).hasRoom([text, ...photos])) parts.push(new Part());
    last(parts).add(text);
    for (const photo of photos) {
      if (!last(parts).hasRoom([photo])) {
        parts.push(new Part());
        last(parts).add(text);
      }
      last(parts).add(photo);
    }
  }
  return parts.map(({ items }) => [...items.values()]).filter((items) => items.length > 0);
}

function pathOf(id: string, isDraft: boolean): string {
  return `${isDraft ? "drafts" : "records"}/${id}.json`;
}

function last(parts: readonly Part[]): Part {
  return parts.at(-1) ?? new Part();
}

class Part {
  readonly items = new Map<string, RescueItem>();
  private size = 0;

  hasRoom(items: readonly RescueItem[]): boolean {
    const further = items.filter(({ path }) => !this.items.has(path));
    const size = further.reduce((sum, item) => sum + item.size, this.size);
    return this.items.size + further.length <= MOST_ITEMS && size <= MOST_BYTES;
  }

  add(item: RescueItem): void {
    if (this.items.has(item.path)) return;
    this.items.set(item.path, item);
    this.size += item.size;
  }
}

/** 救援-设备-时间.zip, of several files with its number; `when` is local time, as 20210915-1403. */
export function rescueName(device: string, when: string, at: number, of: number): string {
  const number = of > 1 ? `-第${at}份共${of}份` : "";
  return `救援-${device.slice(-6)}-${when}${number}.zip`;
}
