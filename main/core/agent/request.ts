import type { EngineRequest, PromptMaterial, Refusal, ToolSpec } from '../engines/engine.ts'
import type { JournaledStep } from '../turns/journal.ts'
import type { Turn } from '../turns/service.ts'
import type { ConversationContext, TurnInput } from './conversation-context.ts'
import type { AgentDependencies } from './dependencies.ts'
import { finishedSteps } from './finished-steps.ts'

export interface StepInput {
  turn: Pick<Turn, 'id' | 'firstMessageSeq'>
  conversation: ConversationContext
  input: readonly TurnInput[]
  steps: readonly JournaledStep[]
  tools: ToolSpec[]
  step: number
  /** The engines that will be asked need no prompt. */
  withoutPrompt?: boolean
  purpose?: PromptMaterial['purpose']
}

/** What an engine is asked, but for the history where no memory keeps it, and the signal. */
export function requestFor(
  deps: Pick<AgentDependencies, 'shop' | 'customers' | 'clock' | 'prompts' | 'memory'>,
  given: StepInput,
): Omit<EngineRequest, 'signal'> {
  const { turn, conversation, input, steps } = given
  const window = given.withoutPrompt
    ? null
    : (deps.memory?.window(conversation.id, turn.firstMessageSeq) ?? null)
  const personality = deps.prompts?.personality()
  return {
    turnId: turn.id,
    step: given.step,
    shop: deps.shop(),
    customer: {
      name: conversation.customerName,
      language: conversation.language,
      formOfAddress: conversation.formOfAddress,
      returning: conversation.returning,
      ...deps.customers.memory(conversation.customerId),
    },
    state: conversation.state,
    history: window?.history ?? [],
    input: input.map(({ seq, classified, ...message }) => message),
    steps: finishedSteps(steps),
    tools: given.tools,
    prompt: given.withoutPrompt ? null : promptFor(deps, given, window?.earlier ?? null),
    ...(personality === undefined ? {} : { personality }),
    now: new Date(deps.clock.now()).toISOString(),
  }
}

function promptFor(
  { prompts }: Pick<AgentDependencies, 'prompts'>,
  { conversation, steps, purpose }: StepInput,
  earlier: string | null,
): PromptMaterial | null {
  if (prompts === undefined) return null
  return {
    conversationId: conversation.id,
    purpose: purpose ?? 'turn',
    shopSummary: prompts.shopSummary(),
    situation: prompts.situation(),
    personality: prompts.personality(),
    earlier,
    refusal: refusalIn(steps),
    personal: prompts.personal(conversation),
  }
}

/** The draft that the gate refused in this turn, for the model to write it again. */
function refusalIn(steps: readonly JournaledStep[]): Refusal | null {
  const refused = steps.findLast((step) => step.refused !== null)
  return refused?.refused == null ? null : { text: refused.answer.text, findings: refused.refused }
}
