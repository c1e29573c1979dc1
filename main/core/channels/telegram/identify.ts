import { Api } from 'grammy'
import { DomainError } from '../../errors.ts'
import { checkApiRoot, checkToken, telegramApiRoot } from './endpoint.ts'
import { describe, toFailure, withoutSecrets } from './failure.ts'

const timeoutSeconds = 15

export interface IdentifiedBot {
  id: string
  /** Without @. */
  username: string
  token: string
  /** Null for Telegram's own server. */
  apiRoot: string | null
}

/**
 * Asks the Bot API who the token's bot is.
 * @throws DomainError `channel.token_refused`, `channel.unreachable` (`detail` says why), `input.invalid`
 */
export async function identifyBot(token: string, apiRoot?: string): Promise<IdentifiedBot> {
  const checked = { token: checkToken(token), apiRoot: checkApiRoot(apiRoot) }
  const api = new Api(checked.token, { apiRoot: checked.apiRoot ?? telegramApiRoot, timeoutSeconds })
  api.config.use(withoutSecrets)
  try {
    const me = await api.getMe()
    return { ...checked, id: String(me.id), username: me.username }
  } catch (error) {
    const failure = toFailure(error)
    // Telegram answers 404 to a token that is not one, 401 to one that was revoked.
    if (failure.kind === 'refused' && (failure.code === 401 || failure.code === 404)) {
      throw new DomainError('channel.token_refused', { reason: 'telegram' })
    }
    throw new DomainError('channel.unreachable', { detail: describe(failure) })
  }
}
