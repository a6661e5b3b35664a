// Types of the Vue components. vue-tsc still needs the TypeScript that is written in JavaScript.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
process.argv.push("--noEmit", "-p", "field-app/tsconfig.json");
require("vue-tsc").run(require.resolve("typescript6/lib/tsc"));
