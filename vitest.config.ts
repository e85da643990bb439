import { defineConfig } from 'vitest/config'

/** Nothing in these folders keeps state or touches the machine: their files can share a process. */
const pure = [
  'learning',
  'metrics',
  'model',
  'perturbations',
  'simulations',
  'stats',
  'tables',
  'taxonomy',
  'text',
].map(folder => `src/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'all',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/src/**/*.test.ts'],
          // Those of the studio run apart, in “npm run test:studio”.
          exclude: [...pure, 'test/studio/**'],
          globalSetup: ['test/postgres.setup.ts'],
        },
      },
    ],
  },
})
