import i18next from 'i18next'

/** Why a case failed, from `code` or `code: words of the talk`; a code without a text shows as it is. */
export function reasonOf(reason: string): string {
  const [code = '', ...rest] = reason.split(': ')
  const detail = rest.join(': ')
  // Reasons come from the app at run time.
  const key = `exams:reason.${code}` as 'exams:reason.wrong_figure'
  const text = i18next.t(key, { defaultValue: code })
  return detail === '' ? text : `${text}: ${detail}`
}
