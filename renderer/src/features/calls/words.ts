import i18next from 'i18next'
import { knownReason } from '../inbox/state.ts'

/** Why a conversation came to a person, in the desk's language. */
export function callText(reason: string): string {
  return i18next.t(`inbox:reason.${knownReason(reason) ?? 'other'}`)
}
