import {
  canary,
  ownAllowlist,
  PATIENCE_MS,
  release,
  sharedCanaries,
  sort,
  watch,
} from './canary.ts';
import type { CanaryReport, Route } from './types.ts';

/** Adds an element for as long as the browser needs to look at it. */
function show(element: HTMLElement): void {
  element.hidden = true;
  document.head.append(element);
  setTimeout(() => element.remove());
}

const pageCanaries: Partial<Record<Route, () => unknown>> = {
  ...sharedCanaries,
  beacon: () => navigator.sendBeacon(canary('beacon')),
  image: () => (new Image().src = canary('image')),
  style: () =>
    show(
      Object.assign(document.createElement('link'), { rel: 'stylesheet', href: canary('style') }),
    ),
  frame: () => show(Object.assign(document.createElement('iframe'), { src: canary('frame') })),
};

/** Tries the page's ways out. Takes milliseconds where the policy holds, `PATIENCE_MS` where it does not. */
export async function tryPageCanaries(): Promise<CanaryReport> {
  const sightings = watch(document);
  const routes = release(pageCanaries);
  const [seen, sent] = await Promise.all([
    sawAllowlist(),
    ownAllowlist(),
    sightings.all(routes, PATIENCE_MS),
  ]);
  sightings.stop();
  const sorted = sort(routes, sightings.seen);
  const blocked: readonly Route[] = seen ? [...sorted.blocked, 'webrtc'] : sorted.blocked;
  return { ...sorted, blocked, allowlist: seen ? 'seen' : sent };
}

type AllowlistReport = {
  readonly connection: string;
  readonly disposition: string;
  readonly allowlist: readonly string[];
};

/**
 * Connection-Allowlist shows itself through WebRTC alone: building a connection (no servers, no packet) is reported to the
 * page, or throws as the specification says. Everything else it blocks looks like a network that is down.
 */
async function sawAllowlist(): Promise<boolean> {
  if (typeof RTCPeerConnection === 'undefined' || typeof ReportingObserver === 'undefined')
    return false;
  return new Promise((resolve) => {
    const judge = (reports: readonly Report[]): void => {
      const held = reports.some(({ body }) => {
        const { connection, disposition, allowlist } = body as AllowlistReport; // of type 'connection-allowlist'; not in the DOM library
        return (
          connection === 'webrtc' &&
          disposition === 'enforce' &&
          allowlist.every((origin) => origin === location.origin)
        );
      });
      if (held) finish(true);
    };
    const observer = new ReportingObserver(judge, { types: ['connection-allowlist'] });
    const finish = (held: boolean): void => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(held);
    };
    const timer = setTimeout(() => finish(false), PATIENCE_MS / 4);
    observer.observe();
    try {
      new RTCPeerConnection().close();
    } catch (error) {
      // The specification's way; the header must be there too, since an administrator can switch WebRTC off as well.
      if (error instanceof DOMException && error.name === 'NotAllowedError')
        void ownAllowlist().then((own) => finish(own === 'sent'));
    }
  });
}
