import { register, whenActive } from './offline.ts';
import type { TakeOver } from './types.ts';

/** A newer version of the app waits until the person accepts it or all tabs are closed, so nobody loses work to a reload. */
export class Updates {
  /** A newer version is here. */
  waiting = $state(false);
  /** Accepting failed because other tabs still run the old version. */
  otherTabs = $state(false);
  /** Everything is stored: the app opens without a network. */
  offline = $state(false);
  #registration: ServiceWorkerRegistration | null = null;

  /** Registers the service worker and watches for newer versions. */
  async start(): Promise<void> {
    const registration = (this.#registration = await register());
    if (!registration) return;
    const look = (): void =>
      void (this.waiting = registration.waiting !== null && registration.active !== null);
    registration.addEventListener('updatefound', () =>
      registration.installing?.addEventListener('statechange', look),
    );
    look();
    this.offline = await whenActive(registration);
  }

  /** Loads the newer version, if this is the only tab. */
  async accept(): Promise<void> {
    const next = this.#registration?.waiting;
    if (!next) return;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<TakeOver>((resolve) => {
      port1.onmessage = (event: MessageEvent<TakeOver>) => resolve(event.data);
    });
    next.postMessage('take-over', [port2]);
    this.otherTabs = (await answer) === 'other-tabs-open';
    if (this.otherTabs) return;
    if (next.state !== 'activated')
      await new Promise((resolve) => next.addEventListener('statechange', resolve, { once: true }));
    location.reload();
  }
}
