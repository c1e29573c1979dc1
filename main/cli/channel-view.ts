import type { ChannelAccount } from '../../preload/contract/index.ts'

/** An account as programs read it; never a code or a secret. */
export function viewOf(account: ChannelAccount) {
  const { id, kind, name, externalId, apiRoot, enabled, state } = account
  return {
    id,
    kind,
    name,
    externalId,
    apiRoot,
    enabled,
    state: state.state,
    detail: 'reason' in state ? state.reason : null,
  }
}
