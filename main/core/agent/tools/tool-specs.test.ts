import { expect, it } from 'vitest'
import { z } from 'zod'
import { createTestStorage } from '../../../../tests/fixtures/shop.ts'
import { toolServices } from '../../../../tests/fixtures/tool-services.ts'
import { createTools } from './registry.ts'
import { toolSpecs } from './tool-specs.ts'

it('tell models every tool in few words, the same each time', () => {
  const test = createTestStorage()
  const tools = createTools(toolServices(test))
  const specs = toolSpecs(tools)
  test.close()
  expect(specs.map(({ name }) => name)).toEqual(tools.map(({ name }) => name))
  expect(JSON.stringify(toolSpecs(tools))).toBe(JSON.stringify(specs))
  // Some 2,700 tokens; a saved prefix makes them cheap, but they have to fit.
  expect(JSON.stringify(specs).length).toBeLessThan(11_000)
  for (const { description } of specs) expect(description.length).toBeGreaterThan(30)
  expect(JSON.stringify(specs)).not.toMatch(/\$schema|"null"|maxLength|9007199254740991/)
})

it('keep what a model needs of a schema: types, choices, what is required, what it means', () => {
  const input = z.object({
    kind: z.enum(['a', 'b']).nullish().describe('which'),
    pattern: z.string().max(5),
    ids: z.array(z.string()).max(3),
    answers: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  })
  const [spec] = toolSpecs([
    {
      name: 'x',
      description: 'y',
      input,
      effect: false,
      run: async () => ({ data: {}, facts: [], cites: [] }),
    },
  ])
  expect(spec?.parameters).toEqual({
    type: 'object',
    properties: {
      kind: { description: 'which', type: 'string', enum: ['a', 'b'] },
      pattern: { type: 'string' },
      ids: { type: 'array', items: { type: 'string' } },
      answers: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    },
    required: ['pattern', 'ids'],
  })
})
