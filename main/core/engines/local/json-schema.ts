/** From the JSON Schema of a tool to what models read and to what their answers are held to. Pure. */

export type JsonRecord = Record<string, unknown>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Up to so many optional keys each subset of them is a choice of its own. Beyond that only the small subsets are, and
 * one in which all keys stand and may be null.
 */
const mostOptionalKeys = 4
const smallSubset = 2
const deepest = 12

/** Any text, number or truth value: for what a schema leaves open. */
const anything = { type: ['string', 'number', 'boolean', 'null'] }

/** A schema for the library's grammar: same keys and types, without limits, which the tools check themselves. */
export function answerSchema(schema: JsonRecord, root: JsonRecord = schema, depth = 0): JsonRecord {
  if (depth > deepest) return anything
  const inner = (value: unknown) => answerSchema(isRecord(value) ? value : {}, root, depth + 1)
  const target = referenced(schema, root)
  if (target !== null) return inner(target)
  const choices = schema.oneOf ?? schema.anyOf
  if (Array.isArray(choices)) return { oneOf: choices.map(inner) }
  if ('const' in schema) return { const: schema.const }
  if (Array.isArray(schema.enum)) return { enum: schema.enum }
  if (schema.type === 'object') return objectSchema(schema, inner)
  if (schema.type === 'array') return { type: 'array', items: inner(schema.items) }
  if (typeof schema.type === 'string' || Array.isArray(schema.type)) return { type: schema.type }
  return anything
}

function objectSchema(schema: JsonRecord, inner: (value: unknown) => JsonRecord): JsonRecord {
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : []
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  if (properties.length === 0 && isRecord(schema.additionalProperties))
    return { type: 'object', additionalProperties: inner(schema.additionalProperties) }
  const optional = properties.filter(([key]) => !required.has(key)).map(([key]) => key)
  const withKeys = (left: ReadonlySet<string>) => ({
    type: 'object',
    properties: Object.fromEntries(
      properties.filter(([key]) => !left.has(key)).map(([key, value]) => [key, inner(value)]),
    ),
  })
  if (optional.length === 0) return withKeys(new Set())
  if (optional.length <= mostOptionalKeys)
    return { oneOf: subsets(optional).map((left) => withKeys(new Set(left))) }
  const nullable = ([key, value]: [string, unknown]) =>
    required.has(key) ? [key, inner(value)] : [key, { oneOf: [inner(value), { type: 'null' }] }]
  const small = subsets(optional).filter((left) => optional.length - left.length <= smallSubset)
  return {
    oneOf: [
      ...small.map((left) => withKeys(new Set(left))),
      { type: 'object', properties: Object.fromEntries(properties.map(nullable)) },
    ],
  }
}

function subsets(keys: readonly string[]): string[][] {
  const [first, ...others] = keys
  if (first === undefined) return [[]]
  return subsets(others).flatMap((some) => [some, [first, ...some]])
}

/** A schema for the prompt: what a model needs to know, and no technical keys. */
export function describedSchema(schema: JsonRecord, root: JsonRecord = schema, depth = 0): JsonRecord {
  if (depth > deepest) return {}
  const target = referenced(schema, root)
  if (target !== null) return describedSchema(target, root, depth + 1)
  const described: JsonRecord = {}
  for (const [key, value] of Object.entries(schema)) {
    if (untold.has(key)) continue
    if (key === 'anyOf' || key === 'oneOf') described.oneOf = describedAll(value, root, depth)
    else if (key === 'properties' && isRecord(value)) {
      described.properties = Object.fromEntries(
        Object.entries(value).map(([name, one]) => [
          name,
          isRecord(one) ? describedSchema(one, root, depth + 1) : {},
        ]),
      )
    } else if (key === 'items' && isRecord(value)) described.items = describedSchema(value, root, depth + 1)
    else described[key] = value
  }
  return described
}

const untold = new Set([
  '$schema',
  '$defs',
  'additionalProperties',
  'pattern',
  'minLength',
  'maxLength',
  'maximum',
])

function describedAll(choices: unknown, root: JsonRecord, depth: number): JsonRecord[] {
  const all = Array.isArray(choices) ? choices : []
  return all.map((one) => (isRecord(one) ? describedSchema(one, root, depth + 1) : {}))
}

/** What a `$ref` into the schema itself names; null where there is none. */
function referenced(schema: JsonRecord, root: JsonRecord): JsonRecord | null {
  if (typeof schema.$ref !== 'string') return null
  const path = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean)
  let found: unknown = root
  for (const key of path) found = isRecord(found) ? found[key] : undefined
  return isRecord(found) ? found : {}
}
