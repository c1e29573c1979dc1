import type { Trace } from '../../preload/contract/index.ts'
import { cellText } from './output.ts'
import { type CliLanguage, say } from './texts.ts'

/** A trace for people: who answered, what each step did, and what the gate said. */
export function traceText(trace: Trace, language: CliLanguage): string {
  const { engine, model, promptVersion, usage, costMicros, durationMs, gate, steps } = trace
  const head = [
    model === null ? engine : `${engine} (${model})`,
    ...(promptVersion == null ? [] : [promptVersion]),
    ...(usage?.inputTokens == null
      ? []
      : [say('traceTokens', language, { input: usage.inputTokens, output: usage.outputTokens ?? 0 })]),
    ...(costMicros == null ? [] : [say('traceCost', language, { cost: (costMicros / 1e6).toFixed(6) })]),
    `${Math.round(durationMs)} ms`,
  ]
  const lines = steps.flatMap((step) => [
    `${step.step + 1}. ${step.engine}${step.served?.skipped.length ? ` (${step.served.skipped.map((one) => `${one.engine}: ${one.code}`).join(', ')})` : ''}`,
    ...step.calls.map((call) => {
      const became = call.ok ? '✓' : `✗ ${codeOf(call.result)}`
      return `   ${call.tool} ${cellText(JSON.stringify(call.arguments ?? {}))} ${became}`
    }),
    ...(step.refused ?? []).map((finding) => `   ${refusal(finding, language)}`),
  ])
  const verdict = gate === null || gate.ok ? [] : gate.findings.map((finding) => refusal(finding, language))
  return [head.join(' · '), ...lines, ...verdict].join('\n')
}

function refusal(finding: { kind: string; text: string; reason: string }, language: CliLanguage): string {
  const { kind, text, reason } = finding
  return say('traceRefused', language, { text: cellText(text), kind, reason })
}

function codeOf(result: unknown): string {
  return result !== null && typeof result === 'object' && 'code' in result ? String(result.code) : ''
}
