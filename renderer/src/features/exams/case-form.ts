import type { ExamCase } from '../../../../preload/contract/index.ts'

export interface TurnForm {
  key: string
  customer: string
  /** A line for each thing that must be said; ways of saying it apart by "|". */
  says: string
  /** A line for each thing that must not. */
  neverSays: string
}

export interface CaseForm {
  name: string
  turns: TurnForm[]
  /** `any`: not looked at. */
  ordered: 'any' | 'yes' | 'no'
  handedOver: 'any' | 'yes' | 'no'
  /** A line for each article in the cart: `2 TAZA-AZUL`; empty: not looked at. */
  cart: string
}

export function emptyTurn(): TurnForm {
  return { key: crypto.randomUUID(), customer: '', says: '', neverSays: '' }
}

export function emptyCase(): CaseForm {
  return { name: '', turns: [emptyTurn()], ordered: 'any', handedOver: 'any', cart: '' }
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** `2 TAZA-AZUL` or `2 x TAZA-AZUL`; null when a line is neither. */
export function cartOf(text: string): { sku: string; quantity: number }[] | null {
  const found = lines(text).map((line) => /^(\d{1,5})\s*(?:[x×]\s+)?(\S.*)$/i.exec(line))
  const cart: { sku: string; quantity: number }[] = []
  for (const match of found) {
    const quantity = Number(match?.[1])
    const sku = match?.[2]
    if (sku === undefined || quantity < 1) return null
    cart.push({ sku, quantity })
  }
  return cart
}

export type CaseProblem = 'name' | 'customer' | 'cart'

export function problemsOf(form: CaseForm): Record<string, CaseProblem> {
  const problems: Record<string, CaseProblem> = {}
  if (form.name.trim() === '') problems.name = 'name'
  form.turns.forEach((turn, index) => {
    if (turn.customer.trim() === '') problems[`turns.${index}.customer`] = 'customer'
  })
  if (cartOf(form.cart) === null) problems.cart = 'cart'
  return problems
}

/** For a form without problems. */
export function caseOf(form: CaseForm): ExamCase {
  const cart = cartOf(form.cart) ?? []
  return {
    name: form.name.trim(),
    class: 'owner',
    turns: form.turns.map((turn) => ({
      customer: turn.customer.trim(),
      says: lines(turn.says)
        .map((line) =>
          line
            .split('|')
            .map((way) => way.trim())
            .filter((way) => way !== ''),
        )
        .filter((ways) => ways.length > 0),
      neverSays: lines(turn.neverSays),
    })),
    end: {
      ...(cart.length === 0 ? {} : { cart }),
      ...(form.ordered === 'any' ? {} : { ordered: form.ordered === 'yes' }),
      ...(form.handedOver === 'any' ? {} : { handedOver: form.handedOver === 'yes' }),
    },
  }
}
