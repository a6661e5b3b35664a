/** JSON with sorted names and no blanks: the same record always gives the same bytes. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

export function canonical(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one: Json) => canonical(one)).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const written = members.map(([name, one]: [string, Json]) => {
    return `${JSON.stringify(name)}:${canonical(one)}`;
  });
  return `{${written.join(",")}}`;
}
