import { useTranslation } from 'react-i18next'
import { codeText, failureOf } from '../../rpc/failure.ts'

const reasons = [
  'connection',
  'stalled',
  'no_space',
  'damaged',
  'refused',
  'missing',
  'not_executable',
  'does_not_start',
  'no_answer',
  'not_chrome',
] as const

/** What is wrong with a browser or its download, in words that say what to do. */
export function useBrowserProblem() {
  const { t } = useTranslation(['channels', 'common'])
  const ofCode = (code: string, reason: unknown): string => {
    const known = reasons.find((each) => each === reason)
    return known === undefined ? codeText(code) : t(`browser.reason.${known}`)
  }
  return {
    ofCode,
    ofError: (error: unknown): string => {
      const { code, data } = failureOf(error)
      return ofCode(code, data.reason)
    },
  }
}
