import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { kernels } from '../../workers/kernels/kernel-plugin.ts';
import { launch } from './browser.ts';
import type { Lab } from './gpu/lab.worker.ts';
import { serve } from './serve.ts';

/** WebGPU and WebGL on the processor: slow, the same everywhere, and there on machines without a GPU. */
const software = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan,WebGPU',
  '--use-vulkan=swiftshader',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-swiftshader',
];

export type GpuLab = {
  run<Name extends keyof Lab>(
    name: Name,
    options: Parameters<Lab[Name]>[0],
  ): Promise<Awaited<ReturnType<Lab[Name]>>>;
  /** Violations of the policy, and errors of the worker that nobody caught. */
  complaints(): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** The GPU code in a worker of a real Chromium, under the headers that the app is served with. */
export async function openGpuLab(): Promise<GpuLab> {
  const dist = mkdtempSync(join(tmpdir(), 'tessera-gpu-'));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./gpu/', import.meta.url)),
    base: './',
    logLevel: 'error',
    plugins: [kernels()],
    worker: { format: 'es' },
    build: { target: 'es2023', outDir: dist, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  });
  const site = await serve(dist, { headers: true });
  const browser = await launch({ args: software });
  const page = await browser.newPage();
  page.on('console', (line) => {
    if (process.env['TESSERA_GPU_TALK']) console.log(line.type(), line.text());
  });
  await page.goto(site.url);
  return {
    // What the page hands out is the lab's own answer, as data.
    run: (name, options) =>
      page.evaluate(
        ([which, given]) =>
          (globalThis as unknown as { lab(name: string, it: unknown): Promise<never> }).lab(
            which,
            given,
          ),
        [name, options] as const,
      ),
    complaints: () =>
      page.evaluate(() => (globalThis as unknown as { complaints: string[] }).complaints),
    async close() {
      await browser.close();
      await site.close();
      rmSync(dist, { recursive: true, force: true });
    },
  };
}
