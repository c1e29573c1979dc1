import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { answerSchema, describedSchema, type JsonRecord } from './json-schema.ts'

// What zod writes is a record.
const schemaOf = (type: z.ZodType) => z.toJSONSchema(type, { io: 'input' }) as JsonRecord

describe('what answers are held to', () => {
  test('each subset of optional keys is a choice', () => {
    const schema = answerSchema(
      schemaOf(
        z.object({
          query: z.string().max(200),
          limit: z.int().min(1).optional(),
          color: z.string().nullish(),
        }),
      ),
    )
    const query = { type: 'string' }
    const limit = { type: 'integer' }
    const color = { type: ['string', 'null'] }
    expect(schema).toEqual({
      oneOf: [
        { type: 'object', properties: { query, limit, color } },
        { type: 'object', properties: { query, color } },
        { type: 'object', properties: { query, limit } },
        { type: 'object', properties: { query } },
      ].map((one) => expect.objectContaining(one)),
    })
  })

  test('with many optional keys at most two stand alone, else all are asked for and may be null', () => {
    const keys = ['a', 'b', 'c', 'd', 'e']
    const schema = answerSchema(
      schemaOf(z.object(Object.fromEntries(keys.map((key) => [key, z.boolean().optional()])))),
    )
    const flag = { type: 'boolean' }
    const nullable = { oneOf: [flag, { type: 'null' }] }
    const choices = schema.oneOf as JsonRecord[]
    expect(choices.at(-1)).toEqual({
      type: 'object',
      properties: Object.fromEntries(keys.map((key) => [key, nullable])),
    })
    const small = choices.slice(0, -1).map(({ properties }) => Object.keys(properties as JsonRecord).join(''))
    expect(small.sort()).toEqual(
      ['', ...keys, 'ab', 'ac', 'ad', 'ae', 'bc', 'bd', 'be', 'cd', 'ce', 'de'].sort(),
    )
    expect(choices[0]).toMatchObject({ type: 'object', properties: {} })
  })

  test('choices, constants, lists, records, references and what is left open are kept', () => {
    const tree = z.object({
      name: z.literal('leaf'),
      get children() {
        return z.array(tree)
      },
    })
    const schema = answerSchema(
      schemaOf(
        z
          .object({
            kind: z.enum(['pickup', 'delivery']),
            values: z.array(z.union([z.string(), z.number()])),
            answers: z.record(z.string(), z.boolean()),
            open: z.unknown(),
          })
          .required(),
      ),
    )
    expect(schema).toMatchObject({
      properties: {
        kind: { enum: ['pickup', 'delivery'] },
        values: { type: 'array', items: { type: ['string', 'number'] } },
        answers: { type: 'object', additionalProperties: { type: 'boolean' } },
        open: { type: ['string', 'number', 'boolean', 'null'] },
      },
    })
    expect(JSON.stringify(answerSchema(schemaOf(tree)))).toContain('"const":"leaf"')
  })
})

test('what models read of a tool has its words and no technical keys', () => {
  const described = describedSchema(
    schemaOf(
      z.object({ query: z.string().max(200).describe('words of the customer'), limit: z.int().optional() }),
    ),
  )
  expect(described).toEqual({
    type: 'object',
    properties: {
      query: { type: 'string', description: 'words of the customer' },
      limit: { type: 'integer', minimum: expect.any(Number) },
    },
    required: ['query'],
  })
})
