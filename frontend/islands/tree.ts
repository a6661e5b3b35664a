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

/** The branches that the page came with, without what was fetched into them. */
export function ownBranches(root: HTMLElement): HTMLDetailsElement[] {
  const all = [...root.querySelectorAll<HTMLDetailsElement>("details[data-key]")];
  return all.filter((branch) => !branch.closest("[data-branch]"));
}

/**
 * Nested `<details data-key>` that stay as the viewer left them. `data-tree` names the tree;
 * `[data-expand-all]` and `[data-collapse-all]` act on all branches, except that nothing which came
 * later (`[data-branch]`, see branches.ts) is expanded: there may be thousands.
 */
export const tree: Mount = (root) => {
  const memory = new Memory(root.dataset.tree ?? location.pathname);
  const branches = () => [...root.querySelectorAll<HTMLDetailsElement>("details[data-key]")];
  // What is not on the page now, because the branch above it is closed, stays remembered.
  const remember = () => {
    const open = memory.read() ?? new Set<string>();
    for (const branch of branches()) {
      if (branch.open) open.add(branch.dataset.key ?? "");
      else open.delete(branch.dataset.key ?? "");
    }
    memory.write(open);
  };
  const restore = (part: Element) => {
    const open = memory.read();
    if (!open) return;
    // What the server sent open and filled is what the address asked for.
    for (const branch of part.querySelectorAll<HTMLDetailsElement>("details[data-key]"))
      branch.open = branch.hasAttribute("data-loaded") || open.has(branch.dataset.key ?? "");
  };
  restore(root);
  root.addEventListener("branch:loaded", (event) => {
    restore((event as CustomEvent<Element>).detail);
  });

  // Remembered on the press and not on `toggle`, which also fires when a search opens branches.
  root.addEventListener("click", (event) => {
    const pressed = event.target as Element;
    const all = pressed.closest("[data-expand-all], [data-collapse-all]");
    const expands = all?.matches("[data-expand-all]") ?? false;
    if (all) for (const branch of expands ? ownBranches(root) : branches()) branch.open = expands;
    if (all || pressed.closest("summary")) setTimeout(remember);
  });
};
