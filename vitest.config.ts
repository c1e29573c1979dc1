import { defineConfig } from 'vitest/config'

/** Unit, integration and conversation tests, on real SQLite files. Browser tests are Playwright's (`tests/e2e`). */
export default defineConfig({
  test: {
    include: [
      'main/**/*.test.ts',
      'preload/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'scripts/**/*.test.mjs',
      'tests/{integration,conversations,fakes,fixtures,bench,faults}/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', 'out/**', 'tests/e2e/**'],
    env: { NODE_ENV: 'test' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
