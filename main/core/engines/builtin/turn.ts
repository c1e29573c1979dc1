import type { TextKey } from '../../language/texts.ts'
import type { TextValues, Voice } from '../../language/voice.ts'
import { say } from '../../language/voice.ts'
import type { ShopBrief, ToolCallRequest } from '../engine.ts'
import type { Dialogue } from './state.ts'
import type { CallResult, CartData } from './tool-data.ts'

/** Asks tools and is resumed with their results, in the same order. */
export type Asking<Result> = Generator<ToolCallRequest[], Result, CallResult[]>

/** One paragraph of a reply. Talk (greetings, thanks) gives way to answers. */
export interface Part {
  kind: 'talk' | 'answer' | 'question'
  text: string
  /** A line that was put in or changed: several of them are told together. */
  cartLine?: { key: 'added' | 'changed'; line: string; variantId: string }
  /** The cart's total: only the last one counts. */
  total?: boolean
  /** Words that nothing was found for: not told where another answer speaks of them. */
  missing?: string[]
  /** Puts the whole order to the customer. */
  summary?: boolean
  /** Says that a request was not understood. */
  lost?: boolean
  /** Tells of something that was done: it stands before what is only told. */
  done?: boolean
}

/** What the handlers of one turn share. */
export interface Turn {
  readonly shop: ShopBrief
  readonly voice: Voice
  readonly dialogue: Dialogue
  /** Quantities that this turn has set or is setting, by variant: a second wish adds to the first. */
  readonly quantities: Map<string, number>
  /** The customer's words of this turn, for summaries. */
  readonly customerText: string
  /** Whether another request of the turn gets an answer: then courtesy stays short. */
  readonly several: boolean
  readonly firstTurn: boolean
  /** What the shop told last that it has after all; null when it said something else. */
  readonly answered: string | null
  /** What the customer told of themselves in earlier turns. */
  readonly preferences: readonly { topic: string; text: string }[]
  /** What the assistant calls itself; '' for nothing. */
  readonly assistantName: string
  /** The question that the last reply asked; another subject lets it go. */
  readonly inherited: Dialogue['pending']
  /** The cart as a call of this turn left it, null before it was changed. */
  changedCart: CartData | null
  /** Whether this turn gave the conversation to a person. */
  handedOver: boolean
  /** Products told one by one in this turn: together they are what "both" means next. */
  readonly told: Dialogue['shown']
}

export function speak(turn: Turn, key: TextKey, values: TextValues = {}): string {
  return say(turn.voice, key, values)
}

export const answer = (text: string): Part => ({ kind: 'answer', text })
export const question = (text: string): Part => ({ kind: 'question', text })
export const talk = (text: string): Part => ({ kind: 'talk', text })

/** Adds a product to those that this turn told of one by one. */
export function tellOf(turn: Turn, product: { productId: string; name: string }): void {
  if (!turn.told.some((item) => item.id === product.productId))
    turn.told.push({ id: product.productId, name: product.name })
  turn.dialogue.shown = [...turn.told]
}

/** Remembers which options of a product were settled, for "¿y en la M?". */
export function keepOptions(turn: Turn, productId: string, words: readonly string[]): void {
  turn.dialogue.kept = { productId, words: [...words] }
}

/** Makes a product what "it" means from now on. */
export function focusOn(turn: Turn, productId: string, variantId: string | null = null): void {
  const { dialogue } = turn
  if (dialogue.focus !== null && dialogue.focus.productId !== productId)
    dialogue.previous = dialogue.focus.productId
  dialogue.focus = { productId, variantId }
}
