import { z } from 'zod'
import { DomainError } from '../errors.ts'
import type { ExamCase, Stage } from './exam.ts'

/** Cases as they are written: by the owner in a file or in the desk, and in the shipped suite. */

const words = z.string().trim().min(1).max(200)
const line = z.object({ sku: z.string().min(1).max(100), quantity: z.int().min(1) })
const amount = z.int().min(0)

const turnSchema = z.object({
  customer: z.string().trim().min(1).max(2000),
  /** A list is "any one of these". */
  says: z
    .array(z.union([words, z.array(words).min(1)]))
    .max(20)
    .default([]),
  neverSays: z.array(words).max(20).default([]),
  /** Minor units; a list is "any one of these". */
  tells: z
    .array(z.union([amount, z.array(amount).min(1)]))
    .max(20)
    .default([]),
  changesCart: z.boolean().optional(),
  cart: z.array(line).optional(),
})

const buyerSchema = z.object({
  name: words,
  phone: words,
  address: z.object({ street: words, place: words }).nullable().default(null),
  payment: words,
})

export const caseSchema = z.object({
  name: z.string().trim().min(1).max(120),
  class: z.string().trim().min(1).max(40).default('owner'),
  language: z.enum(['es', 'en']).nullish(),
  turns: z.array(turnSchema).min(1).max(30),
  buyer: buyerSchema.nullish(),
  end: z
    .object({
      cart: z.array(line).optional(),
      ordered: z.boolean().optional(),
      handedOver: z.boolean().optional(),
      order: z.object({ lines: z.array(line).min(1), total: amount }).optional(),
    })
    .default({}),
})
export type CaseInput = z.input<typeof caseSchema>
type WrittenCase = z.output<typeof caseSchema>

/** One file of the shipped suite: a class, and what holds for all its cases unless one says otherwise. */
export const suiteSchema = z.strictObject({
  class: z.string().min(1),
  /** Whether customers of this class ask for something in the cart; left out where it differs. */
  changesCart: z.boolean().optional(),
  /** Whether a person has the conversation at the end; left out where it may be either. */
  handedOver: z.boolean().optional(),
  cases: z.array(
    caseSchema
      .omit({ class: true })
      .extend({ language: z.enum(['es', 'en']), stage: z.enum(['demo-es', 'demo-en']).optional() })
      .strict(),
  ),
})
export type Suite = z.output<typeof suiteSchema>

/** A case as the owner wrote it, played in a copy of their own shop. @throws DomainError `exam.invalid_case {name, issue}` */
export function ownCase(written: unknown): ExamCase {
  const parsed = caseSchema.safeParse(written)
  if (parsed.success) return toCase(parsed.data, 'own', undefined)
  const [issue] = parsed.error.issues
  throw new DomainError('exam.invalid_case', {
    name: nameOf(written),
    issue: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.slice(0, 200),
  })
}

export function casesOfSuite(suite: Suite): ExamCase[] {
  return suite.cases.map(({ stage, ...written }) => {
    const item = toCase(
      { ...written, class: suite.class },
      stage ?? (written.language === 'es' ? 'demo-es' : 'demo-en'),
      suite.changesCart,
    )
    if (suite.handedOver !== undefined) item.end = { handedOver: suite.handedOver, ...item.end }
    return item
  })
}

function toCase(written: WrittenCase, stage: Stage, changesCart: boolean | undefined): ExamCase {
  const { end } = written
  return {
    name: written.name,
    class: written.class,
    language: written.language ?? null,
    stage,
    buyer: written.buyer ?? null,
    turns: written.turns.map((turn) => ({
      customer: turn.customer,
      says: turn.says.map((said) => (typeof said === 'string' ? [said] : said)),
      neverSays: turn.neverSays,
      tells: turn.tells.map((told) => (typeof told === 'number' ? [told] : told)),
      mayChange: turn.changesCart ?? changesCart ?? null,
      cart: turn.cart ?? null,
    })),
    end: {
      ...(end.cart === undefined ? {} : { cart: end.cart }),
      ...(end.ordered === undefined ? {} : { ordered: end.ordered }),
      ...(end.handedOver === undefined ? {} : { handedOver: end.handedOver }),
      ...(end.order === undefined ? {} : { order: end.order }),
    },
  }
}

function nameOf(written: unknown): string {
  const name = typeof written === 'object' && written !== null && 'name' in written ? written.name : ''
  return String(name).slice(0, 120)
}
