import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { redact } from './redaction.ts'

const nobody = { names: [], phones: [], emails: [], addresses: [], nationalIds: [] }
const folder = join(import.meta.dirname, '..', '..', '..', 'tests', 'conversations')

/** What customers write in the scripted conversations, each line once. */
const lines = [
  ...new Set(
    readdirSync(folder)
      .filter((name) => name.endsWith('.txt'))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
      .filter((line) => line.startsWith('> '))
      .map((line) => line.slice(2)),
  ),
]

function leaves(text: string): { text: string; back: string } {
  const { conversation, restore } = redact(
    { version: '', head: '', messages: [{ role: 'user', text }] },
    nobody,
  )
  const [message] = conversation.messages
  const left = message?.role === 'user' ? message.text : ''
  return { text: left, back: restore(left) }
}

const personal =
  /soy |llamo|c\/|nombre|name|under |\d{3}[ -]?\d{2,4}[ -]?\d{2,4}|@|\b(?:calle|av\.?|avenida|paseo|carrera|street|st|road|crescent|ave|colima|honduras|mart[ií]n|pl[aá]tanos)\b|seis cero/i

test('what customers say of goods, figures and days leaves as it is', () => {
  const plain = lines.filter((line) => !personal.test(line))
  expect(plain.length).toBeGreaterThan(900)
  expect(plain.filter((line) => leaves(line).text !== line)).toEqual([])
})

test('what they say of themselves stays here, and comes back as it was', () => {
  const told = lines.filter((line) => personal.test(line)).map((line) => ({ line, ...leaves(line) }))
  expect(told.filter(({ line, back }) => back !== line)).toEqual([])
  const kept = told.map(({ text }) => text.replace(/\[[A-Z]+_\d+\]/g, ' '))
  // Phones as they are told in these conversations, for delivery and pickup.
  expect(
    kept.filter((text) => /(?<!\d)\d{2,5}[ -]\d{3,4}[ -]\d{3,4}(?!\d)|(?<!\d)[36]\d{8,9}(?!\d)/.test(text)),
  ).toEqual([])
  expect(
    kept.filter((text) => /\b(?:calle|street|crescent|carrera)\b[^\n]*\d{1,4}\b(?! ?Madrid)/i.test(text))
      .length,
  ).toBe(0)
})
