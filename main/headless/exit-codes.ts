/**
 * Exit codes of `npm start` and the command line: 0 done · 1 failed · 2 wrong use or input · 3 not found · 4 in use by
 * another process · 5 storage or rights · 6 database damaged or of a newer version · 7 the other side refused or could
 * not be reached.
 */
export function exitCode(code: string): number {
  if (inUse.has(code)) return 4
  if (code.endsWith('not_found') || code === 'engine.model_unknown') return 3
  if (code === 'shop.damaged' || code === 'shop.newer_version') return 6
  if (code.startsWith('storage.') || code === 'shop.no_rights' || code === 'host.secrets_locked') return 5
  if (code === 'model.no_space') return 5
  if (wrongUse.has(code) || code.startsWith('import.')) return 2
  if (code.startsWith('channel.') || refused.has(code)) return 7
  return 1
}

const inUse: ReadonlySet<string> = new Set([
  'shop.locked',
  'import.busy',
  'export.busy',
  'host.port_in_use',
  'host.already_running',
  'model.in_use',
  'model.download_running',
  'browser.download_running',
  'exam.running',
])

const refused: ReadonlySet<string> = new Set([
  'access.wrong_password',
  'access.too_many_tries',
  'engine.refused_key',
  'engine.unreachable',
  'engine.not_compatible',
  'engine.out_of_credit',
  'engine.rate_limit',
  'engine.timeout',
  'model.unreachable',
  'model.checksum',
  'browser.download_failed',
])

const wrongUse: ReadonlySet<string> = new Set([
  'usage',
  'access.no_password',
  'access.password_weak',
  'access.certificate',
  'host.address_unknown',
  'shop.ambiguous',
  'shop.invalid',
  'shop.slug_taken',
  'input.invalid',
  'engine.address',
  'engine.address_insecure',
  'export.path',
  'customer.same',
  'customer.confirm_name',
  'engine.already_added',
  'cap.rate_missing',
  'model.not_gguf',
  'model.damaged',
  'model.no_chat',
  'model.no_embedding',
  'model.too_large',
  'cuda.not_offered',
  'browser.not_usable',
  'exam.invalid_case',
])
