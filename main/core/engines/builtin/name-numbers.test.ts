import { expect, test } from 'vitest'
import { quantityBeside } from './name-numbers.ts'

test.each([
  ['Pastel de tres leches', 'quiero un pastel de tres leches grande', 3, null],
  ['Pastel de tres leches', 'quiero dos pasteles de tres leches', 2, 2],
  ['Pastel de tres leches', 'quiero dos pasteles de tres leches', 3, 2],
  ['Pastel de tres leches', 'quiero tres pasteles de tres leches', 3, 3],
  ['Pastel de tres leches', 'ponme 5', 5, 5],
  ['Juego 4 en 1', 'me llevo el juego 4 en 1', 4, null],
  ['Taza', 'ponme tres tazas', 3, 3],
  ['Taza', 'ponme una taza', 1, 1],
] as const)('%s: %s', (name, text, quantity, meant) => {
  expect(quantityBeside(name, text, quantity)).toBe(meant)
})
