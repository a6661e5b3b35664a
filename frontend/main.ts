import "./styles/main.scss";
import htmx from "htmx.org";
import { autoSubmit } from "./islands/auto-submit.ts";
import { branches } from "./islands/branches.ts";
import { chart } from "./islands/chart.ts";
import { confirm } from "./islands/confirm.ts";
import { dirtyGuard } from "./islands/dirty-guard.ts";
import { foldedFilters } from "./islands/folded-filters.ts";
import { installHotkeys } from "./islands/hotkeys.ts";
import { judging } from "./islands/judging.ts";
import { lineShape } from "./islands/line-shape.ts";
import { listAndMap } from "./islands/list-and-map.ts";
import { measureRows } from "./islands/measure-rows.ts";
import { menu } from "./islands/menu.ts";
import { offCanvas } from "./islands/off-canvas.ts";
import { installUnfolding, print } from "./islands/print.ts";
import { Registry, unmount } from "./islands/registry.ts";
import { selection } from "./islands/selection.ts";
import { installShortcuts } from "./islands/shortcuts.ts";
import { siteMap } from "./islands/site-map.ts";
import { frameTables } from "./islands/tables.ts";
import { installToasts } from "./islands/toast.ts";
import { tree } from "./islands/tree.ts";
import { uploads } from "./islands/uploads.ts";

const islands = new Registry()
  .add("auto-submit", autoSubmit)
  .add("branches", branches)
  .add("chart", chart)
  .add("confirm", confirm)
  .add("dirty-guard", dirtyGuard)
  .add("folded-filters", foldedFilters)
  .add("line-shape", lineShape)
  .add("list-and-map", listAndMap)
  .add("judging", judging)
  .add("measure-rows", measureRows)
  .add("menu", menu)
  .add("off-canvas", offCanvas)
  .add("print", print)
  .add("selection", selection)
  .add("site-map", siteMap)
  .add("tree", tree)
  .add("uploads", uploads)
  .addLazy("review", async () => (await import("./review/review.ts")).review);

function enliven(root: ParentNode): void {
  frameTables(root);
  void islands.mountAll(root);
}

installToasts();
installHotkeys();
installShortcuts();
installUnfolding();
enliven(document);
htmx.on("htmx:load", (event) => enliven((event as CustomEvent<{ elt: HTMLElement }>).detail.elt));
document.addEventListener("branch:loaded", (event) => {
  enliven((event as CustomEvent<HTMLElement>).detail);
});
htmx.on("htmx:beforeCleanupElement", (event) => unmount(event.target as HTMLElement));
