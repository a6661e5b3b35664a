/** Distances and a small plane for the list and the map; display only, never a judgement. */
import type { Site } from "./bundle.ts";

export interface Point {
  readonly longitude: number;
  readonly latitude: number;
}

export interface Dot {
  readonly x: number;
  readonly y: number;
}

const EARTH = 6_371_008.8;
const RADIAN = Math.PI / 180;

export function pointOf(site: Pick<Site, "longitude" | "latitude">): Point | null {
  if (site.longitude === null || site.latitude === null) return null;
  return { longitude: Number(site.longitude), latitude: Number(site.latitude) };
}

/** Metres between two points (haversine). */
export function metresBetween(a: Point, b: Point): number {
  const half = (degrees: number): number => Math.sin((degrees * RADIAN) / 2) ** 2;
  const across =
    half(b.longitude - a.longitude) * Math.cos(a.latitude * RADIAN) * Math.cos(b.latitude * RADIAN);
  return 2 * EARTH * Math.asin(Math.sqrt(half(b.latitude - a.latitude) + across));
}

/** "350 米" or "2.4 公里". */
export function distanceWords(metres: number): string {
  return metres < 1000
    ? `${Math.round(metres / 10) * 10} 米`
    : `${(metres / 1000).toFixed(1)} 公里`;
}

/** Sites by distance from here; those without coordinates last, in their old order. */
export function nearestFirst(sites: readonly Site[], here: Point): Site[] {
  const far = (site: Site): number => {
    const point = pointOf(site);
    return point === null ? Number.POSITIVE_INFINITY : metresBetween(here, point);
  };
  const measured = sites.map((site) => ({ site, metres: far(site) }));
  measured.sort((a, b) => (a.metres === b.metres ? 0 : a.metres - b.metres));
  return measured.map(({ site }) => site);
}

/** Lay points out on a square of `size` with a margin, north up; one point stands in the middle. */
export function layOut(points: readonly Point[], size: number, margin: number): Dot[] {
  const longitudes = points.map((point) => point.longitude);
  const latitudes = points.map((point) => point.latitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const squeeze = Math.cos(((south + north) / 2) * RADIAN);
  const span = Math.max((east - west) * squeeze, north - south, 1e-9);
  const scale = (size - 2 * margin) / span;
  const [middle, level] = [(west + east) / 2, (south + north) / 2];
  return points.map((point) => ({
    x: size / 2 + (point.longitude - middle) * squeeze * scale,
    y: size / 2 - (point.latitude - level) * scale,
  }));
}
