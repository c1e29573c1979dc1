import type { ChannelRules } from '../channels/account.ts'
import type { ChannelKind } from '../channels/channel.ts'
import { isOff } from '../mutants.ts'
import type { ChatAnswer, RuleReason } from './rules.ts'

/** Everything that decides whether the assistant answers in a chat. */
export interface AdmissionFacts {
  channel: ChannelKind
  chatKind: 'private' | 'group'
  chatId: string
  /** Digits with country code of who writes. */
  phone: string | null
  username: string | null
  senderId: string
  rules: ChannelRules
  answer: ChatAnswer
  existed: boolean
  ownerFirst: boolean
  optedOut: boolean
}

/** Which rule keeps the assistant out; null when it may answer. Pure. The owner's word about the chat goes first. */
export function verdictOn(facts: AdmissionFacts): RuleReason | null {
  if (facts.channel === 'testchat') return null
  if (facts.answer === 'never' && !isOff('governor.never')) return 'never'
  if (facts.optedOut && !isOff('governor.opt_out')) return 'opted_out'
  if (facts.answer === 'always') return null
  if (facts.chatKind === 'group' && !facts.rules.groups) return 'group'
  switch (facts.rules.scope) {
    case 'all':
      return null
    case 'test':
      return facts.rules.testContacts.some((contact) => isContact(contact, facts)) ? null : 'scope'
    case 'new':
      if (!facts.existed || isOff('governor.known_before')) return null
      return facts.ownerFirst ? 'owner_wrote_first' : 'known_before'
  }
}

/** Whether who writes is the one that the owner named: by chat, by the platform's id, by username or by phone. */
function isContact(contact: string, { chatId, senderId, username, phone }: AdmissionFacts): boolean {
  const given = contact.trim()
  if (given === chatId || given === senderId) return true
  const name = given.replace(/^@/, '').toLowerCase()
  if (username !== null && name !== '' && username.toLowerCase() === name) return true
  if (phone === null || !/^\+?[\d\s().-]+$/.test(given)) return false
  return samePhone(given.replace(/\D/g, ''), phone)
}

/** Whether two numbers are one, where either may lack its country's code or a mobile's extra digit after it. */
export function samePhone(one: string, other: string): boolean {
  if (one === other) return true
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length)
  if (short.length < 7) return false
  const national = short.slice(-10)
  if (!long.endsWith(national)) return false
  // Both with a country's code: it must be the same one.
  return short.length <= 10 || short.slice(0, 2) === long.slice(0, 2)
}
