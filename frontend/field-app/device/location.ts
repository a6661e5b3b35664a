/** Where the phone is, only while a visit is open; the last fix is kept, no track. */
import { ref } from "vue";
import type { Position } from "../../field-engine/drafts.ts";
import type { Point } from "../../field-engine/places.ts";

export interface Fix extends Point {
  readonly metres: number;
  readonly at: number;
}

const USABLE = 120_000;
export const here = ref<Fix | null>(null);
let watching: number | null = null;
let wanted = 0;

function heard(position: GeolocationPosition): void {
  const { longitude, latitude, accuracy } = position.coords;
  here.value = { longitude, latitude, metres: accuracy, at: Date.now() };
}

/** Watch until the returned function is called; a refusal leaves everything without a place. */
export function watchLocation(): () => void {
  wanted += 1;
  if (watching === null && "geolocation" in navigator) {
    watching = navigator.geolocation.watchPosition(heard, () => undefined, {
      enableHighAccuracy: true,
      maximumAge: 30_000,
    });
  }
  return () => {
    wanted -= 1;
    if (wanted > 0 || watching === null) return;
    navigator.geolocation.clearWatch(watching);
    watching = null;
  };
}

/** The last fix as a record keeps it; null when there is none of the last two minutes. */
export function positionNow(): Position | null {
  const fix = here.value;
  if (fix === null || Date.now() - fix.at > USABLE) return null;
  return {
    longitude: fix.longitude.toFixed(7),
    latitude: fix.latitude.toFixed(7),
    accuracy_metres: fix.metres.toFixed(1),
  };
}
