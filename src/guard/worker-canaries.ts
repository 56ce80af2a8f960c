import {
  ownAllowlist,
  isCanary,
  PATIENCE_MS,
  release,
  sharedCanaries,
  sort,
  watch,
} from './canary.ts';
import type { CanaryReport, GuardMessage } from './types.ts';

/**
 * Tries the ways out that a worker has. All of them fall under its CSP header, so seeing them blocked closes them; the
 * allowlist behind it cannot be seen from a worker in Chromium 156 and is read off the worker's own script.
 */
export async function tryWorkerCanaries(): Promise<CanaryReport> {
  const sightings = watch(self);
  const routes = release(sharedCanaries);
  const [allowlist] = await Promise.all([ownAllowlist(), sightings.all(routes, PATIENCE_MS)]);
  sightings.stop();
  return { ...sort(routes, sightings.seen), allowlist };
}

/** For a worker that does not speak comlink: answers over `port` with its report, then with each thing blocked later. */
export function answerGuard(port: MessagePort): void {
  const post = (message: GuardMessage): void => port.postMessage(message);
  self.addEventListener('securitypolicyviolation', (event) => {
    const { blockedURI, effectiveDirective } = event as SecurityPolicyViolationEvent; // the name says so; the worker library does not
    if (!isCanary(blockedURI)) post({ directive: effectiveDirective, target: blockedURI });
  });
  void tryWorkerCanaries().then((report) => post({ report }));
}

/** For a worker that speaks comlink: hears the guard's question beside comlink's own messages. */
export function hearGuard(): void {
  self.addEventListener('message', (event) => {
    const { data } = event as MessageEvent<{ readonly guard?: MessagePort } | null>; // what else comes is comlink's
    if (data?.guard) answerGuard(data.guard);
  });
}
