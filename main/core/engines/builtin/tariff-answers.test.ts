import { expect, it } from 'vitest'
import { tariffAnswers } from './tariff-answers.ts'
import type { QuoteInput } from './tariff-data.ts'

const area: QuoteInput = {
  key: 'area',
  type: 'number',
  label: 'Superficie',
  question: '¿Cuántos metros cuadrados?',
  unit: 'm²',
  min: null,
  max: null,
  options: [],
}

it('reads a figure as it was meant, with its decimals, its thousands and its half', () => {
  const read = (text: string) => tariffAnswers(text, [area], 'area').area
  for (const text of ['2,5', '2.5', 'son 2,5', '2,5 m²', '2,5m2', 'pues 2,5, gracias'])
    expect(read(text), text).toBe(2.5)
  for (const text of ['1,500', '1.500', '1.500 m2', '1500']) expect(read(text), text).toBe(1_500)
  for (const text of ['dos y medio', '2 metros y medio', 'two and a half']) expect(read(text), text).toBe(2.5)
  for (const text of ['2', 'dos', '2, gracias', 'dos, y medio deprisa']) expect(read(text), text).toBe(2)
})
