/** How far the phone's clock is from the server's. It is sealed with a record and never corrects it. */

/** Server time minus phone time, and when that was measured, by the phone's own clock. */
export interface ClockReading {
  readonly offset_seconds: number;
  readonly measured_at: string;
}

/** An answer that was longer under way says too little about the moment it was written. */
export const LONGEST_TRIP = 60_000;

/**
 * The reading that an answer gives: the server wrote its time somewhere between sending and
 * receiving, so the middle is off by half the trip at most. null when nothing can be said.
 */
export function readClock(
  serverTime: unknown,
  sent: number,
  received: number,
): ClockReading | null {
  const server = typeof serverTime === "string" ? Date.parse(serverTime) : Number.NaN;
  const trip = received - sent;
  if (Number.isNaN(server) || trip < 0 || trip > LONGEST_TRIP) return null;
  return {
    offset_seconds: Math.round((server - (sent + received) / 2) / 1000),
    measured_at: new Date(received).toISOString(),
  };
}
