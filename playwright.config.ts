import { defineConfig } from '@playwright/test'
import type { Shown } from './tests/e2e/fixtures.ts'

/** Journeys through the real desk, served by the real headless host on a data folder of its own. */
export default defineConfig<{ shown: Shown }>({
  testDir: 'tests/e2e',
  outputDir: 'out/e2e',
  fullyParallel: true,
  workers: 2,
  // Each starts a host and a browser, on machines that do other things too.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // A journey that passes only at its second try is listed as flaky.
  retries: 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  projects: [
    { name: 'browser' },
    // Two of them on the desktop app with the stand-in of Electron: the same desk over its port.
    {
      name: 'desktop',
      testMatch: ['first-run.spec.ts', 'takeover.spec.ts'],
      grep: /(launch link to an answer|person takes over).*\(es\)/,
      use: { shown: 'stand-in' },
    },
    // All of them on Electron itself, by `npm run e2e:electron`: it has to be there.
    ...(process.env.MOSTRADOR_ELECTRON === undefined
      ? []
      : [
          {
            name: 'electron',
            grepInvert: /@browser/,
            testIgnore: ['access.spec.ts', 'computer.spec.ts'],
            workers: 1,
            use: { shown: 'electron' as const },
          },
        ]),
  ],
  use: {
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.MOSTRADOR_CHROMIUM ?? process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Nothing may leave the machine.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    },
  },
})
