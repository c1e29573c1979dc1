import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Vitest's reporter for `npm test`: writes what became of each file, and errors that belong to none, to the file that
 * `MOSTRADOR_TEST_REPORT` names. Vitest's own JSON report knows neither projects nor stray errors.
 */
export default class FileReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const files = modules.map((module) => {
      const tests = [...module.children.allTests()]
      const count = (...states) => tests.filter((test) => states.includes(test.result().state)).length
      return {
        file: module.relativeModuleId,
        project: module.project.name,
        ok: module.ok(),
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped', 'pending'),
        failures: tests.filter((test) => test.result().state === 'failed').map((test) => test.fullName),
      }
    })
    const report = process.env.MOSTRADOR_TEST_REPORT
    mkdirSync(dirname(report), { recursive: true })
    writeFileSync(report, JSON.stringify({ files, unhandled: unhandledErrors.length }))
  }
}
