import type { ServerResponse } from 'node:http'
import type { Answer } from './script.ts'
import type { Usage } from './usage.ts'

export type Flavour = 'deepseek' | 'openrouter' | 'custom'

/** The pieces in which an answer travels: text and arguments are cut so that whoever joins them must do it right. */
export function piecesOf(answer: Answer, id: string, model: string, flavour: Flavour): object[] {
  const chunk = (delta: object, finish: string | null = null): object => ({
    id,
    object: 'chat.completion.chunk',
    created: 1_780_000_000,
    model,
    ...(flavour === 'openrouter' ? { provider: 'Fake' } : { system_fingerprint: 'fp_fake' }),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  })
  const size = answer.pieceLength ?? 7
  const pieces: object[] = [chunk({ role: 'assistant', content: '' })]
  for (const part of cut(answer.reasoning ?? '', size))
    pieces.push(chunk(flavour === 'openrouter' ? { reasoning: part } : { reasoning_content: part }))
  for (const part of cut(answer.text ?? '', size)) pieces.push(chunk({ content: part }))
  const calls = answer.calls ?? []
  const parts = calls.map((call) => cut(argumentsText(call.arguments), size))
  for (const [index, call] of calls.entries())
    pieces.push(
      chunk({
        tool_calls: [
          { index, id: callId(id, index), type: 'function', function: { name: call.name, arguments: '' } },
        ],
      }),
    )
  // Calls made side by side arrive interleaved.
  for (let round = 0; parts.some((list) => round < list.length); round++)
    for (const [index, list] of parts.entries())
      if (list[round] !== undefined)
        pieces.push(chunk({ tool_calls: [{ index, function: { arguments: list[round] } }] }))
  if (answer.finish !== null) pieces.push(chunk({}, finishOf(answer)))
  return pieces
}

/** The chunk with the usage: DeepSeek puts it into the last one, the others send one more without choices. */
export function usagePiece(id: string, model: string, usage: Usage): object {
  return { id, object: 'chat.completion.chunk', created: 1_780_000_000, model, choices: [], usage }
}

export function wholeAnswer(answer: Answer, id: string, model: string, usage: Usage): object {
  const calls = answer.calls ?? []
  return {
    id,
    object: 'chat.completion',
    created: 1_780_000_000,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: answer.text ?? null,
          ...(answer.reasoning === undefined ? {} : { reasoning_content: answer.reasoning }),
          ...(calls.length === 0
            ? {}
            : {
                tool_calls: calls.map((call, index) => ({
                  id: callId(id, index),
                  type: 'function',
                  function: { name: call.name, arguments: argumentsText(call.arguments) },
                })),
              }),
        },
        finish_reason: finishOf(answer),
      },
    ],
    usage,
  }
}

export function argumentsText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? {})
}

export function writeJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

export function writeEvent(response: ServerResponse, data: object | string): void {
  response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
}

function finishOf(answer: Answer): string {
  return answer.finish ?? ((answer.calls ?? []).length > 0 ? 'tool_calls' : 'stop')
}

function callId(id: string, index: number): string {
  return `call_${index}_${id.slice(-12)}`
}

function cut(text: string, size: number): string[] {
  const letters = [...text]
  const parts: string[] = []
  for (let from = 0; from < letters.length; from += size)
    parts.push(letters.slice(from, from + size).join(''))
  return parts
}
