/** The map itself; a chunk of its own, loaded by pages with a map. */
import "maplibre-gl/dist/maplibre-gl.css";
import {
  AttributionControl,
  Map as BaseMap,
  type GeoJSONSource,
  Marker,
  NavigationControl,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Chosen } from "../islands/list-and-map.ts";
import {
  type Boundaries,
  boundaryName,
  clusterMark,
  type Shown,
  siteMark,
} from "../islands/site-map.ts";

setWorkerUrl(workerUrl);

export interface Drawing {
  place: HTMLElement;
  first: Shown;
  around: Boundaries | null;
  tiles: string;
  base: string;
  ask: (sides: number[]) => Promise<Shown>;
  say: (shown: Shown) => void;
  signal: AbortSignal;
}

const NOWHERE: [number, number, number, number] = [101.6, 26.45, 101.85, 26.7];
const WORDS = {
  "NavigationControl.ZoomIn": "放大",
  "NavigationControl.ZoomOut": "缩小",
  "Map.Title": "点位地图",
};

/** A plain ground, tiles if there are any, boundaries, and the lines of streets. */
function styleOf(tiles: string, around: Boundaries | null): StyleSpecification {
  const style: StyleSpecification = {
    version: 8,
    sources: { lines: { type: "geojson", data: { type: "FeatureCollection", features: [] } } },
    layers: [{ id: "ground", type: "background", paint: { "background-color": "#eef1f4" } }],
  };
  if (tiles) {
    style.sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 18 };
    style.layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  if (around) {
    style.sources.around = { type: "geojson", data: around };
    style.layers.push({
      id: "ground-within",
      type: "fill",
      source: "around",
      paint: { "fill-color": "#1d5c9f", "fill-opacity": 0.06 },
    });
    style.layers.push({
      id: "boundaries",
      type: "line",
      source: "around",
      paint: { "line-color": "#5b6b7b", "line-width": 1.5, "line-dasharray": [4, 2] },
    });
  }
  style.layers.push({
    id: "lines",
    type: "line",
    source: "lines",
    paint: { "line-color": "#8f1b20", "line-width": 3 },
  });
  return style;
}

/**
 * Draw the first view; ask again whenever it moves. Returns what marks a site of the list. Throws
 * where there is no WebGL.
 */
export async function draw(drawing: Drawing): Promise<(chosen: Chosen | null) => void> {
  const map = new BaseMap({
    container: drawing.place,
    style: styleOf(drawing.tiles, drawing.around),
    bounds: drawing.first.bounds ?? NOWHERE,
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    locale: WORDS,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 19,
  });
  drawing.signal.addEventListener("abort", () => map.remove());
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  if (drawing.tiles) map.addControl(new AttributionControl({ compact: true }));
  let clusters: Marker[] = [];
  const sites = new Map<string, Marker>();

  const show = (shown: Shown) => {
    for (const mark of clusters) mark.remove();
    clusters = shown.clusters.map((cluster) => {
      const element = clusterMark(cluster);
      element.addEventListener("click", () => {
        const [west, south, east, north] = cluster.slice(3) as [number, number, number, number];
        map.fitBounds([west, south, east, north], { padding: 60, maxZoom: 19 });
      });
      return new Marker({ element }).setLngLat([cluster[0], cluster[1]]).addTo(map);
    });
    // A site that stays in view keeps its mark, and the mark the focus or the pointer it has.
    const staying = new Set(shown.sites.map((site) => site.id));
    for (const [id, mark] of sites)
      if (!staying.has(id)) {
        mark.remove();
        sites.delete(id);
      }
    for (const site of shown.sites)
      if (!sites.has(site.id)) {
        const element = siteMark(site, drawing.base);
        sites.set(site.id, new Marker({ element }).setLngLat(site.at).addTo(map));
      }
    const features = shown.sites.flatMap((site) =>
      site.line ? [{ type: "Feature" as const, properties: {}, geometry: site.line }] : [],
    );
    map.getSource<GeoJSONSource>("lines")?.setData({ type: "FeatureCollection", features });
    drawing.say(shown);
    drawing.place.dataset.marks = String(clusters.length + sites.size);
  };

  let asked = 0;
  const refresh = async () => {
    const turn = ++asked;
    const box = map.getBounds();
    const sides = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    try {
      const shown = await drawing.ask(sides);
      if (turn === asked) show(shown);
    } catch {
      // What is shown stays; the next move asks again.
    }
  };

  await new Promise<void>((resolve) => map.once("load", () => resolve()));
  for (const { properties } of drawing.around?.features ?? [])
    new Marker({ element: boundaryName(properties.name) }).setLngLat(properties.at).addTo(map);
  show(drawing.first);
  map.on("moveend", () => void refresh());

  const ring = document.createElement("span");
  ring.className = "map-chosen";
  ring.setAttribute("aria-hidden", "true");
  const chosenMark = new Marker({ element: ring });
  return (chosen) => {
    chosenMark.remove();
    if (!chosen) return;
    chosenMark.setLngLat(chosen.at).addTo(map);
    if (chosen.nearer) map.easeTo({ center: chosen.at, zoom: Math.max(map.getZoom(), 16) });
  };
}
