/** How a conversation stands when an own message is found. Times are UTC ISO 8601. */
export interface Held {
  mode: string
  modeReason: string
  modeSince: string | null
  /** When the customer's newest message was sent; null when there is none. */
  newestCustomerAt: string | null
}

/**
 * Whether what the owner wrote outside takes the conversation over. What is told at the moment always does. What is
 * found later, when looking for what came while nobody listened, does when it is the last word or younger than the
 * quiet time after which it would have gone back anyway; never when somebody has handed the conversation back since.
 */
export function takesOver(
  message: { sentAt: number; missed?: boolean },
  held: Held,
  now: number,
  quietMinutes: number | null,
): boolean {
  if (message.missed !== true) return true
  const handedBack = held.mode === 'bot' && held.modeSince !== null && held.modeReason === ''
  if (handedBack && Date.parse(held.modeSince ?? '') > message.sentAt) return false
  if (held.newestCustomerAt === null || message.sentAt >= Date.parse(held.newestCustomerAt)) return true
  return quietMinutes === null || now - message.sentAt < quietMinutes * 60_000
}
