import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { compressedEngine } from '../../src/db/engine-plugin.ts';
import { kernels } from '../../workers/kernels/kernel-plugin.ts';
import { launch } from './browser.ts';
import { serve } from './serve.ts';

const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** A page of a bench with the app's own workers and database, in a cross-origin isolated Chromium. Close it in a `finally`. */
export type AppPage = {
  readonly page: Page;
  readonly browser: string;
  close(): Promise<void>;
};

/** `root` is a folder with an index.html; `ready` a name that its script gives to `globalThis` last. */
export async function openAppPage(root: string, ready: string): Promise<AppPage> {
  const scratch = mkdtempSync(join(tmpdir(), 'tessera-app-'));
  const dist = join(scratch, 'dist');
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    plugins: [svelte({ configFile: false }), compressedEngine(), kernels()],
    worker: { format: 'es', plugins: () => [kernels()] },
    build: { target: 'es2023', outDir: dist, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  });
  const site = await serve(dist, { headers: isolated });
  const browser = await launch();
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(site.url);
  await page.waitForFunction((name) => name in globalThis, ready);
  return {
    page,
    browser: browser.version(),
    async close() {
      await browser.close();
      await site.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
