import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asksForLink, withoutLinks } from './links.ts'

describe('a first answer without links', () => {
  it.each([
    ['Tenemos café a 4,50 €. Míralo aquí: https://tienda.example/cafe', 'Tenemos café a 4,50 €.'],
    ['Mira https://tienda.example/cafe: cuesta 4,50 €.', 'Mira: cuesta 4,50 €.'],
    ['El café de Colombia (www.tienda.es/c?id=3) cuesta 12 €', 'El café de Colombia cuesta 12 €'],
    ['Está en tienda.com/oferta por 9,99 €, y hay 3.', 'Está por 9,99 €, y hay 3.'],
    ['[Café de Colombia](https://x.es/a) · 12 €', 'Café de Colombia · 12 €'],
    ['Hola.\nVer más detalles: https://x.es\nCuesta 5 €.', 'Hola.\nCuesta 5 €.'],
    ['More at https://x.com. The bag costs $20.', 'The bag costs $20.'],
    ['Escribe a ventas@tienda.es y te contesto.', 'Escribe a ventas@tienda.es y te contesto.'],
    ['Son 3.500 pesos. ¿Te lo aparto?', 'Son 3.500 pesos. ¿Te lo aparto?'],
    ['https://x.es', 'https://x.es'],
  ])('%s', (text, left) => {
    expect(withoutLinks(text)).toBe(left)
  })

  it('leaves names of products that look like an address', () => {
    expect(withoutLinks('El cuaderno Paper.shop cuesta 4 €', ['Cuaderno Paper.shop'])).toBe(
      'El cuaderno Paper.shop cuesta 4 €',
    )
  })

  it('loses no price and no name, wherever the link stands', () => {
    const name = fc.constantFrom('Café de Colombia', 'Taza azul', 'Camiseta M', 'Aceite Virgen 1L')
    const price = fc.constantFrom('4,50 €', '$ 1.250,00', '12.99 USD', '3 x 10 €')
    const url = fc.constantFrom(
      'https://x.es/a?b=1',
      'www.tienda.com',
      'tienda.mx/p/3',
      'http://1.2.3.4:80/x',
    )
    const around = fc.constantFrom('Míralo aquí: %. ', '(%) ', 'en % ', '%\n', 'Más en %!\n')
    fc.assert(
      fc.property(fc.array(fc.tuple(name, price, url, around), { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.map(([n, p, u, a]) => `${n} cuesta ${p} ${a.replace('%', u)}`).join('')
        const left = withoutLinks(text)
        for (const [n, p] of parts) {
          expect(left).toContain(n)
          expect(left).toContain(p)
        }
        expect(left).not.toMatch(/https?:|www\.|tienda\.mx/)
      }),
    )
  })

  it.each([
    ['¿tenéis web?', true],
    ['pásame el link', true],
    ['¿tienen catálogo?', true],
    ['¿cuál es vuestro Instagram?', true],
    ['do you have a website', true],
    ['¿cuánto cuesta el café?', false],
    ['quiero una telaraña', false],
  ])('%s', (text, wanted) => {
    expect(asksForLink([text])).toBe(wanted)
  })
})
