import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { examCaseSchema } from '../../preload/contract/exam.ts'
import type { ExamCase } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'

/** Cases as people write them: a list, or an object with `cases`. One word or amount may stand without its list. */
const fileSchema = z.union([z.array(z.unknown()), z.object({ cases: z.array(z.unknown()) })])

/**
 * The owner's cases of a file.
 * @throws DomainError `import.file_unreadable {path}`, `exam.invalid_case {name, issue}`
 */
export function readCases(path: string): ExamCase[] {
  const written = fileSchema.safeParse(parse(path))
  if (!written.success)
    throw new DomainError('exam.invalid_case', { name: '', issue: 'a list of cases, or {"cases": […]}' })
  const cases = Array.isArray(written.data) ? written.data : written.data.cases
  return cases.map((item) => {
    const parsed = examCaseSchema.safeParse(withLists(item))
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    const name = isRecord(item) ? String(item.name ?? '') : ''
    throw new DomainError('exam.invalid_case', {
      name,
      issue: `${name} ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.trim(),
    })
  })
}

function parse(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new DomainError('import.file_unreadable', { path }, { cause: error })
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new DomainError('exam.invalid_case', { name: '', issue: String(error) }, { cause: error })
  }
}

function withLists(item: unknown): unknown {
  if (!isRecord(item) || !Array.isArray(item.turns)) return item
  const turns = item.turns.map((turn: unknown) => {
    if (typeof turn === 'string') return { customer: turn }
    if (!isRecord(turn)) return turn
    return { ...turn, ...listed(turn, 'says'), ...listed(turn, 'tells') }
  })
  return { ...item, turns }
}

function listed(turn: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = turn[key]
  if (value === undefined) return {}
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return { [key]: list.map((one) => (Array.isArray(one) ? one : [one])) }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
