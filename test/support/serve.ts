import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { policyHeaders, type Headers } from '../../src/guard/policy.ts';

/** A static host on loopback, as dumb as asked for. */
export type Site = {
  /** The page's address, with a slash at its end. */
  readonly url: string;
  readonly origin: string;
  /** Every path that was asked for. */
  readonly requests: string[];
  close(): Promise<void>;
};

export type SiteOptions = {
  /** Send the full policy with every response, or nothing that a plain file host would not send, or exactly these. */
  readonly headers: boolean | Headers;
  /** The sub-path under which the app lies, such as `/team/tessera/`. */
  readonly base?: string;
  readonly port?: number;
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
};

/** Scripts that only tests load, served as if they were part of the app. */
const testScripts = new URL('./attack/', import.meta.url).pathname;

/** Serves `folder` under `base`, and the test's own scripts under `base` + `__test__/`. */
export async function serve(folder: string, options: SiteOptions): Promise<Site> {
  const { headers, base = '/', port = 0 } = options;
  const requests: string[] = [];
  const sent = headers === true ? policyHeaders : headers || {};
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    requests.push(pathname);
    for (const [name, value] of Object.entries(sent)) response.setHeader(name, value);
    const inside = pathname.startsWith(base) ? pathname.slice(base.length) : null;
    const file = inside === null ? null : fileOf(folder, inside);
    try {
      if (!file) throw new Error('outside');
      const body = await readFile(file);
      response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not here');
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on TCP: never a string
  return {
    origin,
    url: origin + base,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fileOf(folder: string, path: string): string | null {
  const clean = normalize(decodeURIComponent(path || 'index.html'));
  if (clean.startsWith('..')) return null;
  return clean.startsWith('__test__/')
    ? join(testScripts, clean.slice('__test__/'.length))
    : join(folder, clean.endsWith('/') ? `${clean}index.html` : clean);
}
