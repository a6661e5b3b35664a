/** What kind of browser this is, and what it lets us do. */
import type { Storage } from "../../field-engine/warnings.ts";

export type Hindrance = "wechat" | "insecure" | "no_storage" | "second_window";

/** WeChat's own browser: it clears data at will and gives no camera. */
export function isWechat(agent: string): boolean {
  return /MicroMessenger/i.test(agent);
}

/** Why this browser cannot be used for visits, apart from its stores; null when it can. */
export function hindranceOf(agent: string, secure: boolean): Hindrance | null {
  if (isWechat(agent)) return "wechat";
  return secure ? null : "insecure";
}

/** Ask the browser to keep our data, and for how much room there is. */
export async function storageState(): Promise<Storage> {
  const { storage } = navigator;
  if (storage === undefined) return { persisted: null, quota: null, usage: null };
  const persisted = await storage.persist?.().catch(() => false);
  const { quota, usage } = await storage.estimate().catch(() => ({}) as StorageEstimate);
  return { persisted: persisted ?? null, quota: quota ?? null, usage: usage ?? null };
}

/**
 * Only one window works on the stores: resolves to false when another one has them. After a reload
 * or a crash the old page may need a moment to let go.
 */
export async function isOnlyWindow(): Promise<boolean> {
  if (navigator.locks === undefined) return true;
  const tries = 20;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const held = await new Promise<boolean>((resolve) => {
      void navigator.locks.request("chuangwen-field", { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => undefined);
      });
    });
    if (held) return true;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return false;
}
