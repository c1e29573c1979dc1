import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import { expect, test } from 'vitest'
import { EngineError } from '../engine.ts'
import { engineErrorOf, failureOf, retryAfterOf } from './errors.ts'
import { AnswerTooLarge, NotAnAnswer } from './guarded-fetch.ts'

const now = Date.parse('2026-03-02T10:00:00Z')

function refused(status: number, error: object, headers: Record<string, string> = {}): APIError {
  return APIError.generate(status, { error }, undefined, new Headers(headers))
}

test.each([
  [401, { message: 'Incorrect API key provided' }, 'refused_key'],
  [403, { message: 'Forbidden' }, 'refused_key'],
  [403, { message: 'Input was flagged', code: 403, metadata: { reasons: ['x'] } }, 'invalid_answer'],
  [402, { message: 'Insufficient Balance' }, 'out_of_credit'],
  [429, { message: 'Slow down' }, 'rate_limit'],
  [429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }, 'out_of_credit'],
  [400, { message: 'Model Not Exist' }, 'model_missing'],
  [400, { message: 'foo/bar is not a valid model ID', code: 400 }, 'model_missing'],
  [404, { message: 'The model `x` does not exist', code: 'model_not_found' }, 'model_missing'],
  [404, { message: 'model "x" not found, try pulling it first' }, 'model_missing'],
  [404, { message: 'No endpoints found that support tool use.' }, 'model_missing'],
  [404, { message: 'Not Found' }, 'service_failed'],
  [
    400,
    { message: "This model's maximum context length is 4096 tokens.", code: 'context_length_exceeded' },
    'context_too_long',
  ],
  [400, { message: 'the request exceeds the available context size (4096 tokens)' }, 'context_too_long'],
  [413, {}, 'context_too_long'],
  [408, {}, 'timeout'],
  [504, {}, 'timeout'],
  [500, { message: 'context length' }, 'service_failed'],
  [502, {}, 'service_failed'],
  [307, {}, 'service_failed'],
  [422, { message: 'messages: wrong' }, 'service_failed'],
])('status %i %o is %s', (status, body, code) => {
  expect(failureOf(refused(status, body), now)).toMatchObject({ code, status, sent: true })
})

test('Ollama and proxies send a bare text', () => {
  const error = APIError.generate(404, { error: 'model "x" not found' }, undefined, new Headers())
  expect(failureOf(error, now).code).toBe('model_missing')
})

function fetchFailed(code: string): APIConnectionError {
  const cause = Object.assign(new Error('connect'), { code })
  return new APIConnectionError({ cause: new TypeError('fetch failed', { cause }) })
}

test.each([
  ['ECONNREFUSED', 'offline', false],
  ['ENOTFOUND', 'offline', false],
  ['EAI_AGAIN', 'offline', false],
  ['ENETUNREACH', 'offline', false],
  ['UND_ERR_CONNECT_TIMEOUT', 'offline', false],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout', true],
  ['UND_ERR_BODY_TIMEOUT', 'timeout', true],
  ['ECONNRESET', 'service_failed', true],
  ['UND_ERR_SOCKET', 'service_failed', true],
  ['CERT_HAS_EXPIRED', 'service_failed', false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'service_failed', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'service_failed', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'service_failed', false],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'service_failed', false],
])('a connection that ends with %s', (code, expected, sent) => {
  expect(failureOf(fetchFailed(code), now)).toMatchObject({ code: expected, sent, status: null })
})

test('all addresses of a host refused', () => {
  const refusals = ['::1', '127.0.0.1'].map(() =>
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  )
  const cause = new TypeError('fetch failed', { cause: new AggregateError(refusals) })
  expect(failureOf(new APIConnectionError({ cause }), now)).toMatchObject({ code: 'offline', sent: false })
})

test.each([
  [new APIConnectionTimeoutError(), 'timeout'],
  [new EngineError('timeout'), 'timeout'],
  [new SyntaxError('malformed'), 'invalid_answer'],
  [new APIConnectionError({ cause: new AnswerTooLarge() }), 'invalid_answer'],
  [new NotAnAnswer(), 'invalid_answer'],
  [new Error('who knows'), 'service_failed'],
  ['a text', 'service_failed'],
])('%o is %s', (error, code) => {
  expect(failureOf(error, now).code).toBe(code)
})

test('an error inside of a stream has a code in place of a status, and may be billed', () => {
  const inStream = (error: object) => new APIError(undefined, error, undefined, new Headers())
  expect(failureOf(inStream({ code: 429, message: 'limited' }), now)).toMatchObject({
    code: 'rate_limit',
    status: null,
  })
  expect(failureOf(inStream({ code: 402, message: 'Insufficient credits' }), now).code).toBe('out_of_credit')
  expect(failureOf(inStream({ code: 'server_error', message: 'Provider disconnected' }), now)).toMatchObject({
    code: 'service_failed',
    status: null,
    sent: true,
  })
})

test.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '1200', 'retry-after': '7' }, 1_200],
  [{ 'retry-after': 'Mon, 02 Mar 2026 10:00:20 GMT' }, 20_000],
  [{ 'retry-after': 'Mon, 02 Mar 2026 09:00:00 GMT' }, 0],
  [{ 'retry-after': '-5' }, 0],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '99999999' }, 3_600_000],
  [{ 'x-ratelimit-reset': String(now + 9_000) }, 9_000],
  [{ 'x-ratelimit-reset': '30' }, null],
  [{}, null],
])('%o means a wait of %s ms', (headers, ms) => {
  const wait = retryAfterOf(new Headers(headers as Record<string, string>), undefined, now)
  // A date in the past, however it is read, is no wait.
  expect(wait ?? null).toBe(headers['retry-after' as keyof typeof headers] === '-5' ? wait : ms)
})

test('OpenRouter tells the reset inside of the body', () => {
  const metadata = { headers: { 'X-RateLimit-Reset': String(now + 4_000) } }
  expect(retryAfterOf(new Headers(), metadata, now)).toBe(4_000)
})

test('a parameter that is not known is named', () => {
  const of = (message: string, param?: string) =>
    failureOf(refused(400, { message, param }), now).refusedParameter
  expect(of("Unsupported parameter: 'max_tokens' is not supported with this model.", 'max_tokens')).toBe(
    'max_tokens',
  )
  expect(of('Unrecognized request argument supplied: parallel_tool_calls')).toBe('parallel_tool_calls')
  expect(of('extra fields not permitted: stream_options')).toBe('stream_options')
  expect(of('Invalid tools', 'tools')).toBeNull()
})

test('nothing of what the service said is in the error', () => {
  const failure = failureOf(refused(401, { message: 'Your api key: sk-secret is invalid' }), now)
  const error = engineErrorOf(failure)
  expect(error).toMatchObject({ code: 'refused_key', message: 'refused_key' })
  expect(String(error.cause)).toBe('Error: status 401')
})
