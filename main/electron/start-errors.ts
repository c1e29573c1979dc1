import { isDomainError } from '../core/errors.ts'
import { type ShellLanguage, say } from './texts.ts'

/** Why the app could not start, and what its owner can do. */
export function startErrorText(error: unknown, language: ShellLanguage): string {
  const code = isDomainError(error) ? error.code : 'internal'
  switch (code) {
    case 'host.already_running':
      return say(language, 'start.already_running')
    case 'shop.no_rights':
    case 'storage.read_only':
      return say(language, 'start.no_rights', {
        path: isDomainError(error) ? String(error.data.path ?? '') : '',
      })
    case 'storage.full':
      return say(language, 'start.full')
    case 'shop.newer_version':
      return say(language, 'start.newer')
    case 'shop.damaged':
      return say(language, 'start.damaged')
    default:
      return say(language, 'start.other', { code })
  }
}
