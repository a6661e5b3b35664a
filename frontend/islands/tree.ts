import type { Mount } from "./registry.ts";

/** Keys of opened branches, kept in this browser under the tree's name. */
export class Memory {
  readonly #key: string;

  constructor(name: string) {
    this.#key = `tree:${name}`;
  }

  /** The opened keys, or null when this tree was never touched. */
  read(): Set<string> | null {
    try {
      const stored = localStorage.getItem(this.#key);
      return stored === null ? null : new Set(JSON.parse(stored) as string[]);
    } catch {
      return null; // storage is closed to us, or holds something else
    }
  }

  write(open: Iterable<string>): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify([...open]));
    } catch {
      // a tree that forgets is still a tree
    }
  }
}

/**
 * Nested `<details data-key>` that stay as the viewer left them. `data-tree` names the tree;
 * `[data-expand-all]` and `[data-collapse-all]` act on all branches.
 */
export const tree: Mount = (root) => {
  const memory = new Memory(root.dataset.tree ?? location.pathname);
  const branches = () => [...root.querySelectorAll<HTMLDetailsElement>("details[data-key]")];
  const remember = () => {
    memory.write(branches().flatMap((branch) => (branch.open ? [branch.dataset.key ?? ""] : [])));
  };
  const open = memory.read();
  if (open) for (const branch of branches()) branch.open = open.has(branch.dataset.key ?? "");

  // Remembered on the press and not on `toggle`, which also fires when a search opens branches.
  root.addEventListener("click", (event) => {
    const pressed = event.target as Element;
    const all = pressed.closest("[data-expand-all], [data-collapse-all]");
    if (all) for (const branch of branches()) branch.open = all.matches("[data-expand-all]");
    if (all || pressed.closest("summary")) setTimeout(remember);
  });
};
