import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoney } from '../../money/money.ts'
import { DecimalVotes, type NumberStyle, parsePrice, usualDecimal } from './prices.ts'

const style = (currency: string, locale: string, file: NumberStyle['file'] = 'none'): NumberStyle => ({
  currency,
  file,
  usual: usualDecimal(currency, locale),
})
const es = style('EUR', 'es-ES')
const mx = style('MXN', 'es-MX')
const ar = style('ARS', 'es-AR')
const co = style('COP', 'es-CO')
const gb = style('GBP', 'en-GB')

/** Amount and doubts as text: `exact 1290`, `from 450`, `ask (price_free)`, `! price_negative`. */
function read(text: string, as: NumberStyle): string {
  const parsed = parsePrice(text, as)
  if (!parsed.ok) return `! ${parsed.reason}`
  const doubts = parsed.doubts.map((doubt) => doubt.reason).join(', ')
  const price = parsed.price.kind === 'ask' ? 'ask' : `${parsed.price.kind} ${parsed.price.amount}`
  return `${price}${parsed.unit === null ? '' : ` /${parsed.unit}`}${doubts === '' ? '' : ` (${doubts})`}`
}

describe('figures', () => {
  test.each([
    ['12,90', es, 'exact 1290'],
    ['12,90 €', es, 'exact 1290'],
    ['€12.90', es, 'exact 1290'],
    ['12,9', es, 'exact 1290'],
    ['12', es, 'exact 1200'],
    ['12,-', es, 'exact 1200'],
    ['12,– €', es, 'exact 1200'],
    ['1.299,00', es, 'exact 129900'],
    ['1,299.00', es, 'exact 129900'],
    ['1 299,00', es, 'exact 129900'],
    ['1\u00a0299,00\u00a0€', es, 'exact 129900'],
    ['1\u202f299,00 EUR', es, 'exact 129900'],
    ["1'299.00", es, 'exact 129900'],
    ['1.299.000', es, 'exact 129900000'],
    ['0,500', es, 'exact 50'],
    ['.5', gb, 'exact 50'],
    ['12.900', es, 'exact 1290000 (price_ambiguous)'],
    ['12.900', ar, 'exact 1290000 (price_ambiguous)'],
    ['$ 12.900', style('CLP', 'es-CL'), 'exact 12900 (price_ambiguous)'],
    ['12.900', co, 'exact 1290000 (price_ambiguous)'],
    ['COP 1.290.000', co, 'exact 129000000'],
    ['$12.900 COP', co, 'exact 1290000 (price_ambiguous)'],
    ['1,299', mx, 'exact 129900 (price_ambiguous)'],
    ['12.900', mx, 'exact 1290 (price_ambiguous)'],
    ['MX$ 1,299.00', mx, 'exact 129900'],
    ['$1,299.50 M.N.', mx, 'exact 129950'],
    ['S/ 12.90', style('PEN', 'es-PE'), 'exact 1290'],
    ['£1,299.00', gb, 'exact 129900'],
    ['US$ 5', style('USD', 'en-US'), 'exact 500'],
    ['12,90 IVA incl.', es, 'exact 1290'],
    ['12,90 c/u', es, 'exact 1290'],
    ['12,90 + IVA', es, 'exact 1290 (price_without_tax)'],
    ['4,50 €/kg', es, 'exact 450 /kg'],
    ['="12,90"', es, 'exact 1290'],
    ['12,999', style('EUR', 'es-ES', ','), 'exact 1300 (price_ambiguous, price_rounded)'],
  ] as const)('%s in %j is %s', (text, as, expected) => {
    expect(read(text, as)).toBe(expected)
  })

  test('the file decides what one figure leaves open', () => {
    expect(read('12.900', style('EUR', 'es-ES', ','))).toBe('exact 1290000')
    expect(read('12.900', style('EUR', 'es-ES', '.'))).toBe('exact 1290 (price_ambiguous)')
    expect(read('1,299', style('EUR', 'es-ES', '.'))).toBe('exact 129900')
    expect(read('12.90', style('EUR', 'es-ES', ','))).toBe('exact 1290 (decimal_mixed)')
  })

  test('what the whole file proves', () => {
    const votes = (...texts: string[]) => {
      const count = new DecimalVotes()
      for (const text of texts) count.add(text)
      return count.result()
    }
    expect(votes('12.900', '8.500')).toBe('none')
    expect(votes('12.900', '1.129.900')).toBe(',')
    expect(votes('12.900', '$ 8.500,50')).toBe(',')
    expect(votes('12.90', '1,299.00', '7')).toBe('.')
    expect(votes('12,5', '12.5')).toBe('none')
    expect(votes('consultar', '', 'desde 4,50 €')).toBe(',')
  })
})

describe('words', () => {
  test.each([
    ['desde 4,50', 'from 450'],
    ['Desde 4,50 €', 'from 450'],
    ['a partir de 30', 'from 3000'],
    ['from 4.50', 'from 450'],
    ['Starting at €4.50', 'from 450'],
    ['20 € en adelante', 'from 2000'],
    ['10 - 15 €', 'from 1000 (price_range)'],
    ['10 a 15', 'from 1000 (price_range)'],
    ['consultar', 'ask'],
    ['A consultar', 'ask'],
    ['Consúltenos', 'ask'],
    ['precio a consultar', 'ask'],
    ['según presupuesto', 'ask'],
    ['Price on request', 'ask'],
    ['Ask', 'ask'],
    ['POA', 'ask'],
    ['', 'ask (price_missing)'],
    ['  -  ', 'ask (price_missing)'],
    ['N/A', 'ask (price_missing)'],
    ['#N/A', 'ask (price_missing)'],
    ['gratis', 'ask (price_free)'],
    ['Free', 'ask (price_free)'],
    ['0', 'ask (price_zero)'],
    ['0,00 €', 'ask (price_zero)'],
    ['-5', '! price_negative'],
    ['−5,00 €', '! price_negative'],
    ['(5,00)', '! price_negative'],
    ['5-', '! price_negative'],
    ['99999999999999999', '! price_absurd'],
    ['99999999999', '! price_absurd'],
    ['abc', '! price_unreadable'],
    ['12/05/2024', '! price_unreadable'],
    ['12.05.2024', '! price_unreadable'],
    ['2x1', '! price_unreadable'],
    ['1,29E+04', '! price_unreadable'],
    ['12 50', '! price_unreadable'],
    ['1,2,3', '! price_unreadable'],
    ['0,001', '! price_unreadable'],
    ['12 USD', '! other_currency'],
    ['£12', '! other_currency'],
    ['$12', '! other_currency'],
    ['12 GBP', '! other_currency'],
  ])('%s is %s', (text, expected) => {
    expect(read(text, es)).toBe(expected)
  })
})

const places: [string, string][] = [
  ['EUR', 'es-ES'],
  ['EUR', 'de-DE'],
  ['EUR', 'en-IE'],
  ['MXN', 'es-MX'],
  ['COP', 'es-CO'],
  ['ARS', 'es-AR'],
  ['CLP', 'es-CL'],
  ['PEN', 'es-PE'],
  ['GBP', 'en-GB'],
  ['USD', 'en-US'],
  ['BRL', 'pt-BR'],
]

test('a price written as any of these places writes it comes back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.integer({ min: 1, max: 100_000_000 }),
      ([currency, locale], amount) => {
        const written = formatMoney({ amount, currency }, locale)
        expect(read(written, style(currency, locale)).split(' (')[0]).toBe(`exact ${amount}`)
      },
    ),
  )
})

test('no text at all gives a price of 0 or below, and none throws', () => {
  const piece = fc.constantFrom(
    '0',
    '1',
    '12',
    '900',
    ',',
    '.',
    ' ',
    '-',
    '€',
    '$',
    'desde',
    'kg',
    '/',
    '+',
    '(',
    'x',
    "'",
    'E',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, fc.constantFrom(es, mx, co), (source, as) => {
      const parsed = parsePrice(source, as)
      if (parsed.ok && parsed.price.kind !== 'ask') {
        expect(Number.isSafeInteger(parsed.price.amount)).toBe(true)
        expect(parsed.price.amount).toBeGreaterThan(0)
      }
    }),
    { numRuns: 2000 },
  )
})
