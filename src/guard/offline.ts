import { ownScript } from './trusted.ts';

/** The service worker brings the headers where the host cannot, and the app where there is no network. */

/** Registers it; null where there can be none (an old browser, a file, `vite dev`). */
export async function register(): Promise<ServiceWorkerRegistration | null> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return null;
  try {
    const address = new URL('service.worker.js', document.baseURI);
    // The type library knows strings and URLs only.
    return await navigator.serviceWorker.register(ownScript(address) as unknown as string);
  } catch (error) {
    console.warn('No service worker here:', error); // private windows, storage switched off: the app still runs
    return null;
  }
}

const attempts = 'tessera-guard-reloads';

/**
 * The page came without headers: once the service worker serves it, load it again, at most once a tab.
 * Resolves false if that cannot help; does not resolve if the page is on its way out.
 */
export async function reloadForHeaders(): Promise<boolean> {
  if (tried() !== false) return false;
  const registration = await register();
  if (!registration || !(await whenActive(registration))) return false;
  await controlled();
  sessionStorage.setItem(attempts, '1');
  location.reload();
  return new Promise(() => {});
}

/** Resolves true once the whole app is stored and its service worker runs, false if it could not be installed. */
export async function whenActive(registration: ServiceWorkerRegistration): Promise<boolean> {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker) return false;
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker.state === 'activated') resolve(true);
      if (worker.state === 'redundant') resolve(registration.active !== null);
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** The headers are here: should they be lost again, the page may be loaded again once more. */
export function headersArrived(): void {
  if (tried()) sessionStorage.removeItem(attempts);
}

/** Whether this tab was already loaded again; null where nothing can be remembered, and so nothing may be counted. */
function tried(): boolean | null {
  try {
    return sessionStorage.getItem(attempts) !== null;
  } catch {
    return null; // storage is switched off in this browser
  }
}

function controlled(): Promise<void> {
  return new Promise((resolve) => {
    if (navigator.serviceWorker.controller) return resolve();
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
    setTimeout(resolve, 3000); // after a forced reload no worker takes over; the next load is served by it
  });
}
