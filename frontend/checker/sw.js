// Keeps the page and all it needs, so that it opens without a network; and lets nothing else through.
// The build writes the version and the names of the files above this line.
const KEPT = `keystage-check ${self.registration.scope} ${VERSION}`;
const PAGE = self.registration.scope;

self.addEventListener("install", (event) => event.waitUntil(keepTheFirst()));

async function keepTheFirst() {
  const kept = await caches.open(KEPT);
  await keep(kept, PAGE);
  const html = await (await kept.match(PAGE)).text();
  const linked = [...html.matchAll(/<(?:script|link)[^>]*\s(?:src|href)="([^"#?]+)"/g)].map((found) => new URL(found[1], PAGE).href);
  const govuk = linked.filter((address) => address.endsWith("/keystage.js")).map((address) => new URL("govuk-frontend.min.js", address).href);
  // On a first visit the page fetches the rest itself, through here, and shows how far it is. A newer version is whole
  // before it takes over.
  const rest = self.registration.active ? [...SMALL, ...LARGE] : SMALL;
  const addresses = [...linked, ...govuk, ...rest.map((name) => PAGE + name)];
  await Promise.all([...new Set(addresses)].map((address) => keep(kept, address)));
}

async function keep(kept, address) {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  await kept.put(address, response);
}

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const ours = `keystage-check ${self.registration.scope} `;
  for (const name of await caches.keys()) {
    if (name.startsWith(ours) && name !== KEPT) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const isPage = event.request.mode === "navigate";
  if (event.request.method !== "GET" || address.origin !== self.location.origin || (address.search && !isPage)) {
    event.respondWith(Response.error());
    return;
  }
  event.respondWith(answer(event, isPage ? PAGE : address.href));
});

async function answer(event, address) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(address);
  if (found) return found;
  const response = await fetch(event.request);
  if (response.ok && response.type === "basic") event.waitUntil(kept.put(address, response.clone()));
  return response;
}
