import { DomainError } from '../../errors.ts'

export const telegramApiRoot = 'https://api.telegram.org'

/** A bot's number, a colon and its secret. Telegram decides whether it is right; this keeps garbage out of an address. */
const tokenShape = /^\d{1,20}:[A-Za-z0-9_-]{3,128}$/

/** The token without what copying adds. Throws `channel.token_refused` (`reason: 'shape'`). */
export function checkToken(token: string): string {
  const trimmed = token.trim()
  if (!tokenShape.test(trimmed)) throw new DomainError('channel.token_refused', { reason: 'shape' })
  return trimmed
}

/** The Bot API server's address without a slash at its end; null for Telegram's own. Throws `input.invalid`. */
export function checkApiRoot(apiRoot: string | undefined): string | null {
  const trimmed = apiRoot?.trim().replace(/\/+$/, '') ?? ''
  if (trimmed === '' || trimmed === telegramApiRoot) return null
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null
  const usable =
    url !== null && ['http:', 'https:'].includes(url.protocol) && url.search === '' && url.hash === ''
  if (!usable || url.username !== '' || url.password !== '')
    throw new DomainError('input.invalid', { field: 'apiRoot' })
  return trimmed
}

/** Where a file's bytes are. The address contains the token: never log it. */
export function fileUrl(apiRoot: string, token: string, filePath: string): string {
  const path = filePath.split('/').map(encodeURIComponent).join('/')
  return `${apiRoot}/file/bot${token}/${path}`
}
