/**
 * Domain errors are codes plus data. Nobody in the core writes text for people: whoever shows an error
 * (desk, command line, chat) makes the text in the reader's language from its code and data.
 */
export const errorCodes = [
  // storage and shops
  'shop.not_found',
  'shop.slug_taken',
  'shop.invalid',
  'shop.damaged',
  'shop.locked',
  'shop.newer_version',
  'shop.no_rights',
  'shop.ambiguous',
  'storage.full',
  'storage.read_only',
  'storage.failed',
  // general
  'input.invalid',
  'not_found',
  'conflict',
  'cancelled',
  // catalog
  'catalog.duplicate_sku',
  'catalog.invalid_price',
  'import.not_text',
  'import.empty',
  'import.line_too_long',
  'import.no_name_column',
  'import.file_unreadable',
  'import.busy',
  // cart
  'cart.not_sellable',
  'cart.out_of_stock',
  'cart.quantity',
  // checkout, orders and what belongs to them
  'checkout.incomplete',
  'checkout.not_served',
  'checkout.below_minimum',
  'checkout.slot',
  'checkout.payment_unknown',
  'checkout.not_confirmed',
  'checkout.changed',
  'discount.unknown',
  'discount.not_valid',
  'discount.code_taken',
  'order.transition',
  'order.closed',
  'order.overpaid',
  'order.refund_too_high',
  'customer.same',
  'customer.erased',
  'customer.confirm_name',
  'customer.open_orders',
  'card.closed',
  'pairing.not_possible',
  'tariff.invalid',
  'tariff.missing_answers',
  'quote.expired',
  'document.no_conversation',
  'document.failed',
  'export.busy',
  'export.path',
  // conversations and turns
  'conversation.not_with_person',
  'conversation.empty_message',
  'conversation.channel_gone',
  'conversation.nothing_to_answer',
  'draft.overtaken',
  'draft.not_ready',
  'quick_reply.title_taken',
  'person.not_found',
  'turn.epoch_changed',
  // agent
  'tool.unknown',
  'tool.invalid_arguments',
  'tool.id_not_seen',
  'tool.not_in_preview',
  'engine.failed',
  // engines, models and what they cost
  'engine.not_found',
  'engine.refused_key',
  'engine.unreachable',
  'engine.not_compatible',
  'engine.model_unknown',
  'engine.out_of_credit',
  'engine.rate_limit',
  'engine.timeout',
  'engine.busy',
  'engine.crashed',
  'engine.not_available',
  'engine.invalid_answer',
  'engine.capped',
  'engine.already_added',
  'engine.address',
  'engine.address_insecure',
  'cap.rate_missing',
  'model.not_found',
  'model.not_gguf',
  'model.damaged',
  'model.no_chat',
  'model.no_embedding',
  'model.too_large',
  'model.no_space',
  'model.unreachable',
  'model.checksum',
  'model.in_use',
  'model.download_running',
  'cuda.not_offered',
  'model.no_binary',
  'exam.running',
  'exam.invalid_case',
  'exam.not_found',
  // channels
  'channel.not_found',
  'channel.token_refused',
  'channel.token_in_use',
  'channel.unreachable',
  'channel.already_added',
  'channel.not_connected',
  'channel.risk_not_accepted',
  'channel.not_pairing',
  'channel.no_conflict',
  'channel.rules_invalid',
  'browser.not_found',
  'browser.not_usable',
  'browser.download_failed',
  'browser.download_running',
  'browser.no_download',
  'upload.too_large',
  'upload.not_found',
  'media.too_large',
  'media.type_refused',
  'media.unavailable',
  'media.daily_limit',
  // hosts and sessions
  'session.required',
  'session.link_expired',
  'session.origin_refused',
  'session.forbidden',
  'host.port_in_use',
  'host.address_unknown',
  'host.already_running',
  'host.secrets_locked',
  'host.not_running',
  'host.desktop_runs',
  'shell.not_desktop',
  'update.not_supported',
  'update.not_ready',
  'update.unreachable',
  'update.signature',
  'update.checksum',
  'update.no_space',
  'update.failed',
  'access.password_weak',
  'access.wrong_password',
  'access.too_many_tries',
  'access.no_password',
  'access.certificate',
] as const

export type ErrorCode = (typeof errorCodes)[number]
export type ErrorData = Record<string, string | number | boolean | null | undefined>

/** An error of the domain. `message` is for logs only and carries no personal data. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, data: ErrorData = {}, options?: { cause?: unknown }) {
    super(code, options)
    this.name = 'DomainError'
    this.code = code
    this.data = data
  }
}

export function isDomainError(error: unknown, code?: ErrorCode): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code)
}
