/** Which cards are shown. Empty strings let everything pass. */
export interface Filter {
  kind: string;
  state: string;
  /** How it compares with the campaign. */
  change: string;
  /** Only items whose text holds a doubt, and the doubts themselves. */
  doubtful: boolean;
}

export interface CardFacts {
  kind: string;
  state: string;
  change: string;
  doubtful: boolean;
}

export function passes(card: CardFacts, filter: Filter): boolean {
  return (
    (!filter.kind || card.kind === filter.kind) &&
    (!filter.state || card.state === filter.state) &&
    (!filter.change || card.change === filter.change) &&
    (!filter.doubtful || card.doubtful || card.kind === "anomaly")
  );
}

/** The next index in `step` direction for which `wanted` holds; -1 when there is none. */
export function nextIndex(
  length: number,
  from: number,
  step: 1 | -1,
  wanted: (index: number) => boolean,
): number {
  for (let index = from + step; index >= 0 && index < length; index += step)
    if (wanted(index)) return index;
  return -1;
}

/** Like nextIndex downwards, going on at the top; the start itself comes last. */
export function nextAround(
  length: number,
  from: number,
  wanted: (index: number) => boolean,
): number {
  for (let step = 1; step <= length; step += 1) {
    const index = (from + step + length) % length;
    if (wanted(index)) return index;
  }
  return -1;
}

export function readFilter(form: HTMLFormElement | null): Filter {
  const data = form ? new FormData(form) : new FormData();
  const value = (name: string) => String(data.get(name) ?? "");
  return {
    kind: value("kind"),
    state: value("state"),
    change: value("change"),
    doubtful: data.has("doubtful"),
  };
}
