import { expect, test } from 'vitest'
import { englishTexts } from './en.ts'
import { spanishTexts } from './es.ts'
import { textKeys } from './texts.ts'
import { enumerate, say } from './voice.ts'

const values = {
  shop: 'S',
  name: 'N',
  price: 'P',
  query: 'Q',
  categories: 'C',
  available: 3,
  title: 'T',
  line: 'L',
  total: 'T',
  min: 1,
  max: 2,
  day: 'D',
  days: 'DD',
  date: 'X',
  month: 'M',
  period: 'P',
  span: 'S',
  names: 'N',
  words: 'W',
  subject: 'V',
  answer: 'A',
  time: 'H',
  hours: 'H',
  zone: 'Z',
  fee: 'F',
  amount: 'A',
  eta: 'E',
  items: 'I',
  area: 'A',
  option: 'O',
  values: 'V',
  attribute: 'A',
  value: 'V',
  quantity: 2,
  text: 'T',
  options: 'O',
  number: 'Q1',
  list: 'L',
  rest: 'R',
  reason: 'R',
  when: 'W',
  size: 'S',
  address: 'A',
  place: 'P',
  zones: 'Z',
  code: 'C',
  minimum: 'M',
  subtotal: 'S',
  slot: 'S',
  payment: 'P',
  note: 'N',
  question: '¿Q?',
}

test('every text fills its values in every language and form of address', () => {
  for (const key of textKeys)
    for (const language of ['es', 'en'] as const)
      for (const formOfAddress of ['tu', 'usted', 'vos'] as const)
        for (let seed = 0; seed < 6; seed++)
          expect(say({ language, formOfAddress, seed: String(seed) }, key, values), key).not.toMatch(
            /[{}[\]|]/,
          )
})

test('no text carries a figure of its own', () => {
  for (const texts of [spanishTexts, englishTexts])
    for (const [key, wordings] of Object.entries(texts))
      if (key !== 'stock_one') expect(wordings.join(' '), key).not.toMatch(/[0-9€£$%]/)
})

test('the form of address is the customer’s', () => {
  const text = (formOfAddress: 'tu' | 'usted' | 'vos') =>
    say({ language: 'es', formOfAddress, seed: 'x' }, 'how_many')
  expect([text('tu'), text('usted'), text('vos')]).toEqual([
    '¿Cuántas unidades quieres?',
    '¿Cuántas unidades quiere?',
    '¿Cuántas unidades querés?',
  ])
})

test('lists are joined as people say them', () => {
  const spanish = { language: 'es', formOfAddress: 'tu', seed: '' } as const
  expect(enumerate(spanish, ['S', 'M', 'L'])).toBe('S, M y L')
  expect(enumerate(spanish, ['gorros', 'hilos'])).toBe('gorros e hilos')
  expect(enumerate({ ...spanish, language: 'en' }, ['S', 'M'], 'or')).toBe('S or M')
})
