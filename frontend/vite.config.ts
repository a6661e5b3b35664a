import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import icons from "./icons.json" with { type: "json" };
import { iconSprite } from "./tooling/icon-sprite.ts";

export default defineConfig({
  base: "./", // Django prepends STATIC_URL; chunks and styles find each other by relative address
  plugins: [iconSprite(icons), vue()],
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
  build: {
    outDir: "../chuangwen/static/build",
    emptyOutDir: true,
    manifest: true,
    // Offices run browsers on Chromium kernels that are years old.
    target: ["chrome87", "firefox91", "safari14"],
    cssTarget: ["chrome87", "firefox91", "safari14"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the page's security policy lets scripts and fonts come from files only
    rolldownOptions: {
      input: ["main.ts", "field-app/main.ts", "field-app/worker/service-worker.ts"],
    },
    chunkSizeWarningLimit: 1200, // charts and maps, loaded only by pages that have one
  },
  test: {
    environment: "happy-dom",
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**"],
  },
});
