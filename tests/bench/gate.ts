/**
 * `node tests/bench/gate.ts`: the money gate on its measured set: per kind of lie how many false drafts passed, and how many
 * true ones were refused, for the half it was made on, the half that was kept out and the drafts written without having read
 * the gate. `--show dev` prints the texts, `--only blind` judges one half.
 */
import { parseArgs } from 'node:util'
import { type Measured, measure } from '../fixtures/gate-set/measure.ts'

const { values } = parseArgs({
  options: {
    show: { type: 'string', default: '' },
    kind: { type: 'string', default: '' },
    only: { type: 'string', default: 'dev,held_out,blind' },
  },
})

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}

function print({ half, good, refused, bad, missed }: Measured): void {
  console.log(
    `\n${half}: ${good.length} true drafts, ${refused.length} refused (${percent(refused.length, good.length)})`,
  )
  console.log(`${bad.length} false drafts, ${missed.length} passed (${percent(missed.length, bad.length)})`)
  const kinds = [...new Set(bad.map(({ mutation }) => mutation))]
  for (const kind of kinds) {
    const all = bad.filter(({ mutation }) => mutation === kind).length
    const passed = missed.filter(({ mutation }) => mutation === kind).length
    console.log(`  ${kind.padEnd(22)} ${String(passed).padStart(5)} of ${String(all).padStart(5)}`)
  }
  if (values.show !== half) return
  for (const { draft, verdict } of refused)
    console.log(
      `REFUSED [${draft.scene.scene}] ${draft.text}\n   ${verdict.findings.map(({ kind, text, reason }) => `${kind}/${reason}: ${text}`).join('\n   ')}`,
    )
  for (const { scene, text, mutation } of missed)
    if (values.kind === '' || values.kind === mutation)
      console.log(`PASSED ${mutation} [${scene.scene}] ${text}`)
}

for (const half of ['dev', 'held_out', 'blind'] as const) if (values.only.includes(half)) print(measure(half))
