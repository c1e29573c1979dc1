import type { ChatModelFunctions, ChatWrapper, GbnfJsonSchema } from 'node-llama-cpp'
import { answerSchema, describedSchema, isRecord, type JsonRecord } from './json-schema.ts'

/** A tool as the model reads of it and as its answer is held to it. */
export interface ToolForModel {
  name: string
  description: string
  /** JSON Schema. */
  parameters: unknown
}

/** What an answer must look like. The library takes a key for required whatever the schema says; ours are choices. */
export function answerFunctions(tools: readonly ToolForModel[]): ChatModelFunctions {
  // The shapes are those of the library's own type, which has no common parent with a plain record.
  const schema = (tool: ToolForModel) => answerSchema(asRecord(tool.parameters)) as unknown as GbnfJsonSchema
  return Object.fromEntries(
    tools.map((tool) => [tool.name, { description: tool.description, params: schema(tool) }]),
  )
}

/**
 * The same wrapper, which describes tools by their own schemas instead of by what their answers are held to: choices
 * between all subsets of optional keys would fill the prompt.
 */
export function describingWrapper(wrapper: ChatWrapper, tools: readonly ToolForModel[]): ChatWrapper {
  const described: ChatModelFunctions = Object.fromEntries(
    tools.map((tool) => [
      tool.name,
      {
        description: tool.description,
        // As above; this one is only ever printed.
        params: describedSchema(asRecord(tool.parameters)) as unknown as GbnfJsonSchema,
      },
    ]),
  )
  const describing: ChatWrapper = Object.create(wrapper)
  describing.generateContextState = (options) =>
    wrapper.generateContextState({
      ...options,
      ...(options.availableFunctions === undefined ? {} : { availableFunctions: described }),
    })
  return describing
}

function asRecord(schema: unknown): JsonRecord {
  return isRecord(schema) ? schema : {}
}
