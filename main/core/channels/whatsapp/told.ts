import { isDomainError } from '../../errors.ts'
import { isOff } from '../../mutants.ts'
import type { ChannelSink } from '../channel.ts'
import type { ProcessLife } from './process-life.ts'
import type { FromProcess } from './protocol.ts'

/** What a process tells until it hears that it is stored. */
export type Told = Extract<FromProcess, { type: 'message' | 'edit' | 'removal' | 'delivered' | 'chats' }>

export function isTold(message: FromProcess): message is Told {
  return ['message', 'edit', 'removal', 'delivered', 'chats'].includes(message.type)
}

export interface ToldEvents {
  /** Chats of the moment of pairing are stored. */
  chatsStored(): void
  /** Whether what is told can be written down: false from the first failure to the next success. */
  storable(can: boolean): void
}

/** Writes down what a process tells, one after the other, and says so to it only after the commit. */
export class ToldMessages {
  readonly #sink: ChannelSink
  readonly #events: ToldEvents
  #last: Promise<void> = Promise.resolve()

  constructor(sink: ChannelSink, events: ToldEvents) {
    this.#sink = sink
    this.#events = events
  }

  /** @param isCurrent false once the life that told it is over: its messages are told again by the next one */
  take(told: Told, life: ProcessLife, isCurrent: () => boolean): void {
    this.#last = this.#last.then(async () => {
      if (!isCurrent()) return
      if (isOff('whatsapp.stored_after_commit')) life.order({ type: 'stored', id: told.id })
      try {
        await this.#store(told)
        life.order({ type: 'stored', id: told.id })
        if (told.type === 'chats') this.#events.chatsStored()
        this.#events.storable(true)
      } catch (error) {
        life.order({ type: 'not_stored', id: told.id })
        if (isDomainError(error) && error.code.startsWith('storage.')) this.#events.storable(false)
      }
    })
  }

  /** Resolves when nothing is being written any more. */
  settled(): Promise<void> {
    return this.#last
  }

  async #store(told: Told): Promise<void> {
    switch (told.type) {
      case 'message':
        return this.#sink.receive(told.message)
      case 'edit':
        return this.#sink.edit(told.edit)
      case 'removal':
        return this.#sink.remove(told.removal)
      case 'delivered':
        return this.#sink.delivered?.(told.receipt)
      case 'chats':
        return this.#sink.chats?.(told.chats)
    }
  }
}
