import type { ServerResponse } from 'node:http'
import { type Complaint, complaintAbout, complaintAboutThoughts } from './check.ts'
import { errorBody, type Fault } from './faults.ts'
import { unknownModel } from './models.ts'
import type { Answer } from './script.ts'
import type { FakeModelServer, ReceivedRequest } from './server.ts'
import { tokensOf } from './usage.ts'
import { piecesOf, usagePiece, wholeAnswer, writeEvent, writeJson } from './wire.ts'

/** Answers one request to the model, or has it meet a fault. */
export async function answerChat(
  server: FakeModelServer,
  request: ReceivedRequest,
  response: ServerResponse,
  planned: Fault | null,
): Promise<void> {
  const complaint = complaintOf(server, request)
  if (complaint !== null) {
    writeJson(
      response,
      complaint.status,
      errorBody(server.flavour, complaint.status, complaint.message, complaint),
    )
    server.note(request, 'refused', complaint.status)
    return
  }
  const answer = server.ask(request.body)
  const fault = planned ?? answer.fault ?? null
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, { 'content-type': fault.type, ...fault.headers })
    response.end(fault.body)
    server.note(request, 'refused', fault.status)
    return
  }
  if (fault?.kind === 'no_first_byte') await server.hold(request, response)
  if (response.destroyed) return
  if (await metBeforeStream(server, request, response, answer, fault)) return
  await stream(server, request, response, answer, fault)
}

function complaintOf(server: FakeModelServer, request: ReceivedRequest): Complaint | null {
  const { body } = request
  if (server.credit <= 0 && server.flavour !== 'custom')
    return {
      status: 402,
      message: server.flavour === 'deepseek' ? 'Insufficient Balance' : 'Insufficient credits',
    }
  const complaint = complaintAbout(body, server.flavour)
  if (complaint !== null) return complaint
  const model = server.models.find((one) => one.id === body.model)
  if (model === undefined) return unknownModel(server.flavour, String(body.model))
  if (model.tools === false && body.tools !== undefined)
    return { status: 404, message: 'No endpoints found that support tool use.' }
  const context = model.contextTokens ?? Number.POSITIVE_INFINITY
  const asked = tokensOf(JSON.stringify([body.messages, body.tools ?? []]))
  if (asked + Number(body.max_tokens ?? 0) > context)
    return {
      status: 400,
      message: `This model's maximum context length is ${context} tokens. However, you requested ${asked} tokens.`,
      code: 'context_length_exceeded',
    }
  const thinking = body.thinking as { type?: string } | undefined
  const thinks = server.flavour === 'deepseek' && model.thinks === true && thinking?.type !== 'disabled'
  return thinks ? complaintAboutThoughts(body) : null
}

/** Faults that need no stream. True when the request is dealt with. */
async function metBeforeStream(
  server: FakeModelServer,
  request: ReceivedRequest,
  response: ServerResponse,
  answer: Answer,
  fault: Fault | null,
): Promise<boolean> {
  if (fault?.kind === 'wrong_type') {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Sign in to the network</title>')
  } else if (fault?.kind === 'empty') {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end()
  } else if (fault?.kind === 'no_stream' || request.body.stream !== true) {
    const usage = usageOf(server, request, answer)
    writeJson(response, 200, wholeAnswer(answer, answerId(server), String(request.body.model), usage))
  } else if (fault?.kind === 'endless_line' || fault?.kind === 'endless_text') {
    await flood(response, fault.kind === 'endless_line')
  } else return false
  server.note(request, 'answered', 200)
  return true
}

async function stream(
  server: FakeModelServer,
  request: ReceivedRequest,
  response: ServerResponse,
  answer: Answer,
  fault: Fault | null,
): Promise<void> {
  const model = String(request.body.model)
  const id = answerId(server)
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  response.write(server.flavour === 'openrouter' ? ': OPENROUTER PROCESSING\n\n' : ': keep-alive\n\n')
  if (fault?.kind === 'keep_alive_only') await server.hold(request, response)
  const pieces = piecesOf(answer, id, model, server.flavour)
  const half = Math.ceil(pieces.length / 2)
  for (const [index, piece] of pieces.entries()) {
    if (response.destroyed) return
    if (index === half && fault !== null && (await metInMiddle(server, request, response, fault))) return
    writeEvent(response, piece)
    if (server.flavour === 'openrouter' && index % 5 === 4) response.write(': OPENROUTER PROCESSING\n\n')
  }
  const options = request.body.stream_options as { include_usage?: boolean } | undefined
  // OpenRouter tells the usage unasked.
  if (answer.usage !== false && (options?.include_usage === true || server.flavour === 'openrouter'))
    writeEvent(response, usagePiece(id, model, usageOf(server, request, answer)))
  writeEvent(response, '[DONE]')
  response.end()
  server.note(request, 'answered', 200)
}

/** True when the answer ends here. */
async function metInMiddle(
  server: FakeModelServer,
  request: ReceivedRequest,
  response: ServerResponse,
  fault: Fault,
): Promise<boolean> {
  if (fault.kind === 'stalled') {
    await server.hold(request, response)
    return response.destroyed
  }
  if (fault.kind === 'broken') {
    server.note(request, 'broken', 200)
    // What was written goes out before the connection ends without the closing chunk.
    await new Promise<void>((resolve) => response.write(': \n\n', () => resolve()))
    response.socket?.destroySoon()
    response.destroy()
    return true
  }
  if (fault.kind === 'cut_off') response.end()
  else if (fault.kind === 'error_in_stream') {
    writeEvent(response, {
      error: { code: fault.code, message: fault.message },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    })
    response.end()
  } else if (fault.kind === 'not_json') {
    response.write('data: {"choices": [{"delta": {"content": "half\n\n')
    response.end()
  } else return false
  server.note(request, 'broken', 200)
  return true
}

/** Writes as fast as the caller reads, until it goes. */
async function flood(response: ServerResponse, oneLine: boolean): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const piece = oneLine
    ? 'x'.repeat(64 * 1024)
    : `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'bla '.repeat(500) }, finish_reason: null }] })}\n\n`
  if (oneLine) response.write('data: ')
  while (!response.destroyed) await new Promise<void>((resolve) => response.write(piece, () => resolve()))
}

function usageOf(server: FakeModelServer, request: ReceivedRequest, answer: Answer) {
  const model = server.models.find((one) => one.id === request.body.model)
  return server.usage.count(server.flavour, request.body, answer, model?.pricing ?? null)
}

function answerId(server: FakeModelServer): string {
  return `chatcmpl-${server.requests.length.toString().padStart(12, '0')}`
}
