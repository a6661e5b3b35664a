import type { Mount } from "../islands/registry.ts";
import { isTyping } from "../islands/shortcuts.ts";
import { toast } from "../islands/toast.ts";
import { type Filter, nextAround, nextIndex, passes, readFilter } from "./filter.ts";
import { Links } from "./links.ts";
import { type Selected, selectedIn } from "./offsets.ts";
import { keepingPlace, reveal } from "./panes.ts";
import { adopt, fetchForm, Sender } from "./sending.ts";
import { followCursor } from "./splitting.ts";

type Decision = "accept" | "drop" | "undo";
const STATES: Record<Decision, string> = {
  accept: "accepted",
  drop: "dropped",
  undo: "proposed",
};

const FIELDS = "input:not([type=hidden]), textarea, select";

/** The review of an import: text on the left, cards on the right, one current item on both sides. */
class Review {
  readonly #root: HTMLElement;
  #source: HTMLElement;
  readonly #cards: HTMLElement;
  readonly #decide: HTMLFormElement | null;
  readonly #filterForm: HTMLFormElement | null;
  #links: Links;
  readonly #sender: Sender;
  #current: HTMLElement | null = null;
  #selected: Selected | null = null;
  #filter: Filter;

  constructor(root: HTMLElement, signal: AbortSignal) {
    const source = root.querySelector<HTMLElement>(".review-source");
    const cards = root.querySelector<HTMLElement>(".review-cards");
    if (!source || !cards) throw new Error("a review needs its text and its cards");
    this.#root = root;
    this.#source = source;
    this.#cards = cards;
    this.#decide = root.querySelector<HTMLFormElement>("#decide");
    this.#filterForm = root.querySelector<HTMLFormElement>("[data-review-filter]");
    this.#filter = readFilter(this.#filterForm);
    this.#links = new Links(source, cards);
    this.#sender = new Sender((page) => this.#adopt(page));
    this.#listen(signal);
    this.#applyFilter();
  }

  #listen(signal: AbortSignal): void {
    this.#root.addEventListener("click", (event) => this.#pressLink(event));
    this.#source.addEventListener("click", (event) => this.#pressText(event));
    this.#cards.addEventListener("click", (event) => this.#pressCard(event));
    this.#cards.addEventListener("focusin", (event) => this.#pressCard(event));
    // The undo button stands outside, in a region that is replaced.
    document.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.#root.addEventListener("change", (event) => this.#change(event));
    this.#filterForm?.addEventListener("change", () => {
      this.#filter = readFilter(this.#filterForm);
      this.#applyFilter();
    });
    // Before the keys of every page, so that j and k walk through cards here.
    document.addEventListener("keydown", (event) => this.#press(event), { signal, capture: true });
    document.addEventListener("selectionchange", () => this.#select(), { signal });
  }

  #list(): HTMLElement[] {
    return [...this.#cards.querySelectorAll<HTMLElement>("[data-item]")];
  }

  #isShown(card: HTMLElement): boolean {
    const id = card.dataset.item ?? "";
    const { kind = "", state = "", change = "" } = card.dataset;
    return passes({ kind, state, change, doubtful: this.#links.isDoubtful(id) }, this.#filter);
  }

  /** The current card stays on screen, even when it no longer passes: it was just decided. */
  #applyFilter(): void {
    keepingPlace(this.#cards, this.#current, () => {
      let shown = 0;
      for (const card of this.#list()) {
        const isShown = this.#isShown(card);
        if (isShown) shown += 1;
        if (card.hidden === isShown) card.hidden = !isShown;
        const box = card.querySelector<HTMLInputElement>("input[name=item]");
        if (box?.checked && !isShown) box.checked = false; // what cannot be seen is not decided
      }
      const count = this.#root.querySelector("[data-review-count]");
      if (count) count.textContent = `显示 ${shown} 条`;
    });
  }

  #setCurrent(card: HTMLElement, { text = true, focus = true } = {}): void {
    if (this.#current !== card) {
      this.#mark(this.#current, false);
      this.#current = card;
      this.#mark(card, true);
    }
    reveal(this.#cards, card);
    const [piece] = this.#links.pieces(card.dataset.item ?? "");
    if (text && piece) reveal(this.#source, piece);
    if (focus) card.focus({ preventScroll: true });
  }

  #mark(card: HTMLElement | null, on: boolean): void {
    if (!card) return;
    card.classList.toggle("is-current", on);
    card.tabIndex = on ? 0 : -1;
    for (const piece of this.#links.pieces(card.dataset.item ?? ""))
      piece.classList.toggle("is-current", on);
  }

  #pressText(event: Event): void {
    const piece = (event.target as Element).closest<HTMLElement>("[data-items]");
    if (!piece || !document.getSelection()?.isCollapsed) return;
    const card = this.#links.cardOf(piece, (found) => !found.hidden);
    if (card) this.#setCurrent(card, { text: false });
  }

  #pressCard(event: Event): void {
    const pressed = event.target as Element;
    const card = pressed.closest<HTMLElement>("[data-item]");
    if (card && card !== this.#current) this.#setCurrent(card, { focus: pressed === card });
    const link = pressed.closest<HTMLAnchorElement>("a[href^='#at-']");
    if (!link || event.type !== "click") return;
    event.preventDefault();
    const piece = document.getElementById(link.hash.slice(1));
    if (piece) reveal(this.#source, piece);
  }

  #move(step: 1 | -1): void {
    const list = this.#list();
    const from = this.#current ? list.indexOf(this.#current) : step === 1 ? -1 : list.length;
    const card = list[nextIndex(list.length, from, step, (index) => !list[index]?.hidden)];
    if (card) this.#setCurrent(card);
  }

  #moveToWaiting(): void {
    const list = this.#list();
    const from = this.#current ? list.indexOf(this.#current) : -1;
    const isWaiting = (index: number) =>
      list[index]?.dataset.state === STATES.undo && !list[index]?.hidden;
    const card = list[nextAround(list.length, from, isWaiting)];
    if (card) this.#setCurrent(card);
  }

  #press(event: KeyboardEvent): void {
    if (event.defaultPrevented || isTyping(event)) return;
    const act = {
      j: () => this.#move(1),
      k: () => this.#move(-1),
      n: () => this.#moveToWaiting(),
      a: () => this.#decideCurrent("accept"),
      x: () => this.#decideCurrent("drop"),
      u: () => this.#decideCurrent("undo"),
      e: () => void this.#edit(this.#current),
      s: () => void this.#edit(this.#current, "[data-review-words]"),
      t: () => this.#tick(),
      m: () => this.#submitter("merge")?.click(),
      z: () => document.querySelector<HTMLButtonElement>("[data-review-undo] button")?.click(),
      d: () => this.#moveToDoubt(),
      "+": () => void this.#add(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #submitter(decision: string): HTMLButtonElement | null {
    return this.#decide?.querySelector(`button[value="${decision}"]`) ?? null;
  }

  #tick(): void {
    const box = this.#current?.querySelector<HTMLInputElement>("input[name=item]");
    if (box) box.checked = !box.checked;
  }

  /** The next doubt that waits; from a view without doubts, the view of doubts. */
  #moveToDoubt(): void {
    const list = this.#list();
    const from = this.#current ? list.indexOf(this.#current) : -1;
    const isWaiting = (index: number) =>
      list[index]?.dataset.kind === "anomaly" && list[index]?.dataset.state === STATES.undo;
    const card = list[nextAround(list.length, from, isWaiting)];
    if (card) {
      card.hidden = false;
      this.#setCurrent(card);
    } else document.querySelector<HTMLAnchorElement>('.tabs a[href="?kind=anomaly"]')?.click();
  }

  /** Open the form of a card, or go back to the one that is open. */
  async #edit(card: HTMLElement | null, focus = FIELDS): Promise<void> {
    if (!card) return;
    const reading = card.querySelector<HTMLElement>("textarea[name=reading]");
    if (reading) return reading.focus();
    if (!card.querySelector("[data-review-form]")) {
      const link = card.querySelector<HTMLAnchorElement>("a[data-review-edit]");
      const form = link && (await fetchForm(link.href));
      if (!form || !card.isConnected) return;
      card.append(form);
      wire(form);
    }
    const open = card.querySelector("[data-review-form]");
    (open?.querySelector<HTMLElement>(focus) ?? open?.querySelector<HTMLElement>(FIELDS))?.focus();
  }

  /** Open the form that adds an item, with the marked text if there is any. */
  async #add(address?: string): Promise<void> {
    const link = this.#root.querySelector<HTMLAnchorElement>("[data-review-add-link]");
    const place = this.#root.querySelector("[data-review-add-place]");
    if (!link || !place) return;
    const target = new URL(address ?? link.href, location.href);
    if (!address && this.#selected) {
      target.searchParams.set("start", `${this.#selected.start}`);
      target.searchParams.set("end", `${this.#selected.end}`);
    }
    const form = await fetchForm(target.href);
    if (!form) return;
    place.replaceChildren(form);
    wire(form);
    form.querySelector<HTMLElement>(address ? FIELDS : "select")?.focus();
  }

  #pressLink(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const card = link.closest<HTMLElement>("[data-item]");
    if (link.hasAttribute("data-review-edit")) void this.#edit(card);
    else if (link.hasAttribute("data-review-add-link")) void this.#add();
    else if (link.hasAttribute("data-review-close")) {
      link.closest("[data-review-form]")?.remove();
      (card ?? this.#cards).focus();
    } else return;
    event.preventDefault();
  }

  #change(event: Event): void {
    const field = event.target as HTMLInputElement;
    if (field.matches("[data-review-all]"))
      for (const card of this.#list()) {
        const box = card.querySelector<HTMLInputElement>("input[name=item]");
        if (box) box.checked = field.checked && !card.hidden;
      }
    const form = field.closest<HTMLFormElement>("form[data-review-kind]");
    if (form) void this.#add(addressOf(form));
  }

  #decideCurrent(decision: Decision): void {
    const card = this.#current;
    if (!card || !this.#decide) return;
    const doubt = card.querySelector<HTMLFormElement>("form.review-doubt");
    if (doubt && decision !== "undo") this.#step(doubt, decision);
    else this.#send(decision, [card]);
    if (decision !== "undo") this.#moveToWaiting();
  }

  /** Show the decision at once; the server's answer corrects it, say for items below a section. */
  #send(decision: string, cards: readonly HTMLElement[]): void {
    if (!this.#decide) return;
    const body = new FormData(this.#decide);
    body.delete("item");
    body.set("decision", decision);
    for (const card of cards) body.append("item", card.dataset.item ?? "");
    const onFail = this.#showInAdvance(decision, cards);
    void this.#sender.send(this.#decide.action, body, { onFail });
  }

  #showInAdvance(decision: string, cards: readonly HTMLElement[]): () => void {
    const state = STATES[decision as Decision];
    const before = cards.map((card) => [card, card.dataset.state ?? ""] as const);
    for (const card of cards) {
      if (state) card.dataset.state = state;
      card.setAttribute("aria-busy", "true");
    }
    return () => {
      for (const [card, known] of before) {
        card.dataset.state = known;
        card.removeAttribute("aria-busy");
      }
    };
  }

  /** Send a form of a card, of an addition or of the undo; refused, it comes back as typed. */
  #step(form: HTMLFormElement, decision?: string): void {
    const body = new FormData(form);
    if (decision) body.set("decision", decision);
    const card = form.closest<HTMLElement>("[data-item]");
    const undo = this.#showInAdvance(decision ?? "", card ? [card] : []);
    const place = form.closest("[data-review-form]");
    void this.#sender.send(form.action, body, {
      onFail: undo,
      onRefused: (refused) => {
        const fresh = document.importNode(refused, true);
        if (place) place.replaceWith(fresh);
        else form.replaceWith(fresh);
        wire(fresh);
        const wrong = fresh.querySelector<HTMLElement>("[aria-invalid=true]");
        (wrong ?? fresh.querySelector<HTMLElement>(FIELDS))?.focus();
      },
      onDone: (page) => {
        if (card) return;
        place?.remove();
        // What was added or taken back may stand in another view.
        toast(page.querySelector("[data-review-message]")?.textContent ?? "", "success");
      },
    });
  }

  #submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const decision = (event.submitter as HTMLButtonElement | null)?.value ?? "";
    if (form === this.#filterForm) event.preventDefault();
    else if (form === this.#decide) {
      event.preventDefault();
      const chosen = this.#list().filter((card) => card.querySelector("input[name=item]:checked"));
      if (chosen.length > 0) this.#send(decision, chosen);
      else toast("请先勾选条目。", "danger");
    } else if (form.matches("[data-review-kind]")) {
      event.preventDefault();
      void this.#add(addressOf(form));
    } else if (form.matches("[data-review-step]")) {
      event.preventDefault();
      this.#step(form, decision || undefined);
    }
  }

  #adopt(page: Document): void {
    const currentId = this.#current?.dataset.item;
    for (const card of this.#list()) card.removeAttribute("aria-busy");
    const source = page.querySelector<HTMLElement>(".review-source");
    if (source) this.#renewSource(source);
    keepingPlace(this.#cards, this.#current, () => {
      const hadFocus = this.#current?.contains(document.activeElement) ?? false;
      for (const card of adopt(this.#cards, page)) {
        this.#links.setCard(card);
        if (card.dataset.item !== currentId) continue;
        this.#current = card;
        if (hadFocus || document.activeElement === document.body)
          card.focus({ preventScroll: true });
      }
      if (this.#current?.isConnected) this.#mark(this.#current, true);
      else this.#current = null;
    });
    this.#applyFilter();
  }

  /** Other places in the text belong to items now; the text itself is the same. */
  #renewSource(theirs: HTMLElement): void {
    const place = this.#source.scrollTop;
    this.#source.replaceChildren(...document.importNode(theirs, true).childNodes);
    this.#source.scrollTop = place;
    this.#links = new Links(this.#source, this.#cards);
  }

  #select(): void {
    const selection = document.getSelection();
    const selected = selectedIn(this.#source, selection);
    const isElsewhere = selection?.anchorNode && !this.#source.contains(selection.anchorNode);
    if (selected) this.#selected = selected;
    else if (!isElsewhere) this.#selected = null; // a press into the text gives the mark up
    const link = this.#root.querySelector("[data-review-add-link]");
    if (link) link.textContent = this.#selected ? "把选中的原文添加为条目" : "添加条目";
    if (selected)
      this.#root.dispatchEvent(new CustomEvent<Selected>("review:select", { detail: selected }));
  }
}

function addressOf(form: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) query.set(name, String(value));
  return `${form.action.split("?")[0]}?${query}`;
}

function wire(form: Element): void {
  for (const split of form.querySelectorAll<HTMLElement>("[data-review-split]"))
    followCursor(split);
}

export const review: Mount = (root, signal) => {
  new Review(root, signal);
};
