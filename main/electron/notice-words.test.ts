import { describe, expect, it } from 'vitest'
import { groupWords, type Notice, noticeWords, plainName } from './notice-words.ts'

const named = { shopName: null, names: true }
const unnamed = { shopName: null, names: false }

const call: Notice = {
  kind: 'handover',
  shop: 'la-espiga',
  conversationId: 'c1',
  data: { customer: 'Ana', reason: 'asked' },
}

describe('the words of a notification', () => {
  it('say who needs somebody and why, and lead there', () => {
    expect(noticeWords(call, 'es', named)).toEqual({
      title: 'Un cliente te necesita',
      body: 'Ana. Pidió hablar con una persona.',
      path: '/la-espiga/conversations/c1',
    })
    expect(noticeWords(call, 'en', { ...named, shopName: 'La Espiga' }).title).toBe(
      'A customer needs you · La Espiga',
    )
    const unknown = { ...call, data: { customer: '', reason: 'loop_echo' } }
    expect(noticeWords(unknown, 'es', named).body).toBe(
      'Alguien. Parece que escribe otro bot: el asistente se paró solo.',
    )
    expect(noticeWords({ ...call, data: { reason: '../x' } }, 'es', named).body).toContain(
      'Necesita a una persona',
    )
  })

  it('name nobody unless the owner wants it', () => {
    expect(noticeWords(call, 'es', unnamed).body).toBe('Pidió hablar con una persona.')
    expect(noticeWords(call, 'en', unnamed).body).toBe('They asked for a person.')
  })

  it.each([
    [{ kind: 'order', data: { number: '12', total: '9,50 €' } }, 'Pedido 12: 9,50 €', '/s/orders'],
    [
      { kind: 'channel', data: { reason: 'token' } },
      'El token no vale o no se pudo abrir. Escríbelo otra vez.',
      '/s/channels',
    ],
    [
      { kind: 'problem', data: { code: 'engine.off', engine: 'Qwen' } },
      'El modelo de este equipo (Qwen) se apagó tras varios fallos.',
      '/s/assistant',
    ],
    [{ kind: 'problem', data: { code: 'unheard.of' } }, 'Míralo en Mostrador.', '/s/assistant'],
  ] as const)('tell of %j', (notice, body, path) => {
    expect(noticeWords({ ...notice, shop: 's' }, 'es', unnamed)).toMatchObject({ body, path })
  })

  it('are one line of plain text, whatever somebody is called', () => {
    expect(plainName('<a href="x">Ana</a>\n\u202eevil &amp;')).toBe('a href="x" Ana /a evil amp;')
    expect(plainName('x'.repeat(500)).length).toBe(60)
  })

  it('sum several up', () => {
    expect(groupWords([call, { ...call, conversationId: 'c2' }], 'es')).toMatchObject({
      title: '2 clientes te necesitan',
      path: '/la-espiga/conversations',
    })
    expect(groupWords([call, { kind: 'order', shop: 'otra' }], 'en')).toMatchObject({
      title: '2 notices from Mostrador',
      path: '/',
    })
  })
})
