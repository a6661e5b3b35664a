import type { FeatureCollection, Geometry } from "geojson";
import { CHOSEN, type Chosen, MARKED } from "./list-and-map.ts";
import type { Mount } from "./registry.ts";

/** What the server tells of a view: see chuangwen/sites/queries/mapping.py. */
export interface Shown {
  bounds: [number, number, number, number] | null;
  clusters: [number, number, number, number, number, number, number][];
  sites: Site[];
}

export interface Site {
  id: string;
  name: string;
  type: string;
  at: [number, number];
  marked: boolean;
  line?: Geometry;
}

/** The boundaries of the district and its streets: see chuangwen/sites/queries/boundaries.py. */
export type Boundaries = FeatureCollection<Geometry, { name: string; at: [number, number] }>;

/** The name of an area, written in its middle; the list has it in words too. */
export function boundaryName(name: string): HTMLSpanElement {
  const label = document.createElement("span");
  label.className = "map-boundary";
  label.textContent = name;
  label.setAttribute("aria-hidden", "true");
  return label;
}

/** The address of a view: the filter of the list, and the sides in degrees. */
export function addressOf(address: string, sides: readonly number[] | null): string {
  if (!sides) return address;
  const box = sides.map((side) => side.toFixed(6)).join(",");
  return `${address}${address.includes("?") ? "&" : "?"}bbox=${encodeURIComponent(box)}`;
}

/** What is said below the map. */
export function wording(shown: Shown): string {
  const clustered = shown.clusters.reduce((sum, cluster) => sum + cluster[2], 0);
  const number = clustered + shown.sites.length;
  return number === 0
    ? "这个范围里没有点位。"
    : `这个范围里有 ${number} 个点位。点数字放大；所有点位也在列表里。`;
}

/** A number of sites at one place: a button that leads nearer. */
export function clusterMark(cluster: Shown["clusters"][number]): HTMLButtonElement {
  const mark = document.createElement("button");
  mark.type = "button";
  mark.className = `map-cluster map-cluster-${Math.min(String(cluster[2]).length, 4)}`;
  mark.textContent = String(cluster[2]);
  mark.setAttribute("aria-label", `${cluster[2]} 个点位，放大`);
  return mark;
}

/** One site: a link to its file. */
export function siteMark(site: Site, base: string): HTMLAnchorElement {
  const mark = document.createElement("a");
  mark.className = site.marked ? "map-site map-site-marked" : "map-site";
  mark.href = `${base}${site.id}/`;
  mark.setAttribute("role", "link"); // or the map makes it a button
  mark.title = `${site.name}（${site.type}）`;
  mark.setAttribute("aria-label", mark.title);
  mark.dataset.site = site.id;
  for (const [event, id] of [
    ["mouseenter", site.id],
    ["focus", site.id],
    ["mouseleave", ""],
    ["blur", ""],
  ] as const)
    mark.addEventListener(event, () => {
      mark.dispatchEvent(new CustomEvent(MARKED, { detail: id, bubbles: true }));
    });
  return mark;
}

/** Draws the sites of the list on a map; the library comes when a page has one. */
export const siteMap: Mount = (area, signal) => {
  const place = area.querySelector<HTMLElement>("[data-place]");
  const status = area.querySelector<HTMLElement>("[data-status]");
  if (!place || !status) throw new Error("a map needs its place and its status");
  let chosen: Chosen | null = null;
  let follow: (chosen: Chosen | null) => void = () => {};
  area.addEventListener(
    CHOSEN,
    (event) => {
      chosen = (event as CustomEvent<Chosen | null>).detail;
      follow(chosen);
    },
    { signal },
  );
  void (async () => {
    await visible(area, signal);
    status.textContent = "正在载入地图……";
    try {
      const boundaries = area.dataset.boundaries;
      const [{ draw }, first, around] = await Promise.all([
        import("../maps/drawing.ts"),
        fetchShown(addressOf(area.dataset.address ?? "", null), signal),
        boundaries ? fetched<Boundaries>(boundaries, signal) : null,
      ]);
      if (signal.aborted) return;
      area.classList.add("is-drawn"); // gives the place its height
      follow = await draw({
        place,
        first,
        around,
        tiles: area.dataset.tiles ?? "",
        base: area.dataset.site ?? "/",
        ask: (sides) => fetchShown(addressOf(area.dataset.address ?? "", sides), signal),
        say: (shown) => {
          status.textContent = wording(shown);
        },
        signal,
      });
      follow(chosen);
    } catch {
      if (signal.aborted) return;
      area.classList.remove("is-drawn");
      status.textContent = "本机浏览器不能显示地图，或网络不通。所有点位在列表里。";
    }
  })();
};

/** Wait until the map has room: on a phone it is behind the list, and loads nothing until then. */
function visible(area: HTMLElement, signal: AbortSignal): Promise<void> {
  if (area.getClientRects().length > 0 || !("ResizeObserver" in window)) return Promise.resolve();
  return new Promise((resolve) => {
    const seen = new ResizeObserver(() => {
      if (area.getClientRects().length === 0) return;
      seen.disconnect();
      resolve();
    });
    seen.observe(area);
    signal.addEventListener("abort", () => seen.disconnect());
  });
}

function fetchShown(address: string, signal: AbortSignal): Promise<Shown> {
  return fetched<Shown>(address, signal);
}

async function fetched<T>(address: string, signal: AbortSignal): Promise<T> {
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}
