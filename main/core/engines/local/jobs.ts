import { EngineError } from '../engine.ts'
import type { GenerateEvent, GenerateRequest } from './model-host.ts'
import { decodeVector, type FromProcess, generateOrder, type Order } from './protocol.ts'
import type { Priority } from './queue.ts'

/** What the process says about one order. */
export type Said = Extract<FromProcess, { id: number }>

/** One order of the host, from queue to end. */
export interface Job {
  readonly priority: Priority
  readonly affinity: string
  /** A live customer's turn may end it; it begins anew afterwards. */
  readonly preemptible: boolean
  /** Whether its time says something about how long chats take. */
  readonly timed: boolean
  order(id: number): Order
  /** True when this was the last word. */
  take(said: Said): boolean
  /** Forgets what was said so far. */
  restart(): void
  fail(error: unknown): void
}

/** Error of the port for what the process says; `aborted` only comes when nobody listens any more. */
export function engineError({ code, detail }: Extract<Said, { type: 'failed' }>): EngineError {
  const cause = new Error(detail)
  switch (code) {
    case 'context_too_long':
    case 'invalid_answer':
    case 'model_missing':
    case 'service_failed':
    case 'off':
      return new EngineError(code, { cause })
    case 'model.no_binary':
      return new EngineError('off', { cause })
    default:
      return new EngineError('service_failed', { cause })
  }
}

/** An answer on its way. */
export class GenerateJob implements Job {
  readonly priority: Priority
  readonly affinity: string
  readonly preemptible: boolean
  readonly timed = true
  readonly #request: GenerateRequest
  readonly #threads: () => number | null
  readonly #stream = new EventStream<GenerateEvent>()
  /** Of one that may begin anew nothing is told before it has ended. */
  #held: GenerateEvent[] = []

  constructor(request: GenerateRequest, threads: () => number | null) {
    this.#request = request
    this.#threads = threads
    this.priority = request.priority
    this.affinity = request.affinity
    this.preemptible = request.priority === 'background'
  }

  get events(): AsyncIterable<GenerateEvent> {
    return this.#stream
  }

  order(id: number): Order {
    return generateOrder(id, this.#request, this.#threads())
  }

  take(said: Said): boolean {
    switch (said.type) {
      case 'text':
        this.#tell({ type: 'text', delta: said.delta })
        return false
      case 'call':
        this.#tell({ type: 'call', name: said.name, arguments: said.arguments })
        return false
      case 'end': {
        const { id: _id, ...end } = said
        this.#tell(end)
        for (const event of this.#held) this.#stream.push(event)
        this.#stream.end()
        return true
      }
      case 'failed':
        this.fail(engineError(said))
        return true
      default:
        return false
    }
  }

  restart(): void {
    this.#held = []
  }

  fail(error: unknown): void {
    this.#stream.fail(error)
  }

  #tell(event: GenerateEvent): void {
    if (this.preemptible) this.#held.push(event)
    else this.#stream.push(event)
  }
}

/** An order that is answered once. */
export class AnswerJob<Result> implements Job {
  readonly priority: Priority
  readonly affinity: string
  readonly preemptible: boolean
  readonly timed = false
  readonly #order: (id: number) => Order
  readonly #read: (said: Said) => Result | undefined
  readonly #failure: (said: Extract<Said, { type: 'failed' }>) => Error
  readonly #answer = Promise.withResolvers<Result>()

  constructor(options: {
    priority: Priority
    affinity: string
    order: (id: number) => Order
    read: (said: Said) => Result | undefined
    failure?: (said: Extract<Said, { type: 'failed' }>) => Error
  }) {
    this.priority = options.priority
    this.affinity = options.affinity
    this.preemptible = options.priority === 'background'
    this.#order = options.order
    this.#read = options.read
    this.#failure = options.failure ?? engineError
    // Whoever asked may have gone by the time it fails.
    this.#answer.promise.catch(() => undefined)
  }

  get answer(): Promise<Result> {
    return this.#answer.promise
  }

  order(id: number): Order {
    return this.#order(id)
  }

  take(said: Said): boolean {
    if (said.type === 'failed') {
      this.fail(this.#failure(said))
      return true
    }
    const result = this.#read(said)
    if (result === undefined) return false
    this.#answer.resolve(result)
    return true
  }

  restart(): void {
    // Nothing was told yet.
  }

  fail(error: unknown): void {
    this.#answer.reject(error)
  }
}

export function embedJob(
  file: string,
  texts: readonly string[],
  threads: () => number | null,
): AnswerJob<Float32Array[]> {
  return new AnswerJob({
    priority: 'background',
    affinity: `embed ${file}`,
    order: (id) => ({ type: 'embed', id, file, texts: [...texts], threads: threads() }),
    read: (said) => (said.type === 'vectors' ? said.vectors.map(decodeVector) : undefined),
  })
}

/** Events that somebody pushes and one reader takes. */
class EventStream<Event> implements AsyncIterable<Event> {
  readonly #events: Event[] = []
  #done = false
  #error: { error: unknown } | null = null
  #wake = Promise.withResolvers<void>()

  push(event: Event): void {
    if (!this.#done) this.#events.push(event)
    this.#wake.resolve()
  }

  end(): void {
    this.#done = true
    this.#wake.resolve()
  }

  fail(error: unknown): void {
    if (this.#done) return
    this.#error = { error }
    this.end()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event> {
    for (;;) {
      const event = this.#events.shift()
      if (event !== undefined) yield event
      else if (this.#error !== null) throw this.#error.error
      else if (this.#done) return
      else {
        await this.#wake.promise
        this.#wake = Promise.withResolvers()
      }
    }
  }
}
