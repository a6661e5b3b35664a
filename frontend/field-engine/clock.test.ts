/** What an answer of the server says about the phone's clock. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LONGEST_TRIP, readClock } from "./clock.ts";
import { NOW } from "./testing/examples.ts";

const SENT = Date.parse(NOW);

test("the offset is server time minus phone time, and it says when it was measured", () => {
  const reading = readClock("2021-09-15T08:03:01Z", SENT, SENT + 2000);
  expect(reading).toEqual({ offset_seconds: 180, measured_at: "2021-09-15T08:00:02.000Z" });
  expect(readClock("2021-09-15T07:00:01Z", SENT, SENT + 2000)?.offset_seconds).toBe(-3600);
});

test("whatever moment of the trip the server told, the offset is right to half the trip", () => {
  const offset = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const trip = fc.integer({ min: 0, max: LONGEST_TRIP });
  fc.assert(
    fc.property(offset, trip, fc.double({ min: 0, max: 1, noNaN: true }), (real, took, share) => {
      const server = new Date(SENT + Math.round(took * share) + real * 1000).toISOString();
      const found = readClock(server, SENT, SENT + took)?.offset_seconds ?? Number.NaN;
      expect(Math.abs(found - real)).toBeLessThanOrEqual(took / 2000 + 1);
    }),
  );
});

test("nothing is said by no time, a long trip, or a clock that was moved meanwhile", () => {
  for (const told of ["", "soon", null, undefined, 7]) {
    expect(readClock(told, SENT, SENT + 10)).toBeNull();
  }
  expect(readClock(NOW, SENT, SENT + LONGEST_TRIP + 1)).toBeNull();
  expect(readClock(NOW, SENT, SENT - 1)).toBeNull();
});
