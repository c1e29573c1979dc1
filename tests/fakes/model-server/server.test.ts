import { afterEach, expect, test } from 'vitest'
import * as script from './script.ts'
import { FakeModelServer, type FakeModelServerOptions } from './server.ts'

const servers: FakeModelServer[] = []

async function start(options: FakeModelServerOptions = {}): Promise<FakeModelServer> {
  const server = await FakeModelServer.start(options)
  servers.push(server)
  return server
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const tool = {
  type: 'function',
  function: { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } },
}
const made = (id: string, args = '{}') => ({
  id,
  type: 'function',
  function: { name: 'look', arguments: args },
})
const user = { role: 'user', content: 'Hola' }

async function ask(server: FakeModelServer, body: object, key = server.key): Promise<Response> {
  return fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: server.models[0]?.id, messages: [user], ...body }),
  })
}

test.each([
  ['no messages', { messages: [] }],
  ['an unanswered call', { messages: [user, { role: 'assistant', content: null, tool_calls: [made('a')] }] }],
  [
    'one of two calls unanswered',
    {
      messages: [
        user,
        { role: 'assistant', content: null, tool_calls: [made('a'), made('b')] },
        { role: 'tool', tool_call_id: 'a', content: '{}' },
        user,
      ],
    },
  ],
  ['an answer to no call', { messages: [user, { role: 'tool', tool_call_id: 'a', content: '{}' }] }],
  [
    'the same id twice',
    {
      messages: [
        user,
        { role: 'assistant', content: null, tool_calls: [made('a')] },
        { role: 'tool', tool_call_id: 'a', content: '{}' },
        { role: 'assistant', content: null, tool_calls: [made('a')] },
        { role: 'tool', tool_call_id: 'a', content: '{}' },
      ],
    },
  ],
  [
    'arguments that are no JSON',
    {
      messages: [
        user,
        { role: 'assistant', content: null, tool_calls: [made('a', '{x')] },
        { role: 'tool', tool_call_id: 'a', content: '{}' },
      ],
    },
  ],
  ['an empty message', { messages: [{ role: 'user', content: '' }] }],
  ['a system message in the middle', { messages: [user, { role: 'system', content: 'x' }, user] }],
  ['an unknown role', { messages: [{ role: 'owner', content: 'x' }] }],
  ['the assistant last', { messages: [user, { role: 'assistant', content: 'x' }] }],
  ['an unknown parameter', { temprature: 1 }],
  ['parallel calls without tools', { parallel_tool_calls: true }],
  ['stream options without a stream', { stream_options: { include_usage: true } }],
  ['an empty list of tools', { tools: [] }],
  ['two tools of one name', { tools: [tool, tool] }],
  ['a tool with a blank', { tools: [{ ...tool, function: { ...tool.function, name: 'look at' } }] }],
  [
    'a required property that there is not',
    {
      tools: [
        {
          ...tool,
          function: { ...tool.function, parameters: { type: 'object', properties: {}, required: ['x'] } },
        },
      ],
    },
  ],
  [
    'an array of nothing',
    {
      tools: [
        {
          ...tool,
          function: {
            ...tool.function,
            parameters: { type: 'object', properties: { x: { type: 'array' } } },
          },
        },
      ],
    },
  ],
  ['no room for an answer', { max_tokens: 0 }],
])('refused with 400: %s', async (_name, body) => {
  const server = await start({ flavour: 'custom' })
  expect((await ask(server, body)).status).toBe(400)
  expect(server.requests.map((request) => request.outcome)).toEqual(['refused'])
})

test('taken: calls side by side, each answered', async () => {
  const server = await start({ flavour: 'custom' })
  const messages = [
    { role: 'system', content: 'Sell.' },
    user,
    { role: 'assistant', content: null, tool_calls: [made('a'), made('b')] },
    { role: 'tool', tool_call_id: 'b', content: '{}' },
    { role: 'tool', tool_call_id: 'a', content: '{}' },
  ]
  const response = await ask(server, { messages, tools: [tool], parallel_tool_calls: true })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    choices: [{ message: { role: 'assistant', content: '¿En qué puedo ayudarte?' }, finish_reason: 'stop' }],
    usage: { completion_tokens: 6 },
  })
})

test('each service refuses keys and models in its own words', async () => {
  const [deepseek, openrouter, custom] = await Promise.all(
    (['deepseek', 'openrouter', 'custom'] as const).map((flavour) => start({ flavour })),
  )
  if (deepseek === undefined || openrouter === undefined || custom === undefined)
    throw new Error('no servers')
  expect((await ask(deepseek, {}, 'wrong')).status).toBe(401)
  expect(await (await ask(deepseek, { model: 'x' })).json()).toMatchObject({
    error: { message: 'Model Not Exist' },
  })
  expect(await (await ask(openrouter, { model: 'x' })).json()).toEqual({
    error: { message: 'x is not a valid model ID', code: 400 },
  })
  expect((await ask(custom, { model: 'x' })).status).toBe(404)
})

test('DeepSeek wants the thoughts of the turn back', async () => {
  const server = await start({ flavour: 'deepseek' })
  const step = { role: 'assistant', content: null, tool_calls: [made('a')] }
  const messages = (more: object) => [
    user,
    { ...step, ...more },
    { role: 'tool', tool_call_id: 'a', content: '{}' },
  ]
  expect((await ask(server, { messages: messages({}) })).status).toBe(400)
  expect((await ask(server, { messages: messages({ reasoning_content: 'hm' }) })).status).toBe(200)
  expect((await ask(server, { messages: messages({}), thinking: { type: 'disabled' } })).status).toBe(200)
})

test('a stream has comments, pieces, usage and an end', async () => {
  const server = await start({ flavour: 'openrouter', script: () => script.says('Hola, ¿qué tal?') })
  const text = await (await ask(server, { stream: true })).text()
  expect(text.startsWith(': OPENROUTER PROCESSING\n\n')).toBe(true)
  expect(text.match(/^data: /gm)?.length).toBeGreaterThan(4)
  expect(text).toContain('"cost":')
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
})
