import type { Clock } from '../../host.ts'
import { newId } from '../../ids.ts'
import type { ChannelAdapter, ChannelSink, ChannelState, OutboundPayload, SendOutcome } from '../channel.ts'

/** The chat inside the app, in which the owner plays the customer. What is sent is already where it is read. */
export class TestChatAdapter implements ChannelAdapter {
  readonly kind = 'testchat' as const
  readonly capabilities = {
    textLength: 4_096,
    captionLength: 1_024,
    photos: true,
    documents: true,
    typing: true,
    parallelSends: 16,
  }
  readonly #clock: Clock
  #state: ChannelState = { state: 'stopped' }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async start(sink: ChannelSink): Promise<void> {
    this.#state = { state: 'ready', name: 'testchat', externalId: 'testchat' }
    sink.state(this.#state)
  }

  async stop(): Promise<void> {
    this.#state = { state: 'stopped' }
  }

  state(): ChannelState {
    return this.#state
  }

  async send(_chatId: string, _payload: OutboundPayload): Promise<SendOutcome> {
    return { state: 'sent', externalId: `out-${newId()}`, sentAt: this.#clock.now() }
  }

  async typing(): Promise<void> {
    // The app publishes its own typing event.
  }

  async fetch(): Promise<AsyncIterable<Uint8Array>> {
    throw new Error('the test chat has no attachments to fetch')
  }
}
