import { GrammyError, HttpError } from 'grammy'
import { expect, it, describe as suite } from 'vitest'
import { checkApiRoot, checkToken, fileUrl } from './endpoint.ts'
import { describe, toFailure, withoutSecrets } from './failure.ts'
import { toOutcome } from './outcomes.ts'

const token = '123:AAsecret'

function systemError(code: string): Error {
  return Object.assign(new Error(`request to https://api.telegram.org/bot${token}/x failed`), { code })
}

function network(code: string): HttpError {
  return new HttpError("Network request for 'x' failed!", systemError(code))
}

function refusal(code: number, parameters = {}): GrammyError {
  return new GrammyError('x', { ok: false, error_code: code, description: 'No', parameters }, 'x', {})
}

suite('what a failed send means', () => {
  it.each([
    [network('ECONNREFUSED'), 'later'],
    [network('ENOTFOUND'), 'later'],
    [network('EAI_AGAIN'), 'later'],
    [network('CERT_HAS_EXPIRED'), 'later'],
    [network('ECONNRESET'), 'unknown'],
    [network('EPIPE'), 'unknown'],
    // Connecting or waiting for the answer: the code does not say.
    [network('ETIMEDOUT'), 'unknown'],
    [new HttpError('x', new Error("Request to 'x' timed out after 5 seconds")), 'unknown'],
    [refusal(400), 'failed'],
    [refusal(403), 'failed'],
    [refusal(401), 'later'],
    [refusal(429, { retry_after: 9 }), 'later'],
    [refusal(429), 'later'],
    [refusal(500), 'unknown'],
    [refusal(502), 'unknown'],
    [new TypeError('ours'), 'failed'],
  ])('%s → %s', (error, state) => {
    expect(toOutcome(toFailure(error)).state).toBe(state)
    expect(describe(toFailure(error))).not.toContain('secret')
  })

  it('waits as long as Telegram says', () => {
    expect(toOutcome(toFailure(refusal(429, { retry_after: 9 })))).toMatchObject({ afterMs: 9_000 })
  })

  it('takes the address out of a network error', async () => {
    const failing = () => Promise.reject(network('ECONNRESET'))
    const error = await withoutSecrets(failing, 'getMe', {}).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(HttpError)
    expect(JSON.stringify(toFailure(error))).toContain('ECONNRESET')
    const inner = error instanceof HttpError ? error.error : null
    expect(`${String(error)} ${String(inner)} ${inner instanceof Error ? inner.stack : ''}`).not.toContain(
      'secret',
    )
  })
})

suite('the address of the Bot API', () => {
  it('takes a server of one’s own, without its last slash', () => {
    expect(checkApiRoot(' http://127.0.0.1:8081/ ')).toBe('http://127.0.0.1:8081')
    expect(checkApiRoot('https://api.telegram.org/')).toBeNull()
    expect(checkApiRoot(undefined)).toBeNull()
    for (const wrong of ['127.0.0.1:80', 'ftp://x', 'https://user:pass@x.org', 'http://x/?a=1', 'nonsense']) {
      expect(() => checkApiRoot(wrong)).toThrow('input.invalid')
    }
  })

  it('takes a token that was copied with spaces, and no other text', () => {
    expect(checkToken(` ${token}\n`)).toBe(token)
    for (const wrong of ['', '123', `bot${token}`, `${token}/../x`, 'AAsecret']) {
      expect(() => checkToken(wrong)).toThrow('channel.token_refused')
    }
  })

  it('keeps a file’s path inside the address', () => {
    expect(fileUrl('http://x', token, 'photos/a b?.jpg')).toBe(
      `http://x/file/bot${token}/photos/a%20b%3F.jpg`,
    )
  })
})
