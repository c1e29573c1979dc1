/** Counts of a test run. What crashed, or ran no test at all, counts as one failure: silence is never a success. */

/** @param report what `test-reporter.mjs` wrote, or null */
export function fromVitest(report, exitCode) {
  if (!report || !Array.isArray(report.files)) return crashed()
  const count = (of) => report.files.reduce((total, file) => total + of(file), 0)
  return settle(
    count((file) => file.passed),
    count((file) => (file.ok ? 0 : Math.max(1, file.failed))) + report.unhandled,
    count((file) => file.skipped),
    exitCode,
  )
}

/** Failed files that may be tried again; none when so many failed that it was no bad luck. */
export function secondTries(report, project, most = 5) {
  const files = (report?.files ?? []).filter((file) => !file.ok && file.project === project)
  return files.length > most ? [] : files.map(({ file }) => file)
}

/** The first report with the files that were tried again as they were then; errors of no file stay. */
export function withSecondTries(first, second) {
  const again = new Map((second?.files ?? []).map((file) => [file.file, file]))
  return {
    files: first.files.map((file) => (file.ok ? file : (again.get(file.file) ?? file))),
    unhandled: first.unhandled + (second?.unhandled ?? 0),
  }
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
