import type { TextKey } from '../../language/texts.ts'
import type { TextValues, Voice } from '../../language/voice.ts'
import { say } from '../../language/voice.ts'
import type { ShopBrief, ToolCallRequest } from '../engine.ts'
import type { Dialogue } from './state.ts'
import type { CallResult } from './tool-data.ts'

/** Asks tools and is resumed with their results, in the same order. */
export type Asking<Result> = Generator<ToolCallRequest[], Result, CallResult[]>

/** One paragraph of a reply. Talk (greetings, thanks) gives way to answers. */
export interface Part {
  kind: 'talk' | 'answer' | 'question'
  text: string
  /** A line that was put in or changed: several of them are told together. */
  cartLine?: { key: 'added' | 'changed'; line: string }
  /** The cart's total: only the last one counts. */
  total?: boolean
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
  /** The question that the last reply asked; another subject lets it go. */
  readonly inherited: Dialogue['pending']
}

export function speak(turn: Turn, key: TextKey, values: TextValues = {}): string {
  return say(turn.voice, key, values)
}

export const answer = (text: string): Part => ({ kind: 'answer', text })
export const question = (text: string): Part => ({ kind: 'question', text })
export const talk = (text: string): Part => ({ kind: 'talk', text })

/** Makes a product what "it" means from now on. */
export function focusOn(turn: Turn, productId: string, variantId: string | null = null): void {
  const { dialogue } = turn
  if (dialogue.focus !== null && dialogue.focus.productId !== productId)
    dialogue.previous = dialogue.focus.productId
  dialogue.focus = { productId, variantId }
}
