import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Connect, HtmlTagDescriptor, Plugin, PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { netlifyHeaders } from './hosts.ts';
import { devHeaders, metaPolicy, policyHeaders, type Headers } from './policy.ts';

const sending =
  (headers: Headers): Connect.NextHandleFunction =>
  (_, response, next) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    next();
  };

/** The largest file that common static hosts take. A larger one must not be in `dist/`. */
export const largestFile = 25_000_000;

/**
 * The policy on every response of `vite dev` and `vite preview`, in `dist/_headers`, as a last resort in the page itself, and in
 * `dist/service.worker.js` for hosts that send no headers.
 */
export function policy(): PluginOption[] {
  let dist = 'dist';
  const headers: Plugin = {
    name: 'tessera-policy',
    configResolved: ({ root, build }) => void (dist = resolve(root, build.outDir)),
    configureServer: ({ middlewares }) => void middlewares.use(sending(devHeaders)),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(sending(policyHeaders)),
    transformIndexHtml: (_, { server }) => (server ? [] : [meta]),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: netlifyHeaders() });
    },
  };
  return [headers, offlineApp(() => dist)];
}

const meta: HtmlTagDescriptor = {
  tag: 'meta',
  attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
  injectTo: 'head-prepend',
};

/**
 * The service worker, holding the list of all files with their hashes: the app works without a network after the first visit,
 * and a file that the host changed on the way is not installed.
 */
function offlineApp(dist: () => string): PluginOption {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'workers',
    filename: 'service.worker.ts',
    injectRegister: false, // our Trusted Types policy has to see the address: src/guard/offline.ts
    manifest: false, // public/manifest.webmanifest
    injectManifest: {
      globPatterns: ['**/*'],
      globIgnores: ['_headers', '**/*.map', 'service.worker.js'],
      maximumFileSizeToCacheInBytes: largestFile,
      dontCacheBustURLsMatching: /^assets\//, // their names carry a hash
      manifestTransforms: [
        (entries) => ({
          manifest: entries.map((entry) => ({
            ...entry,
            integrity: hash(join(dist(), entry.url)),
          })),
          warnings: [],
        }),
      ],
    },
  });
}

const hash = (file: string): string =>
  `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;
