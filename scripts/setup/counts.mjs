/** Counts of a test run. What crashed, or ran no test at all, counts as one failure: silence is never a success. */

export function fromVitest(report, exitCode) {
  if (!report || !Array.isArray(report.testResults)) return crashed()
  const emptyFailures = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  return settle(
    report.numPassedTests,
    report.numFailedTests + emptyFailures,
    report.numPendingTests + (report.numTodoTests ?? 0),
    exitCode,
  )
}

export function fromPlaywright(report, exitCode) {
  if (!report?.stats) return crashed()
  const { expected, unexpected, flaky, skipped } = report.stats
  return settle(expected + flaky, unexpected, skipped, exitCode)
}

/** From a closing line `N passed, N failed`, or else from the exit code alone. */
export function fromOutput(output, exitCode) {
  const lines = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)]
  const last = lines.at(-1)
  if (!last) return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : crashed()
  return settle(Number(last[1]), Number(last[2]), Number(last[3] ?? 0), exitCode)
}

export function sum(counts) {
  return counts.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

export function closingLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`
}

function settle(passed, failed, skipped, exitCode) {
  const silent = passed + failed === 0 || (exitCode !== 0 && failed === 0)
  return { passed, failed: silent ? failed + 1 : failed, skipped }
}

function crashed() {
  return { passed: 0, failed: 1, skipped: 0 }
}
