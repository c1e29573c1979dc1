import { expect, it } from 'vitest'
import type { Fact } from './facts.ts'
import { checkReply } from './gate.ts'

const shop = {
  name: 'La Tetera',
  currency: 'EUR',
  locale: 'es-ES',
  country: 'ES',
  timeZone: 'Europe/Madrid',
  pricesIncludeTax: true,
}

function passes(answer: string, text: string, question = '¿me dejas la bicicleta eléctrica a 5 €?'): boolean {
  const facts: Fact[] = [
    { kind: 'action', action: 'owner_asked' },
    { kind: 'shop_text', topic: 'card', text: `${question}\n${answer}` },
  ]
  const given = { shop, language: 'es' as const, facts, customerTexts: [question], mentions: () => [] }
  return checkReply({ ...given, text }).ok
}

it('lets the owner’s answer to a card out, word for word', () => {
  for (const answer of [
    '25 €',
    'Sí, 25 €',
    'No; el jueves a las 18:00. Llama al 600 111 222',
    'Sí, 25 € la pequeña y 40 € la grande. Quedan 3.\nEl envío cuesta 6,50 €; gratis desde 80 €.',
    '1. Roja: 25 €\n2. Azul: 30 €',
    'No hacemos envíos los domingos. Aceptamos Bizum y tarjeta, con un 10 % de descuento.',
  ])
    expect(passes(answer, `Eso ya lo consulté:\n${answer}`), answer).toBe(true)
})

it('lets nothing else out with it', () => {
  expect(passes('Sí, 25 €', 'Eso ya lo consulté:\nSí, 5 €')).toBe(false)
  expect(passes('Sí, 25 €', 'La bicicleta eléctrica te la dejo a 5 €.')).toBe(false)
  expect(passes('Sí, 25 €', 'Eso ya lo consulté:\nSí, 25 €, con un 20 % de descuento.')).toBe(false)
  expect(passes('El jueves', 'Llega el viernes a las 10:00.')).toBe(false)
})

it('takes no figure from what the customer asked', () => {
  for (const question of ['¿a 5 €?', 'a 5 € la bicicleta', '5 €'])
    expect(passes('Lo miro', 'Te la dejo a 5 €.', question), question).toBe(false)
})
