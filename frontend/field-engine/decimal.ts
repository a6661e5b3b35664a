/** Exact decimals: an integer and how many of its digits stand after the point. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const WRITTEN = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/;

/** Read "12.50"; null for anything that is not written as plain digits. */
export function parseDecimal(text: string): Decimal | null {
  const match = WRITTEN.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", part = ""] = match;
  return { units: BigInt(`${sign}${whole}${part}`), scale: part.length };
}

/** Read a decimal of the bundle. Throws when the server sent none. */
export function decimal(text: string): Decimal {
  const read = parseDecimal(text);
  if (read === null) throw new Error(`not a decimal: ${text}`);
  return read;
}

function raised(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale);
}

/** Negative, zero or positive, as a is less than, equal to or more than b. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = raised(a, scale) - raised(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: raised(a, scale) + raised(b, scale), scale };
}

export const ZERO: Decimal = { units: 0n, scale: 0 };
export const ONE: Decimal = { units: 1n, scale: 0 };
export const HUNDRED: Decimal = { units: 100n, scale: 0 };

/** a ÷ b (neither negative, b > 0), cut after so many digits and written without idle zeros. */
export function cut(a: Decimal, b: Decimal, digits: number): string {
  const scale = Math.max(a.scale, b.scale);
  const whole = (raised(a, scale) * 10n ** BigInt(digits)) / raised(b, scale);
  const text = whole.toString().padStart(digits + 1, "0");
  const point = text.length - digits;
  return `${text.slice(0, point)}.${text.slice(point)}`.replace(/\.?0+$/, "");
}
