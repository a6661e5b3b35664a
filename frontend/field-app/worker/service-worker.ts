/**
 * Keeps the app itself on the phone. The server writes `SHELL` before this code: the page and the
 * built files, under a name that changes with them. Data is none of its business, apart from
 * pictures of good and bad examples, which the app puts into a store of their own.
 */
interface Shell {
  readonly version: string;
  readonly page: string;
  readonly files: readonly string[];
}

const worker = self as unknown as ServiceWorkerGlobalScope & { readonly SHELL: Shell };

const PREFIX = "chuangwen-field-shell-";
const { version, page, files } = worker.SHELL;
const NAME = `${PREFIX}${version}`;

async function install(): Promise<void> {
  const cache = await caches.open(NAME);
  const requests = [page, ...files].map((address) => new Request(address, { cache: "reload" }));
  await cache.addAll(requests);
  await worker.skipWaiting(); // the app is one bundle: an open page needs nothing of the old store
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function fromShell(request: Request, address: string): Promise<Response> {
  const cache = await caches.open(NAME);
  return (await cache.match(address)) ?? fetch(request);
}

async function fromAnyStore(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  const scope = new URL(worker.registration.scope).pathname;
  if (request.mode === "navigate") {
    if (pathname === scope) event.respondWith(fromShell(request, page));
  } else if (!pathname.startsWith("/api/") && !pathname.endsWith("/service-worker.js")) {
    event.respondWith(fromAnyStore(request));
  }
});

export {}; // a module of its own, so that its names do not meet those of others
