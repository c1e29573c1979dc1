import type { AgentDependencies } from '../agent/dependencies.ts'
import { Agent } from '../agent/loop.ts'
import { ConversationMemory } from '../agent/memory.ts'
import { createMentions } from '../agent/mentions.ts'
import { AgentPreview } from '../agent/preview.ts'
import { promptSource } from '../agent/prompt-material.ts'
import { Suggestions } from '../agent/suggestion.ts'
import type { ToolDependencies } from '../agent/tools/dependencies.ts'
import { createTools } from '../agent/tools/registry.ts'
import type { CatalogService } from '../catalog/service.ts'
import type { EventBus } from '../events.ts'
import type { PersonalityService } from '../personality/service.ts'

/** What the agent makes for itself. */
type Made = 'prompts' | 'memory' | 'tools' | 'mentions'
type Given = ToolDependencies &
  Omit<AgentDependencies, Made> &
  Required<Pick<AgentDependencies, 'lead'>> & { personality: PersonalityService }

export interface Answering {
  agent: Agent
  preview: AgentPreview
  suggestions: Suggestions
  memory: ConversationMemory
}

/** The agent on a shop's services: for customers' turns, to try out, and to suggest to a person. */
export function assembleAnswering(given: Given): Answering {
  const { storage, bus, clock, log, lead } = given
  const memory = new ConversationMemory({ storage, clock, log, lead })
  const prompts = promptSource(given)
  const tools = createTools(given)
  const mentions = followNames(given.catalog, bus)
  const rehearsal = { tools, prompts, shop: given.shop, clock, mentions }
  return {
    agent: new Agent({ ...given, prompts, memory, tools, mentions }),
    preview: new AgentPreview(rehearsal),
    suggestions: new Suggestions({ ...given, ...rehearsal, memory }),
    memory,
  }
}

function followNames(catalog: CatalogService, bus: EventBus) {
  const mentions = createMentions(() => catalog.names())
  bus.subscribe((event) => {
    // Names do not change with each order.
    const renamed = event.type === 'product.changed' && event.payload.stockOnly !== true
    if (renamed || event.type === 'catalog.imported') mentions.invalidate()
  })
  return (text: string): { productId: string; name: string }[] => mentions.find(text)
}
