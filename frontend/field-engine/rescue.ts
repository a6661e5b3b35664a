/** What a rescue file holds (docs/field-sync.md): sealed bytes and photos, exactly as they are. */
import type { Manifest } from "./sealing.ts";

export interface RescueItem {
  readonly path: string;
  readonly record: string;
  /** null: the sealed text of the record itself. */
  readonly blob: string | null;
}

/** Every sealed record that is still on the phone, with each photo once. */
export function rescueItems(manifests: readonly Manifest[]): RescueItem[] {
  const items: RescueItem[] = manifests.map(({ id }) => {
    return { path: `records/${id}.json`, record: id, blob: null };
  });
  const taken = new Set<string>();
  for (const { id, blobs } of manifests) {
    for (const { sha256 } of blobs) {
      if (taken.has(sha256)) continue;
      taken.add(sha256);
      items.push({ path: `blobs/${sha256}`, record: id, blob: sha256 });
    }
  }
  return items;
}

/** 救援-设备-时间.zip; `when` is local time as the phone shows it, such as 20210915-1403. */
export function rescueName(device: string, when: string): string {
  return `救援-${device.slice(-6)}-${when}.zip`;
}
