/**
 * Islands: behaviours of single elements, named by `data-island="name other-name"`.
 *
 * An island gets its element and a signal that aborts when the element leaves the page; listeners
 * outside the element are bound to that signal.
 */
export type Mount = (element: HTMLElement, signal: AbortSignal) => void;

/** Small islands are part of the main script; large ones come when a page has them. */
export type Loader = () => Promise<Mount>;

const mounted = new WeakMap<HTMLElement, Map<string, AbortController>>();

export class Registry {
  readonly #loaders = new Map<string, Loader>();

  add(name: string, mount: Mount): this {
    return this.addLazy(name, () => Promise.resolve(mount));
  }

  addLazy(name: string, loader: Loader): this {
    this.#loaders.set(name, loader);
    return this;
  }

  /** Bring to life every island in `root`, itself included, that is not alive yet. */
  async mountAll(root: ParentNode): Promise<void> {
    const found = [...root.querySelectorAll<HTMLElement>("[data-island]")];
    if (root instanceof HTMLElement && root.matches("[data-island]")) found.unshift(root);
    await Promise.all(found.map((element) => this.#mountOne(element)));
  }

  async #mountOne(element: HTMLElement): Promise<void> {
    const alive = mounted.get(element) ?? new Map<string, AbortController>();
    mounted.set(element, alive);
    for (const name of (element.dataset.island ?? "").split(/\s+/).filter(Boolean)) {
      const loader = this.#loaders.get(name);
      if (!loader) throw new Error(`no island named ${name}`);
      if (alive.has(name)) continue;
      const controller = new AbortController();
      alive.set(name, controller);
      const mount = await loader();
      if (!controller.signal.aborted) mount(element, controller.signal);
    }
  }
}

/** End the islands of an element that is about to leave the page. */
export function unmount(element: HTMLElement): void {
  for (const controller of mounted.get(element)?.values() ?? []) controller.abort();
  mounted.delete(element);
}
