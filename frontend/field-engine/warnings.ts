/** What an inspector has to be told before something is lost. */
import { type Entry, isSafeElsewhere } from "./queue.ts";

export interface Storage {
  /** What the browser answered to the wish to keep our data; null when it cannot be asked. */
  readonly persisted: boolean | null;
  readonly quota: number | null;
  readonly usage: number | null;
}

export interface Warning {
  readonly kind: "not_persisted" | "little_space" | "old_records" | "lost_photos";
  readonly message: string;
}

const DAY = 86_400_000;
const PHOTOS_OF_A_DAY = 60;
const LEAST_SPACE = 50 * 1024 * 1024;

/** Bytes that are still free; null when the browser does not tell. */
export function freeSpace(storage: Storage): number | null {
  if (storage.quota === null || storage.usage === null) return null;
  return Math.max(0, storage.quota - storage.usage);
}

/** Warnings in the order of their weight. `largestPhoto` is the largest size of the round. */
export function warningsOf(
  entries: readonly Entry[],
  storage: Storage,
  largestPhoto: number,
  now: number,
): Warning[] {
  const warnings: Warning[] = [];
  // Once it was taken without them, or was not taken at all, there is nothing more to be done.
  const open = entries.filter(({ confirmed, review }) => !confirmed && review !== "dismissed");
  const lossy = open.filter(({ blobs }) => Object.values(blobs).some(({ at }) => at === "gone"));
  if (lossy.length > 0) {
    const message = `${lossy.length} 份记录的照片在本机丢失。请到“记录”查看，必要时补拍后重新测评。`;
    warnings.push({ kind: "lost_photos", message });
  }
  const old = entries.filter((entry) => {
    return !isSafeElsewhere(entry) && now - Date.parse(entry.manifest.sealed_at) > DAY;
  });
  if (old.length > 0) {
    const message = `${old.length} 份记录封存超过 24 小时还没有送到。请到有信号的地方同步，或导出救援文件。`;
    warnings.push({ kind: "old_records", message });
  }
  const free = freeSpace(storage);
  if (free !== null && free < Math.max(LEAST_SPACE, PHOTOS_OF_A_DAY * largestPhoto)) {
    const message = `手机可用空间只剩约 ${Math.floor(free / 1024 / 1024)} MB。请先同步，或清理手机。`;
    warnings.push({ kind: "little_space", message });
  }
  if (storage.persisted === false) {
    const message = "浏览器没有答应长期保存数据，空间紧张时可能清除。请安装到桌面，并每天同步。";
    warnings.push({ kind: "not_persisted", message });
  }
  return warnings;
}
