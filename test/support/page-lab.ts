import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { launch } from './browser.ts';
import { serve } from './serve.ts';

/** A module's functions, run in pages of a real Chromium: for what draws. */
export type PageLab = {
  readonly browser: string;
  /** A fresh page; close it when done. */
  open(): Promise<LabPage>;
  close(): Promise<void>;
};

export type LabPage = {
  readonly page: Page;
  /** Calls export `name` of the module with these values; the answer must be plain data. */
  call<T>(name: string, ...values: unknown[]): Promise<T>;
};

/** WebGL on the processor: slow, the same everywhere, and there on machines without a GPU. */
export const softwareGl = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** `module` is the path of a file with exports. Close it in a `finally`. */
export async function openPageLab(module: string): Promise<PageLab> {
  const scratch = mkdtempSync(join(tmpdir(), 'tessera-page-'));
  const folder = join(scratch, 'dist');
  writeFileSync(
    join(scratch, 'index.html'),
    '<link rel="icon" href="data:," /><script type="module" src="./page.ts"></script>',
  );
  writeFileSync(
    join(scratch, 'page.ts'),
    `import * as functions from ${JSON.stringify(module)};
     globalThis.lab = (name, values) => functions[name](...values);`,
  );
  await build({
    configFile: false,
    root: scratch,
    base: './',
    logLevel: 'error',
    plugins: [svelte({ configFile: false })],
    build: { target: 'es2023', outDir: folder, chunkSizeWarningLimit: 4000 },
  });
  const site = await serve(folder, { headers: false });
  const browser = await launch({ args: [...softwareGl, '--enable-precise-memory-info'] });
  return {
    browser: browser.version(),
    async open() {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      page.on('pageerror', (error) => console.error(error));
      page.on('console', (line) => {
        if (line.type() === 'error') console.error(line.text());
      });
      await page.goto(site.url);
      return {
        page,
        call: (name, ...values) =>
          page.evaluate(`lab(${JSON.stringify(name)}, ${JSON.stringify(values)})`),
      };
    },
    async close() {
      await browser.close();
      await site.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
