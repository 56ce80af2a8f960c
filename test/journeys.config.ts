import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/** The journeys drive the built app from outside, so they need nothing of the app's own configuration. */
export default defineConfig({
  test: {
    include: ['test/journeys/*.ts'],
    fileParallelism: false, // one browser at a time: they share the machine
    testTimeout: 180_000,
    hookTimeout: 120_000,
    alias: { 'apache-arrow': createRequire(import.meta.url).resolve('apache-arrow') }, // as in vite.config.ts
  },
});
