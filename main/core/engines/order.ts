import { DomainError } from '../errors.ts'
import type { EngineKind } from './engine.ts'

export const builtinId = 'builtin'

interface Known {
  id: string
  kind: EngineKind
}

/**
 * The order that an owner asks for, in ids: a kind stands for all engines of that kind, as they stood before. What is
 * left out is not asked; neither is what follows the built-in engine, which never fails.
 * @param before ids in the order so far
 * @throws DomainError `engine.not_found {id}`
 */
export function readOrder(
  wanted: readonly string[],
  engines: readonly Known[],
  before: readonly string[],
): string[] {
  const placed = [...engines].sort((a, b) => place(a.id, before) - place(b.id, before))
  const ids = wanted.flatMap((name) => {
    if (name === builtinId) return [builtinId]
    if (name === 'local' || name === 'remote')
      return placed.filter((engine) => engine.kind === name).map(({ id }) => id)
    if (!engines.some((engine) => engine.id === name)) throw new DomainError('engine.not_found', { id: name })
    return [name]
  })
  return closed(ids)
}

/** Ids in the order in which they are asked now: what is gone is left out, and the built-in engine closes it. */
export function currentOrder(stored: readonly string[], engines: readonly { id: string }[]): string[] {
  return closed(stored.filter((id) => id === builtinId || engines.some((engine) => engine.id === id)))
}

/** A new engine is asked first. */
export function withFirst(id: string, stored: readonly string[]): string[] {
  return closed([id, ...stored])
}

function closed(ids: readonly string[]): string[] {
  const once = [...new Set([...ids, builtinId])]
  return once.slice(0, once.indexOf(builtinId) + 1)
}

function place(id: string, order: readonly string[]): number {
  const at = order.indexOf(id)
  return at === -1 ? order.length : at
}
