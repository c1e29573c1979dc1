import i18next from 'i18next'
import { reasonParts } from './state.ts'

/** Why a case failed, in the desk's language; a code without a text shows as it is. */
export function reasonText(reason: string): string {
  const { code, turn, detail } = reasonParts(reason)
  if (code === '') return detail
  // Reasons come from the app at run time.
  const key = `exams:reason.${code}` as 'exams:reason.wrong_figure'
  const text = i18next.t(key, { defaultValue: code })
  const where = turn === null ? '' : `${i18next.t('exams:cases.atTurn', { turn })} `
  return `${where}${text}${detail === '' ? '' : `: ${detail}`}`
}
