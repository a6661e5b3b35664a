/** Places in the source text. The server counts Unicode code points, the browser UTF-16 units. */

export interface Selected {
  /** Code point offsets into the source text, half open. */
  start: number;
  end: number;
  text: string;
}

/** How many code points `text` has: a character beyond the basic plane counts once. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Offset of a boundary point; every piece of text is an element `#at-<offset of its start>`. */
function offsetOf(source: Element, node: Node, offset: number): number {
  const range = document.createRange();
  const inside = node instanceof Element ? node : node.parentElement;
  const piece = inside?.closest<HTMLElement>("[id^='at-']");
  range.setStart(piece && source.contains(piece) ? piece : source, 0);
  range.setEnd(node, offset);
  const base = piece && source.contains(piece) ? Number(piece.id.slice("at-".length)) : 0;
  return base + codePoints(range.toString());
}

/** What is selected within `source`, without blanks at its ends; null when there is nothing. */
export function selectedIn(source: Element, selection: Selection | null): Selected | null {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) return null;
  const raw = range.toString();
  const text = raw.trim();
  if (!text) return null;
  const leading = codePoints(raw.slice(0, raw.length - raw.trimStart().length));
  const start = offsetOf(source, range.startContainer, range.startOffset) + leading;
  return { start, end: start + codePoints(text), text };
}
