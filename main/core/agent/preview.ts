import type { Engine, EngineRequest, Personality, PromptMaterial, Refusal } from '../engines/engine.ts'
import { newId } from '../ids.ts'
import type { JournaledStep } from '../turns/journal.ts'
import { stepsLeft } from './engine-steps.ts'
import { finishedSteps } from './finished-steps.ts'
import type { PromptSource } from './prompt-material.ts'
import { Rehearsal, type RehearsalDependencies, type Rehearsed } from './rehearsal.ts'
import { toolSpecs } from './tools/tool-specs.ts'

export interface PreviewDependencies extends RehearsalDependencies {
  prompts: PromptSource
}

export interface PreviewInput {
  personality: Personality
  message: string
  engine: Engine
}

export type Preview = Rehearsed

/** Answers one message of nobody, as a turn would. Nothing is written. */
export class AgentPreview {
  readonly #deps: PreviewDependencies
  readonly #rehearsal: Rehearsal

  constructor(deps: PreviewDependencies) {
    this.#deps = deps
    this.#rehearsal = new Rehearsal(deps)
  }

  /** @throws EngineError when the engine does not answer. */
  async answer(input: PreviewInput, signal: AbortSignal): Promise<Preview> {
    const conversation = { id: newId(), customerId: newId() }
    return await this.#rehearsal.answer(
      {
        conversation,
        engine: input.engine,
        texts: [input.message],
        state: {},
        seen: new Set(),
        request: (steps, refusal) => this.#request(input, conversation, steps, refusal),
      },
      signal,
    )
  }

  #request(
    { personality, message, engine }: PreviewInput,
    conversation: { id: string },
    steps: readonly JournaledStep[],
    refusal: Refusal | null,
  ): Omit<EngineRequest, 'signal'> {
    const { prompts, shop, clock } = this.#deps
    const now = new Date(clock.now()).toISOString()
    const { prompted } = engine.capabilities
    const prompt: PromptMaterial = {
      conversationId: conversation.id,
      purpose: 'preview',
      shopSummary: prompts.shopSummary(),
      situation: prompts.situation(),
      personality,
      earlier: null,
      refusal,
      personal: { names: [], phones: [], emails: [], addresses: [], nationalIds: [] },
    }
    return {
      turnId: conversation.id,
      step: steps.length,
      shop: shop(),
      customer: {
        name: '',
        language: null,
        formOfAddress: null,
        returning: false,
        preferences: [],
        lastOrders: [],
      },
      state: {},
      history: [],
      input: [{ id: conversation.id, text: message, at: now, attachments: [] }],
      steps: finishedSteps(steps),
      tools: stepsLeft(steps, prompted) > 0 ? toolSpecs(this.#deps.tools) : [],
      prompt: prompted ? prompt : null,
      personality,
      now,
    }
  }
}
