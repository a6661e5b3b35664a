import type { Mount } from "../islands/registry.ts";
import { isTyping } from "../islands/shortcuts.ts";
import { type Filter, nextAround, nextIndex, passes, readFilter } from "./filter.ts";
import { Links } from "./links.ts";
import { type Selected, selectedIn } from "./offsets.ts";
import { keepingPlace, reveal } from "./panes.ts";
import { adopt, Sender } from "./sending.ts";

type Decision = "accept" | "drop" | "undo";
const STATES: Record<Decision, string> = {
  accept: "accepted",
  drop: "dropped",
  undo: "proposed",
};

/** The review of an import: text on the left, cards on the right, one current item on both sides. */
class Review {
  readonly #root: HTMLElement;
  readonly #source: HTMLElement;
  readonly #cards: HTMLElement;
  readonly #decide: HTMLFormElement | null;
  readonly #filterForm: HTMLFormElement | null;
  readonly #links: Links;
  readonly #sender: Sender;
  #current: HTMLElement | null = null;
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
    this.#source.addEventListener("click", (event) => this.#pressText(event));
    this.#cards.addEventListener("click", (event) => this.#pressCard(event));
    this.#cards.addEventListener("focusin", (event) => this.#pressCard(event));
    this.#cards.addEventListener("toggle", (event) => unpack(event.target as Element), {
      signal,
      capture: true, // `toggle` does not bubble
    });
    this.#root.addEventListener("submit", (event) => this.#submit(event));
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
    const { kind = "", state = "" } = card.dataset;
    return passes({ kind, state, doubtful: this.#links.isDoubtful(id) }, this.#filter);
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
      e: () => this.#edit(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #edit(): void {
    const details = this.#current?.querySelector("details");
    if (!details) return;
    details.open = true;
    unpack(details);
    details.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select")?.focus();
  }

  #decideCurrent(decision: Decision): void {
    const card = this.#current;
    if (!card || !this.#decide) return;
    this.#send(decision, [card]);
    if (decision !== "undo") this.#moveToWaiting();
  }

  /** Show the decision at once; the server's page corrects it, say for items below a section. */
  #send(decision: Decision, cards: readonly HTMLElement[]): void {
    if (!this.#decide) return;
    const body = new FormData(this.#decide);
    body.delete("item");
    body.set("decision", decision);
    const before = cards.map((card) => [card, card.dataset.state ?? ""] as const);
    for (const card of cards) {
      body.append("item", card.dataset.item ?? "");
      card.dataset.state = STATES[decision];
      card.setAttribute("aria-busy", "true");
    }
    void this.#sender.send(this.#decide.action, body, () => {
      for (const [card, state] of before) {
        card.dataset.state = state;
        card.removeAttribute("aria-busy");
      }
    });
  }

  #submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form === this.#filterForm) event.preventDefault();
    if (form === this.#decide) {
      event.preventDefault();
      const decision = (event.submitter as HTMLButtonElement | null)?.value as Decision;
      const chosen = this.#list().filter((card) => card.querySelector("input[name=item]:checked"));
      if (chosen.length > 0 && decision in STATES) this.#send(decision, chosen);
    }
    const card = form.closest<HTMLElement>("[data-item]");
    if (!card) return;
    event.preventDefault();
    card.setAttribute("aria-busy", "true");
    const undo = () => card.removeAttribute("aria-busy");
    void this.#sender.send(form.action, new FormData(form), undo);
  }

  #adopt(page: Document): void {
    const currentId = this.#current?.dataset.item;
    for (const card of this.#list()) card.removeAttribute("aria-busy");
    keepingPlace(this.#cards, this.#current, () => {
      for (const card of adopt(this.#cards, page)) {
        this.#links.setCard(card);
        if (card.dataset.item !== currentId) continue;
        this.#current = card;
        this.#mark(card, true);
        card.focus({ preventScroll: true });
      }
    });
    this.#applyFilter();
  }

  #select(): void {
    const selected = selectedIn(this.#source, document.getSelection());
    if (!selected) return;
    this.#root.dispatchEvent(new CustomEvent<Selected>("review:select", { detail: selected }));
    const form = this.#root.querySelector<HTMLFormElement>("[data-review-add]");
    if (form) fill(form, selected);
  }
}

/** Bring the form of a card to life; until it is opened it lies in a template. */
function unpack(details: Element): void {
  const template = details.querySelector("template");
  template?.replaceWith(template.content.cloneNode(true));
}

/** Put the selected place into a form with `start`, `end` and `text`, and show the form. */
function fill(form: HTMLFormElement, { start, end, text }: Selected): void {
  for (const [name, value] of Object.entries({ start: `${start}`, end: `${end}`, text })) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
      field.value = value;
  }
  form.hidden = false;
}

export const review: Mount = (root, signal) => {
  new Review(root, signal);
};
