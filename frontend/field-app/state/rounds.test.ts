/** What the list of rounds says when the server refuses. */
import { expect, test, vi } from "vitest";
import { bundle } from "../../field-engine/testing/examples.ts";

vi.mock("./field.ts", () => ({
  field: { person: null, drafts: new Map(), rounds: new Map() },
  database: () => ({}),
  rememberClock: vi.fn(),
  rememberPerson: vi.fn(),
}));

test("a refusal is told in the words of the server, and no longer once it lets in", async () => {
  const { contact, refreshRounds, refusal } = await import("./rounds.ts");
  const message = "您须先修改口令。";
  vi.stubGlobal("fetch", () =>
    Promise.resolve(new Response(JSON.stringify({ message }), { status: 403 })),
  );
  await refreshRounds();
  expect([contact.value, refusal.value]).toEqual(["forbidden", message]);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("[]", { status: 200 })));
  await refreshRounds();
  expect([contact.value, refusal.value]).toEqual(["fine", ""]);
  vi.unstubAllGlobals();
});

test("a round is outdated when anything of it has changed, not only its framework", async () => {
  const { isOutdated } = await import("./rounds.ts");
  const stored = {
    id: "round",
    account: "me",
    bundle: bundle(),
    etag: '"one"',
    size: 1,
    downloaded_at: "",
  };
  const listed = { ...bundle().round, sites: 1 };
  expect(isOutdated(stored, { ...listed, etag: '"two"' })).toBe(true);
  expect(isOutdated(stored, { ...listed, etag: '"one"' })).toBe(false);
  // Some proxies make a tag weak when they compress what it stands for.
  expect(isOutdated({ ...stored, etag: 'W/"one"' }, { ...listed, etag: '"one"' })).toBe(false);
  expect([isOutdated(stored, listed), isOutdated(stored, { ...listed, version: "新" })]).toEqual([
    false,
    true,
  ]);
});
