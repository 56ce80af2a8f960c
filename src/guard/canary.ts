import { isHeaderPolicy, isOwnAllowlist } from './policy.ts';
import type { Route } from './types.ts';

/**
 * Where canaries fly: this machine, at a port that every browser refuses to call (discard, on fetch's list of bad ports).
 * So even with no policy at all nothing leaves, no name is looked up, and nothing listens.
 */
const cage = '//127.0.0.1:9';

/** The address one canary tries. */
export const canary = (route: Route): string =>
  `${route === 'websocket' ? 'wss' : 'https'}:${cage}/tessera-canary-${route}`;

export const isCanary = (address: string): boolean =>
  /^(https|wss):\/\/127\.0\.0\.1:9(\/|$)/.test(address);

/** A canary failing proves nothing: the network may be down. Only the browser naming its policy does. */
export type Sightings = {
  readonly seen: ReadonlyMap<string, string>;
  /** Resolves when all are seen, or after `patienceMs`. */
  all(routes: readonly Route[], patienceMs: number): Promise<void>;
  stop(): void;
};

/** Watches violations of the policy in `scope`: a document or a worker's global. `seen` maps address → policy text. */
export function watch(scope: EventTarget): Sightings {
  const seen = new Map<string, string>();
  let notify = (): void => {};
  const see = (event: Event): void => {
    const violation = event as SecurityPolicyViolationEvent; // the listener's name says so
    const { originalPolicy, disposition, effectiveDirective } = violation;
    if (disposition !== 'enforce' || !isCanary(violation.blockedURI)) return;
    // Of a frame only the origin is told.
    const blockedURI = effectiveDirective === 'frame-src' ? canary('frame') : violation.blockedURI;
    // The <meta> and the header both object: keep the header's word, it is the one that proves more.
    if (!seen.has(blockedURI) || isHeaderPolicy(originalPolicy))
      seen.set(blockedURI, originalPolicy);
    notify();
  };
  scope.addEventListener('securitypolicyviolation', see);
  return {
    seen,
    all: (routes, patienceMs) =>
      new Promise((resolve) => {
        const done = (): boolean => routes.every((route) => seen.has(canary(route)));
        const timer = setTimeout(resolve, patienceMs);
        notify = () => {
          if (done()) (clearTimeout(timer), resolve());
        };
        notify();
      }),
    stop: () => scope.removeEventListener('securitypolicyviolation', see),
  };
}

/**
 * Every browser names its policy for these. For the others some say nothing (Firefox for event streams in workers, Safari for
 * web sockets at a bad port), so silence about them proves neither way.
 */
const decisive: readonly Route[] = ['fetch', 'image'];

/** What the sightings prove about the routes that were tried. */
export function sort(routes: readonly Route[], seen: ReadonlyMap<string, string>) {
  const blocked = routes.filter((route) => seen.has(canary(route)));
  const open = routes.filter((route) => decisive.includes(route) && !blocked.includes(route));
  const policies = blocked.map((route) => seen.get(canary(route)) ?? '');
  return {
    blocked,
    open,
    header: open.length === 0 && policies.length > 0 && policies.every(isHeaderPolicy),
    sandboxed: policies.some((policy) => /\bsandbox\b/.test(policy)),
  };
}

/** How long a browser may take to name its policy before a route counts as open. */
export const PATIENCE_MS = 1500;

/** The routes that both the page and a worker have. Each is tried and its failure ignored: only sightings count. */
export const sharedCanaries: Partial<Record<Route, () => unknown>> = {
  fetch: () => fetch(canary('fetch'), { mode: 'no-cors' }).catch(() => {}),
  websocket: () => (new WebSocket(canary('websocket')).onerror = () => {}),
  script: () => import(/* @vite-ignore */ canary('script')).catch(() => {}),
};

/** Lets each canary fly; a route that throws at once is judged by its sighting like the others. */
export function release(canaries: Partial<Record<Route, () => unknown>>): readonly Route[] {
  const routes = Object.keys(canaries) as Route[]; // Object.keys forgets the keys' type
  for (const route of routes) {
    try {
      canaries[route]?.();
    } catch {
      // a throw is how some browsers block; the violation event decides
    }
  }
  return routes;
}

/** What the response that is running here said: the allowlist or not. The cache still has that very response. */
export async function ownAllowlist(): Promise<'sent' | 'missing'> {
  try {
    const response = await fetch(self.location.href, { cache: 'force-cache' });
    void response.body?.cancel();
    return isOwnAllowlist(response.headers.get('Connection-Allowlist')) ? 'sent' : 'missing';
  } catch {
    return 'missing'; // no answer, no proof
  }
}
