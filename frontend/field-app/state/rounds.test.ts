/** What the list of rounds says when the server refuses. */
import { expect, test, vi } from "vitest";

vi.mock("./field.ts", () => ({
  field: { person: null, drafts: new Map(), rounds: new Map() },
  database: () => ({}),
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
