import { defineConfig } from 'vitest/config'

/** Needs node-llama-cpp in the folder that CULTIVAR_LLAMA names: `npm run test:local` sees to that. */
export default defineConfig({
  test: {
    include: ['test/local/**/*.local.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
})
