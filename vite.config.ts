import { createRequire } from 'node:module';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { compressedEngine } from './src/db/engine-plugin.ts';
import { policy } from './src/guard/policy-plugin.ts';
import { kernels } from './workers/kernels/kernel-plugin.ts';

export default defineConfig({
  base: './', // any static host, any sub-path
  plugins: [
    compressedEngine(),
    kernels(),
    svelte({ compilerOptions: { fragments: 'tree' } }), // elements, not HTML strings: so Trusted Types can refuse every string
    ...(process.env['VITEST'] ? [] : policy()),
  ],
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  worker: { format: 'es' },
  build: { target: 'es2023' },
  preview: { host: '127.0.0.1', port: 4173 },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/journeys/**'],
    testTimeout: 60_000,
    maxWorkers: '100%', // the machine has nothing else to do
    isolate: false, // files of one worker share its modules: to load them again for each takes a fifth of the time
    // In Node, duckdb-wasm is CommonJS and would bring a second apache-arrow, whose classes fail `instanceof` here.
    alias: { 'apache-arrow': createRequire(import.meta.url).resolve('apache-arrow') },
  },
});
