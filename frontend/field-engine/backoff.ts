/** How long to wait before asking again, in milliseconds. `chance` is between 0 and 1. */
const SECOND = 1000;
export const LONGEST = 300 * SECOND;
/** For what only a person can change: a review, a refusal, bytes that differ. */
export const SLOW = 900 * SECOND;

/** 2, 4, 8 … seconds up to five minutes, each spread by half, so that phones do not come at once. */
export function backoff(attempts: number, chance: number): number {
  const whole = Math.min(LONGEST, 2 * SECOND * 2 ** Math.min(Math.max(attempts - 1, 0), 20));
  return Math.round(whole * (0.5 + chance / 2));
}
