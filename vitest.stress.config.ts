import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.stress.ts', 'test/**/*.stress.ts'],
    maxWorkers: 2,
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    globalSetup: ['test/postgres.setup.ts'],
  },
})
