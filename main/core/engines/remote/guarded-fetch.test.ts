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
