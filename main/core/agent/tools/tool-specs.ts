import { z } from 'zod'
import type { ToolSpec } from '../../engines/engine.ts'
import type { JsonValue } from '../../json.ts'
import type { Tool } from './tool.ts'

/** Tools as engines are told of them: the same bytes each time, so that a model's prefix stays known. */
export function toolSpecs(tools: readonly Tool[]): ToolSpec[] {
  return tools.map(({ name, description, input }) => ({ name, description, parameters: schemaOf(input) }))
}

function schemaOf(input: z.ZodType): JsonValue {
  // A JSON Schema is plain JSON.
  const { $schema, ...schema } = z.toJSONSchema(input, { io: 'input' }) as { [key: string]: JsonValue }
  return plain(schema)
}

/** What a model need not read: the loop checks arguments with the whole schema anyway. */
const unread = new Set([
  'maxLength',
  'minLength',
  'maximum',
  'minimum',
  'maxItems',
  'minItems',
  'pattern',
  'propertyNames',
  'default',
])

/** Shorter for models: "or null" is told by being optional. */
function plain(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((one) => plain(one))
  if (value === null || typeof value !== 'object') return value
  const { anyOf, additionalProperties, ...rest } = value
  const kinds = Array.isArray(anyOf) ? anyOf.filter((one) => !isNull(one)) : []
  const [only] = kinds
  const inner =
    kinds.length === 1 && only !== null && typeof only === 'object' && !Array.isArray(only) ? only : null
  const several = inner === null && kinds.length > 0 ? { anyOf: kinds } : {}
  const open = additionalProperties !== undefined && additionalProperties !== false
  const fields = Object.entries({ ...inner, ...rest, ...several, ...(open ? { additionalProperties } : {}) })
    .filter(([name]) => !unread.has(name))
    .map(([name, one]): [string, JsonValue] => [
      name,
      name === 'properties' ? properties(one) : name === 'type' ? typeOf(one) : plain(one),
    ])
  return Object.fromEntries(fields)
}

/** The arguments themselves: their names are no words of the schema language. */
function properties(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
}

function typeOf(type: JsonValue): JsonValue {
  const kinds = Array.isArray(type) ? type.filter((one) => one !== 'null') : [type]
  return kinds.length === 1 ? kinds[0] : kinds
}

function isNull(value: JsonValue): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && value.type === 'null'
}
