/** What a Trusted Types policy gives back. It is passed where the type library of today still says string or URL. */
export type TrustedScript = { toString(): string };
type Factory = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): TrustedScript };
};

/** A script of this app: own origin, inside the folder that the page lives in (so a neighbour on the same host is not). */
export function isOwnScript(url: URL, page: string): boolean {
  const folder = new URL('.', page);
  return url.origin === folder.origin && url.pathname.startsWith(folder.pathname);
}

function check(address: string): string {
  const url = new URL(address, document.baseURI);
  if (!isOwnScript(url, document.baseURI))
    throw new TypeError(`${url.href} is not a script of this app`);
  return url.href;
}

let policy: { createScriptURL(url: string): TrustedScript } | null = null;

/**
 * The one way to start a worker or the service worker: the only Trusted Types policy that the headers allow.
 * Throws TypeError for any address outside this app.
 */
export function ownScript(address: URL | string): TrustedScript {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes; // not in TypeScript's DOM library
  policy ??= factory?.createPolicy('tessera-worker', { createScriptURL: check }) ?? {
    createScriptURL: check,
  };
  return policy.createScriptURL(String(address));
}
