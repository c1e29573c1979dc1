import { defineConfig } from 'vitest/config'

const never = ['**/node_modules/**', 'out/**', 'tests/e2e/**']

/**
 * Suites in which other programs do the work (browsers, models, hosts, the command line): on a busy machine one of them
 * may miss its time for no fault of ours. `npm test` tries a file of them that failed once more, whole and on its own,
 * and lists it. Random orders of events are no such suites: what they find once is a fault.
 */
const withPrograms = ['tests/{integration,fakes,faults}/**/*.test.ts', 'main/headless/main.test.ts']
const random = ['tests/integration/{takeover-races,last-units}.test.ts', 'tests/faults/storm.test.ts']

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
            'tests/{conversations,fixtures,bench}/**/*.test.ts',
          ],
          exclude: [...never, ...withPrograms],
        },
      },
      { extends: true, test: { name: 'random', include: random } },
      {
        extends: true,
        test: { name: 'programs', include: withPrograms, exclude: [...never, ...random] },
      },
    ],
    env: { NODE_ENV: 'test' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
