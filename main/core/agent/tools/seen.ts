import { DomainError } from '../../errors.ts'
import { isOff } from '../../mutants.ts'
import type { ToolContext } from './tool.ts'

/** Refuses ids that no earlier result of this conversation gave: an engine may not make them up. @throws `tool.id_not_seen {id}` */
export function requireSeen(context: ToolContext, ids: readonly string[]): void {
  for (const id of ids) {
    if (!context.seen.has(id) && !isOff('agent.seen_ids')) throw new DomainError('tool.id_not_seen', { id })
  }
}
