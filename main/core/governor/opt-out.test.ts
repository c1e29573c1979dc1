import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optOutWish } from './opt-out.ts'

const wishes = [
  'BAJA',
  'baja',
  'Baja.',
  'baja por favor',
  'STOP',
  'stop!!!',
  '/stop',
  'Stop, please',
  'no me escriban más',
  'No me escribas más, por favor. Gracias',
  'no me escriban mas',
  'ya no me escriba',
  'no me molesten más',
  'no me manden más mensajes',
  'no me envíen mensajes',
  'deja de escribirme',
  'Dejen de escribirme',
  'por favor deja de escribirme',
  'deje de mandarme mensajes',
  'quiero darme de baja',
  'Quisiera darme de baja por favor',
  'darme de baja',
  'dame de baja',
  'denme de baja',
  'no quiero recibir más mensajes',
  'no quiero más mensajes',
  'no quiero que me escriban más',
  'unsubscribe',
  'Unsubscribe me',
  'stop messaging me',
  'please stop texting me',
  "don't text me again",
  'do not contact me',
  'opt out',
  'no more messages',
] as const

const others = [
  'quiero la mesa baja',
  'mesa baja',
  'stop motion',
  '¿tienen stop?',
  'stop?',
  'baja el precio',
  'bájalo un poco',
  '¿me lo bajas a 10?',
  'la baja',
  'botas de caña baja',
  'baja temporada',
  'para mi madre',
  'para',
  'no',
  'no gracias',
  'basta con dos',
  'no me escriban el nombre en la tarta',
  'no me mandes la talla M',
  'no me envíen nada hasta el lunes',
  'deja de lado el azúcar',
  'quiero dar de baja mi pedido 12',
  'stop the order',
  'do you have a stop sign?',
  'one stop shop',
  'darme dos',
  'ya no quiero el pedido',
  'no quiero más',
  'hola',
  '',
  '👍',
] as const

describe('the wish not to be answered', () => {
  it.each(wishes)('is heard in "%s"', (text) => expect(optOutWish(text)).toBe('out'))
  it.each(others)('is not heard in "%s"', (text) => expect(optOutWish(text)).toBeNull())
  it.each(['ALTA', 'alta', 'Start', '/start', 'quiero darme de alta', 'alta, por favor'])(
    'is taken back by "%s"',
    (text) => expect(optOutWish(text)).toBe('back'),
  )
  it.each(['alta calidad', 'la alta', 'temporada alta', 'start-up'])('is not taken back by "%s"', (text) =>
    expect(optOutWish(text)).toBeNull(),
  )

  it('is not heard in the answer to a question about what is high or low', () => {
    expect(optOutWish('baja', '¿La mesa la quieres alta o baja?')).toBeNull()
    expect(optOutWish('Baja', '¿La mesa la quieres alta o baja?')).toBeNull()
    expect(optOutWish('BAJA', '¿La mesa la quieres alta o baja?')).toBe('out')
    expect(optOutWish('baja', 'Para no recibir respuestas automáticas, basta con escribir BAJA.')).toBe('out')
  })

  it('is never heard where something is said beside it', () => {
    const word = fc.constantFrom(...wishes)
    const beside = fc.constantFrom('café', 'mesa', 'camiseta roja', 'dos kilos', 'para mañana', 'pedido 12')
    fc.assert(
      fc.property(word, beside, fc.boolean(), (wish, goods, before) => {
        expect(optOutWish(before ? `${goods} ${wish}` : `${wish} ${goods}`)).toBeNull()
      }),
    )
  })

  it('does not matter how it is typed', () => {
    const noise = fc.constantFrom('', ' ', '  ', '!', '...', ' 🙏')
    fc.assert(
      fc.property(fc.constantFrom(...wishes), noise, noise, fc.boolean(), (wish, a, b, loud) => {
        expect(optOutWish(`${a}${loud ? wish.toUpperCase() : wish}${b}`)).toBe('out')
      }),
    )
  })
})
