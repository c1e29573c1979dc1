import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { messageClasses } from './intents.ts'
import { classify } from './service.ts'

/** The project's own labelled messages. The held-out half was written before the classifier saw it and is never tuned on. */
const labelled = z
  .array(
    z.object({
      text: z.string(),
      class: z.enum(messageClasses),
      language: z.enum(['es', 'en']),
      heldOut: z.boolean(),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'labelled.json'), 'utf8')))

interface Report {
  accuracy: number
  matrix: string
  wrong: string[]
}

function evaluate(heldOut: boolean): Report {
  const counts = new Map<string, number>()
  const wrong: string[] = []
  const messages = labelled.filter((message) => message.heldOut === heldOut)
  for (const message of messages) {
    const found = classify(message.text, { language: message.language }).class
    const key = `${message.class} ${found}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (found !== message.class) wrong.push(`${message.class} → ${found}: ${message.text}`)
  }
  const short = (name: string): string => name.slice(0, 9).padEnd(10)
  const rows = messageClasses.map(
    (name) =>
      `${short(name)}${messageClasses.map((found) => String(counts.get(`${name} ${found}`) ?? 0).padEnd(10)).join('')}`,
  )
  return {
    accuracy: 1 - wrong.length / messages.length,
    matrix: [`${' '.repeat(10)}${messageClasses.map(short).join('')}`, ...rows].join('\n'),
    wrong,
  }
}

test('the labelled set is large enough and holds half of it out', () => {
  expect(labelled.length).toBeGreaterThanOrEqual(240)
  expect(labelled.filter((message) => message.heldOut).length).toBeGreaterThanOrEqual(115)
})

test.each([
  ['held out', true, 0.85],
  ['for development', false, 0.9],
] as const)('messages %s are classified well', (name, heldOut, least) => {
  const { accuracy, matrix, wrong } = evaluate(heldOut)
  console.log(`messages ${name}: accuracy ${accuracy.toFixed(3)} (rows: label, columns: found)\n${matrix}`)
  expect(accuracy, wrong.join('\n')).toBeGreaterThanOrEqual(least)
})

test('understanding a long message takes little time', () => {
  const text =
    'hola buenas quería saber si tenéis camisetas de algodón y cuánto cuesta el envío a Sevilla, gracias'
  classify(text)
  const started = performance.now()
  for (let round = 0; round < 200; round++) classify(text)
  expect((performance.now() - started) / 200).toBeLessThan(5)
})
