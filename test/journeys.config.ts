import { defineConfig } from 'vitest/config';

/** The journeys drive the built app from outside, so they need nothing of the app's own configuration. */
export default defineConfig({
  test: {
    include: ['test/journeys/*.ts'],
    fileParallelism: false, // one browser at a time: they share the machine
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
