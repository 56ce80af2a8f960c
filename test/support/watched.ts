import type { Browser, BrowserContext, BrowserContextOptions, Request } from 'playwright-core';
import { isCanary } from '../../src/guard/canary.ts';

export type Watched = {
  readonly context: BrowserContext;
  /** Address of every request so far: of pages, workers, workers of workers and service workers, and of web sockets. */
  requests(): readonly string[];
  /** Those to another origin. The guard's own canaries are none, if the browser stopped them. */
  outside(): readonly string[];
  /** Closes the context; throws if anything went outside. */
  close(): Promise<void>;
};

/** A fresh profile in which every request is recorded and none may go to another origin than that of `address`. */
export async function openWatched(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const { origin } = new URL(address);
  const context = await browser.newContext(options);
  const asked: Request[] = [];
  const sockets: string[] = [];
  context.on('request', (request) => asked.push(request));
  context.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())));
  const outside = () => [
    ...asked.filter((request) => !isOwn(request.url(), origin) && !isCaged(request)).map(addressOf),
    ...sockets.filter((url) => !isOwn(url, origin) && !isCanary(url)),
  ];
  return {
    context,
    requests: () => [...asked.map(addressOf), ...sockets],
    outside,
    async close() {
      await context.close();
      const strangers = outside();
      if (strangers.length > 0)
        throw new Error(`${strangers.length} requests to another origin: ${strangers.join(', ')}`);
    },
  };
}

/** `data:` and `blob:` name what is in the page already. */
function isOwn(url: string, origin: string): boolean {
  return /^(data|blob|about):/.test(url) || new URL(url).origin === origin;
}

/** A canary of the guard that never left the browser. */
const isCaged = (request: Request): boolean =>
  isCanary(request.url()) && request.failure() !== null;

const addressOf = (request: Request): string => request.url();
