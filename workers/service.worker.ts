import { addPlugins, cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { setDefaultHandler } from 'workbox-routing';
import { policyHeaders } from '../src/guard/policy.ts';
import type { TakeOver } from '../src/guard/types.ts';

declare const self: ServiceWorkerGlobalScope;

/** The same response under the full policy, whatever the host sent. Its body was already decoded. */
function guarded(response: Response): Response {
  if (response.type === 'opaqueredirect' || response.type === 'error') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(policyHeaders)) headers.set(name, value);
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

// First in line: nothing that asks for another origin gets further than here.
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin === self.location.origin) return;
  event.stopImmediatePropagation();
  event.respondWith(Response.error());
});

addPlugins([{ handlerWillRespond: ({ response }) => Promise.resolve(guarded(response)) }]);
precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false });
setDefaultHandler({ handle: async ({ request }) => guarded(await fetch(request)) });
cleanupOutdatedCaches();

// The first version takes the open page over, so that it can load itself again with headers.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A later one waits: an old page would lose the files it has yet to load.
self.addEventListener('message', (event) => event.waitUntil(takeOver(event)));

async function takeOver(event: ExtendableMessageEvent): Promise<void> {
  if (event.data !== 'take-over') return;
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const ours = tabs.filter(({ url }) => url.startsWith(self.registration.scope));
  const answer: TakeOver = ours.length > 1 ? 'other-tabs-open' : 'taking-over';
  event.ports[0]?.postMessage(answer);
  if (answer === 'taking-over') await self.skipWaiting();
}
