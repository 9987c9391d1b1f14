// Wakes up when one of us must know something. No page is kept here: what people see of customers
// is asked for anew each time.
const NO_NET = `<!doctype html><html lang="en-GB"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>No connection</title>
<h1>There is no connection</h1><p>Amends keeps nothing about customers on this phone, so there is
nothing to show until it is reached again.</p><p><a href="/desk/arrivals/">Try again</a></p></html>`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  const page = { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } };
  event.respondWith(fetch(event.request).catch(() => new Response(NO_NET, page)));
});

self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  const shown = { body: told.body, tag: told.tag, lang: "en-GB", data: { url: told.url } };
  event.waitUntil(self.registration.showNotification(told.title ?? "Amends", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data?.url ?? "/desk/arrivals/", self.location.origin);
  if (to.origin === self.location.origin) event.waitUntil(show(to.href));
});

async function show(address) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((one) => new URL(one.url).pathname.startsWith("/desk/"));
  if (!open) return self.clients.openWindow(address);
  await open.navigate(address);
  return open.focus();
}
