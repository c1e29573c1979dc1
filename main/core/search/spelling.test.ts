import { expect, test } from 'vitest'
import { Spelling } from './spelling.ts'

const spelling = new Spelling()
for (const word of [
  'zapatillas',
  'biberon',
  'hidratante',
  'caldera',
  'mochila',
  'pollo',
  'oveja',
  'screwdriver',
  'mattress',
]) {
  spelling.add(word, 3)
}

test.each([
  ['zapatilas', 'zapatillas'],
  ['biveron', 'biberon'],
  ['idratante', 'hidratante'],
  ['mohcila', 'mochila'],
  ['obeja', 'oveja'],
  ['screwdrver', 'screwdriver'],
  ['matress', 'mattress'],
])('%s means %s', (slip, meant) => {
  expect(spelling.correct(slip)).toBe(meant)
})

test.each(['poco', 'xyzzy', 'saxofon', 'mio'])('leaves %s alone', (word) => {
  expect(spelling.correct(word)).toBeNull()
})
