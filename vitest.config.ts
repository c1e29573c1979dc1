import { defineConfig } from 'vitest/config'

/** Suites in which a browser does the work: on a busy machine it may miss its time for no fault of ours. */
const inBrowser = ['tests/integration/{whatsapp,desktop}-*.test.ts', 'tests/fakes/**/*.test.ts']

/** Unit, integration and conversation tests, on real SQLite files. Journeys through the desk are Playwright's (`tests/e2e`). */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: [
            'main/**/*.test.ts',
            'preload/**/*.test.ts',
            'renderer/**/*.test.{ts,tsx}',
            'scripts/**/*.test.mjs',
            'tests/{integration,conversations,fixtures,bench,faults}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', 'out/**', 'tests/e2e/**', ...inBrowser],
        },
      },
      // As the journeys: a test that passes only at its second try is listed with it.
      { extends: true, test: { name: 'browser', include: inBrowser, retry: 1 } },
    ],
    env: { NODE_ENV: 'test' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
