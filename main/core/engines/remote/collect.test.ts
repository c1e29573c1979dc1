import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf } from '../../../../tests/fakes/model-server/wire.ts'
import { EngineError } from '../engine.ts'
import { AnswerCollector, type RemoteAnswer } from './collect.ts'

function collected(chunks: readonly unknown[]): RemoteAnswer {
  const collector = new AnswerCollector()
  for (const chunk of chunks) collector.add(chunk)
  return collector.finish()
}

const delta = (part: object, finish: string | null = null) => ({
  choices: [{ delta: part, finish_reason: finish }],
})
const end = delta({}, 'tool_calls')

test('what was cut into pieces is whole again', () => {
  const call = fc.record({
    name: fc.stringMatching(/^[a-z_]{1,20}$/),
    arguments: fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' })),
  })
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(call, { maxLength: 6 }),
      fc.string(),
      fc.integer({ min: 1, max: 9 }),
      (text, calls, reasoning, pieceLength) => {
        const answer = collected(
          piecesOf({ text, calls, reasoning, pieceLength }, 'id-000000000001', 'm', 'deepseek'),
        )
        expect(answer.text).toBe(text)
        expect(answer.calls).toEqual(
          calls.map((one) => ({ name: one.name, arguments: JSON.stringify(one.arguments) })),
        )
        expect(answer.thoughts).toEqual(reasoning === '' ? null : { reasoning_content: reasoning })
      },
    ),
  )
})

test('calls without an index are told apart by their ids', () => {
  const part = (id: string | undefined, name: string | undefined, text: string) =>
    delta({ tool_calls: [{ id, function: { name, arguments: text } }] })
  const { calls } = collected([
    part('a', 'one', '{"x":'),
    part(undefined, undefined, '1}'),
    part('b', 'two', '{}'),
    end,
  ])
  expect(calls).toEqual([
    { name: 'one', arguments: '{"x":1}' },
    { name: 'two', arguments: '{}' },
  ])
})

test('calls that share an index by mistake but not an id are two', () => {
  const part = (id: string, name: string) =>
    delta({ tool_calls: [{ index: 0, id, function: { name, arguments: '{}' } }] })
  expect(collected([part('a', 'one'), part('b', 'two'), end]).calls).toHaveLength(2)
})

test('arguments that come as an object are their text', () => {
  const chunk = delta({ tool_calls: [{ index: 0, id: 'a', function: { name: 'one', arguments: { x: 1 } } }] })
  expect(collected([chunk, end]).calls).toEqual([{ name: 'one', arguments: '{"x":1}' }])
})

test('OpenRouter’s signed thoughts are joined by index and kept as they are', () => {
  const detail = (more: object) =>
    delta({ reasoning_details: [{ type: 'reasoning.text', index: 0, ...more }] })
  expect(
    collected([
      detail({ text: 'I ' }),
      detail({ text: 'think' }),
      detail({ signature: 'abc=' }),
      delta({ content: 'x' }, 'stop'),
    ]).thoughts,
  ).toEqual({
    reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'I think', signature: 'abc=' }],
  })
})

test.each([
  ['deepseek', { prompt_tokens: 100, completion_tokens: 7, prompt_cache_hit_tokens: 64 }, 64, null],
  [
    'openai',
    { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 32 } },
    32,
    null,
  ],
  ['openrouter', { prompt_tokens: 100, completion_tokens: 7, cost: 0.000123 }, 0, 123],
  [
    'more cached than asked',
    { prompt_tokens: 100, completion_tokens: 7, prompt_cache_hit_tokens: 500 },
    100,
    null,
  ],
  ['a negative bill', { prompt_tokens: 100, completion_tokens: 7, cost: -5 }, 0, null],
])('usage of %s', (_name, usage, cachedTokens, costUsdMicros) => {
  const collector = new AnswerCollector()
  collector.add({ choices: [], usage })
  expect(collector.usage).toEqual({ inputTokens: 100, outputTokens: 7, cachedTokens, costUsdMicros })
})

test.each([
  { prompt_tokens: -1, completion_tokens: 2 },
  { prompt_tokens: '9', completion_tokens: 2 },
  {},
  'none',
])('usage %o is no usage', (usage) => {
  const collector = new AnswerCollector()
  collector.add({ choices: [], usage })
  expect(collector.usage).toBeNull()
})

test('a stream that just ends is no answer', () => {
  expect(() => collected([delta({ content: 'Half' })])).toThrow(new EngineError('service_failed'))
  expect(() => collected([])).toThrow(new EngineError('service_failed'))
})

test('whatever comes, nothing breaks', () => {
  fc.assert(
    fc.property(fc.array(fc.anything()), (chunks) => {
      const collector = new AnswerCollector()
      for (const chunk of chunks) collector.add(chunk)
      for (const chunk of chunks) collector.add({ choices: [{ delta: chunk }] })
      for (const chunk of chunks)
        collector.add({ choices: [{ delta: { tool_calls: [chunk] } }], usage: chunk })
    }),
  )
})

test('there is an end to everything', () => {
  const flood = (part: object) => () => {
    const collector = new AnswerCollector()
    for (let round = 0; round < 2_000; round++) collector.add(delta(part))
  }
  const calls = (index: number) => ({
    tool_calls: [{ index, id: `i${index}`, function: { name: 'x', arguments: 'y'.repeat(100) } }],
  })
  expect(flood({ content: 'z'.repeat(100) })).toThrow(new EngineError('invalid_answer'))
  expect(flood(calls(0))).toThrow(new EngineError('invalid_answer'))
  expect(() => {
    const collector = new AnswerCollector()
    for (let index = 0; index < 100; index++) collector.add(delta(calls(index)))
  }).toThrow(new EngineError('invalid_answer'))
})
