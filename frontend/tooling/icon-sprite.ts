import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);

/** One `<symbol>` a name, drawn from Tabler's outline icons. Throws on an unknown name. */
export function spriteOf(names: readonly string[]): string {
  const symbols = names.map((name) => {
    const file = require.resolve(`@tabler/icons/outline/${name}.svg`);
    const body = readFileSync(file, "utf8")
      .replace(/<!--[\s\S]*?-->/, "")
      .replace(/<svg[^>]*>/, "")
      .replace("</svg>", "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
      .replace(/\s*\n\s*/g, "");
    return (
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
      `stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

/** Emits icons.svg with the icons that templates use, so that a page costs one cached request. */
export function iconSprite(names: readonly string[]): Plugin {
  return {
    name: "icon-sprite",
    apply: "build",
    generateBundle() {
      const source = spriteOf(names);
      const name = "icons.svg"; // also the key in the manifest
      this.emitFile({ type: "asset", name, originalFileName: name, source });
    },
  };
}
