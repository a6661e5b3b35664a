/** Which pieces of text belong to which card, both ways. */
export class Links {
  readonly #pieces = new Map<string, HTMLElement[]>();
  readonly #cards = new Map<string, HTMLElement>();
  readonly #doubtful = new Set<string>();

  constructor(source: ParentNode, cards: ParentNode) {
    for (const piece of source.querySelectorAll<HTMLElement>("[data-items]"))
      for (const id of idsOf(piece)) {
        const known = this.#pieces.get(id);
        if (known) known.push(piece);
        else this.#pieces.set(id, [piece]);
        if (piece.classList.contains("span--anomaly")) this.#doubtful.add(id);
      }
    for (const card of cards.querySelectorAll<HTMLElement>("[data-item]")) this.setCard(card);
  }

  setCard(card: HTMLElement): void {
    this.#cards.set(card.dataset.item ?? "", card);
  }

  card(id: string): HTMLElement | undefined {
    return this.#cards.get(id);
  }

  pieces(id: string): readonly HTMLElement[] {
    return this.#pieces.get(id) ?? [];
  }

  /** True when an item's text holds something that a person has to look at. */
  isDoubtful(id: string): boolean {
    return this.#doubtful.has(id);
  }

  /** The innermost item of a piece that has a card on this page and passes `wanted`. */
  cardOf(piece: HTMLElement, wanted: (card: HTMLElement) => boolean): HTMLElement | undefined {
    const found = idsOf(piece)
      .reverse()
      .map((id) => this.#cards.get(id));
    return found.find((card) => card !== undefined && wanted(card));
  }
}

/** Ids of the items that cover a piece of text, the innermost last. */
export function idsOf(piece: HTMLElement): string[] {
  return (piece.dataset.items ?? "").split(" ").filter(Boolean);
}
