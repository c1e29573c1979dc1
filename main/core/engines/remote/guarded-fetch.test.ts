import { type AddressInfo, createServer } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as faults from '../../../../tests/fakes/model-server/faults.ts'
import { FakeModelServer } from '../../../../tests/fakes/model-server/server.ts'
import { withMutant } from '../../mutants.ts'
import { AnswerTooLarge, guardedFetch } from './guarded-fetch.ts'

test('reading stops where an answer grows too large, and the connection ends', async () => {
  const server = await FakeModelServer.start({ flavour: 'custom', key: '' })
  const ask = async (limits: { bytes: number; lineBytes: number }, enough: number): Promise<number> => {
    const body = JSON.stringify({
      model: server.models[0]?.id,
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
    })
    const response = await guardedFetch(limits, 'stream')(`${server.baseUrl}/chat/completions`, {
      method: 'POST',
      body,
    })
    let bytes = 0
    for await (const piece of response.body ?? []) {
      bytes += piece.length
      if (bytes > enough) break
    }
    return bytes
  }
  try {
    server.fault('chat', faults.endlessText, 2)
    await expect(ask({ bytes: 100_000, lineBytes: 100_000 }, 1e7)).rejects.toThrow(AnswerTooLarge)
    await server.until(() => server.chats[0]?.outcome === 'left', 'the end of the connection')
    const unguarded = await withMutant('remote.limits', () =>
      ask({ bytes: 100_000, lineBytes: 100_000 }, 300_000),
    )
    expect(unguarded).toBeGreaterThan(300_000)
    server.fault('chat', faults.endlessLine)
    await expect(ask({ bytes: 1e9, lineBytes: 200_000 }, 1e7)).rejects.toThrow(AnswerTooLarge)
  } finally {
    await server.close()
  }
})

test.each([0, 1])(
  'a service that closes while nobody reads neither hangs nor kills (%s bytes short)',
  async (short) => {
    const line = Buffer.from(`data: ${'x'.repeat(993)}\n`)
    const text = Buffer.concat(Array.from({ length: 400 }, () => line))
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        const head = `Content-Type: text/event-stream\r\nConnection: close\r\nContent-Length: ${text.length + short}`
        socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`)
        socket.end(text)
      })
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    server.listen(0, '127.0.0.1', resolve)
    await promise
    // An IP socket has an address with a port.
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const read = async () => {
      const response = await guardedFetch({ bytes: 1e9, lineBytes: 1e6 }, 'stream')(url, {
        method: 'POST',
        body: '{}',
      })
      let bytes = 0
      for await (const piece of response.body ?? []) {
        bytes += piece.length
        for (let turns = 0; turns < 8; turns++) await turn()
      }
      return bytes
    }
    try {
      for (let round = 0; round < 20; round++) {
        if (short === 0) expect(await read()).toBe(text.length)
        else await expect(read()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
      }
    } finally {
      server.close()
    }
  },
)
