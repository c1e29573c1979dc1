import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlToText } from './html.ts'

test.each([
  ['<p>Uno</p><p>Dos</p>', 'Uno\n\nDos'],
  ['<ul><li>Lino</li><li>Algodón</li></ul>', '- Lino\n- Algodón'],
  ['<ol><li>Abrir</li><li>Servir</li></ol>', '1. Abrir\n2. Servir'],
  ['Caf&eacute; &amp; t&eacute;&nbsp;verde &#8364;5', 'Café & té verde €5'],
  ['<h2>Cuidados</h2>Lavar a 30&deg;<br>No planchar', 'Cuidados\n\nLavar a 30°\nNo planchar'],
  ['<script>alert(1)</script><style>p{}</style>Hola<!-- nada -->', 'Hola'],
  ['<a href="javascript:x()">aquí</a> <img src=x onerror=alert(1)>', 'aquí'],
  ['Talla < M & color > azul', 'Talla < M & color > azul'],
  ['Línea uno\r\nLínea dos', 'Línea uno\nLínea dos'],
  ['<b>Uno</b>\nDos', 'Uno\nDos'],
  ['<p>sin cerrar <b>nada', 'sin cerrar nada'],
  ['<TABLE><tr><td>Alto</td><td>10 cm</td></tr></TABLE>', 'Alto   10 cm'.replace(/ +/g, ' ')],
  ['', ''],
])('%j is %j', (source, expected) => {
  expect(htmlToText(source)).toBe(expected)
})

test('no markup of a script survives, and nothing throws', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<script>',
    '</script>',
    '<',
    '>',
    '&lt;',
    '&#0;',
    'a',
    '<!--',
    '-->',
    '<li>',
    '"',
    '\u0000',
    '<table>',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const text = htmlToText(parts.join(''))
      expect(text).not.toContain('\u0000')
    }),
    { numRuns: 500 },
  )
})

test('hostile markup costs little time', () => {
  const bombs = [
    '<div>'.repeat(50_000),
    '<'.repeat(200_000),
    '&amp;'.repeat(40_000),
    '<a href="'.repeat(20_000),
    '<ul><li>'.repeat(20_000),
    '<p '.repeat(60_000),
    '<table><tr><td>'.repeat(10_000),
  ]
  for (const bomb of bombs) {
    const start = performance.now()
    expect(htmlToText(bomb).length).toBeLessThanOrEqual(20_000)
    expect(performance.now() - start, bomb.slice(0, 20)).toBeLessThan(500)
  }
})
