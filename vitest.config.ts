import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Node loads graphql's CommonJS build, Vite would take its ES build beside it: two graphqls refuse each other's schemas.
const graphql = createRequire(import.meta.url).resolve('graphql');

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    include: ['test/**/*.test.ts'],
    // Opening a PGlite database takes seconds on a slow machine.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Hundreds of processes of our own are started: what Node compiled of them once is kept.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('./node_modules/.cache/compiled', import.meta.url)) },
    pool: 'forks',
    // Many tests wait for servers and clocks: three share two cores well.
    maxWorkers: 3,
  },
});
