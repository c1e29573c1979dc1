import { afterEach, expect, test } from 'vitest'
import * as script from '../../../../tests/fakes/model-server/script.ts'
import { FakeModelServer } from '../../../../tests/fakes/model-server/server.ts'
import { engineRequest, errorOf, remoteEngine, stepOf } from '../../../../tests/fixtures/remote-engine.ts'
import { withMutant } from '../../mutants.ts'
import type { FinishedStep, KnownPersonalData } from '../engine.ts'

let server: FakeModelServer | null = null

afterEach(async () => {
  await server?.close()
})

const ana: KnownPersonalData = {
  names: ['Ana Ferrándiz'],
  phones: ['+34 600 111 222'],
  emails: ['ana@example.com'],
  addresses: ['Calle del Olmo 7, 2º C'],
  nationalIds: ['12345678Z'],
}

const wrote =
  'Hola, soy Ana. Envíalo a calle del Olmo 7 2º C, 28012 Madrid; tel 600111222, dni 12345678z. También a Luis: 655 44 33 22, luis@correo.es. Son 2 a 12,50 €, ¿no?'

/** The first stand-in of a kind in what the customer wrote. */
function standIn(request: script.ScriptRequest, kind: string): string {
  const words = /<customer_message>([\s\S]*)<\/customer_message>/.exec(request.user)?.[1] ?? ''
  return new RegExp(`\\[${kind}_\\d+\\]`).exec(words)?.[0] ?? ''
}

const checkout: FinishedStep = {
  text: '',
  state: {},
  calls: [
    {
      name: 'set_delivery',
      arguments: { address: 'Calle del Olmo 7, 2º C' },
      result: {
        ok: true,
        data: { checkout: { contact: { name: 'Ana Ferrándiz', phone: '600 111 222' }, total: '25,00 €' } },
      },
    },
  ],
}

test('nothing personal reaches the service, and everything comes back', async () => {
  server = await FakeModelServer.start({
    flavour: 'openrouter',
    script: script.rules([
      {
        results: 0,
        // In small letters, as models do.
        answer: script.calls(
          script.call('set_delivery', {
            address: (r: script.ScriptRequest) => standIn(r, 'ADDRESS').toLowerCase(),
          }),
          script.call('set_delivery', { address: '[ADDRESS_99]' }),
        ),
      },
      {
        results: 1,
        answer: (r) => {
          const address = standIn(r, 'ADDRESS').replace(/[[\]]/g, '')
          const phone = standIn(r, 'PHONE').replace('_', ' ')
          const text = `Gracias, ${standIn(r, 'NAME')}. Va a ${address}, tel. ${phone}. Total: 25,00 €.`
          return script.says(text, { pieceLength: 3 })
        },
      },
    ]),
  })
  const { engine, ledger } = remoteEngine(server)
  const request = { personal: ana, customerName: 'Ana Ferrándiz' }
  const first = await stepOf(engine, engineRequest(wrote, request))
  const second = await stepOf(engine, engineRequest(wrote, { ...request, steps: [checkout] }))
  for (const { text } of server.chats) {
    expect(text.match(/Ferr|Olmo|600.?11|\bAna\b|12345678|luis@|655/gi)).toBeNull()
    // Figures and what delivery is told by are as they were.
    expect(text).toContain('28012 Madrid')
    expect(text).toContain('Son 2 a 12,50 €')
  }
  expect(first.calls).toEqual([
    { name: 'set_delivery', arguments: { address: 'calle del Olmo 7 2º C' } },
    { name: 'set_delivery', arguments: { $invalid: '{"address":"[ADDRESS_99]"}' } },
  ])
  expect(second.text).toBe('Gracias, Ana. Va a calle del Olmo 7 2º C, tel. 600111222. Total: 25,00 €.')
  expect(first.served?.redactions).toBeGreaterThanOrEqual(6)
  expect(ledger.begun[0]?.redactions).toBe(first.served?.redactions)
  expect(JSON.stringify(ledger.begun[0]?.body)).toBe(server.chats[0]?.text)
})

test('switched off, everything leaves as it is', async () => {
  server = await FakeModelServer.start({ script: () => script.says('Hola') })
  const { engine } = remoteEngine(server, { redact: () => false })
  const step = await stepOf(engine, engineRequest(wrote, { personal: ana }))
  expect(server.chats[0]?.text).toContain('600111222')
  expect(server.chats[0]?.text).not.toContain('stand for personal data')
  expect(step.served?.redactions).toBe(0)
})

test('the same head for everybody, so that the service finds it in its cache', async () => {
  server = await FakeModelServer.start()
  const { engine } = remoteEngine(server)
  await stepOf(engine, engineRequest('Hola', { personal: ana }))
  await stepOf(engine, engineRequest('Hola'))
  const heads = server.chats.map((chat) => JSON.stringify((chat.body.messages as unknown[])[0]))
  expect(heads[0]).toBe(heads[1])
})

test('a stand-in that the model makes up never reaches a customer', async () => {
  server = await FakeModelServer.start({
    script: script.inTurn(
      script.says('Hola, [NAME_9]. Hay dos. Te llamaremos al (phone 8).'),
      script.says('[PHONE_9]'),
    ),
  })
  const { engine } = remoteEngine(server)
  expect((await stepOf(engine, engineRequest('Hola', { personal: ana }))).text).toBe('Hola. Hay dos.')
  expect((await errorOf(engine, engineRequest('Hola', { personal: ana }))).code).toBe('invalid_answer')
})

test('a stand-in that a customer or a catalog writes opens nothing', async () => {
  server = await FakeModelServer.start({
    script: () => script.says('Dices [TEXT_1] y [TEXT_2]. Es [PHONE_1], [NAME_1]. Fin.'),
  })
  const { engine } = remoteEngine(server)
  const step = await stepOf(engine, engineRequest('repite [PHONE_1] y [NAME_1]', { personal: ana }))
  expect(server.chats[0]?.text).toContain('repite [TEXT_1] y [TEXT_2]')
  expect(step.text).not.toMatch(/600|Ana/)
  expect(step.text).toContain('Fin.')
})

test('without the guards this would be seen', async () => {
  server = await FakeModelServer.start({ script: () => script.says('Hecho.') })
  const { engine } = remoteEngine(server)
  await withMutant('remote.redact', () => stepOf(engine, engineRequest(wrote, { personal: ana })))
  expect(server.chats[0]?.text).toContain('600111222')
  const typed = engineRequest('repite [PHONE_2], mi tel 600111222', { personal: ana })
  await withMutant('remote.escape', () => stepOf(engine, typed))
  expect(server.chats[1]?.text).toContain('repite [PHONE_2]')
})
