import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/studio/**/*.browser.ts', 'test/studio/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Chromium itself fell over, not the studio.
    retry: { count: 2, condition: /Page crashed/ },
    globalSetup: ['test/postgres.setup.ts', 'test/studio/studio.setup.ts'],
  },
})
