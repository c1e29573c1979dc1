import type { ChannelKind } from '../channels/channel.ts'
import type { FormOfAddress, Language } from '../engines/engine.ts'

/** A customer's record. */
export interface Customer {
  id: string
  name: string
  phone: string | null
  email: string | null
  nationalId: string | null
  notes: string
  active: boolean
  language: Language | null
  formOfAddress: FormOfAddress | null
  revision: number
  erasedAt: string | null
  createdAt: string
}

/** A customer as a list shows them. Amounts are minor units of the shop's currency. */
export interface CustomerBrief {
  id: string
  name: string
  phone: string | null
  email: string | null
  nationalId: string | null
  active: boolean
  channels: ChannelKind[]
  /** Orders that were not cancelled, and what they came to. */
  orders: number
  spent: number
  lastOrderAt: string | null
  lastMessageAt: string | null
  createdAt: string
}

/** Who wrote, as the channel says. A phone is one that the channel vouches for. */
export interface Sender {
  externalId: string
  name: string
  username?: string
  phone?: string
}

export interface CustomerAddress {
  id: string
  recipient: string
  /** Street, number, floor. */
  address: string
  /** Town, quarter or postcode. */
  place: string
  zoneId: string | null
  phone: string | null
  lastUsedAt: string | null
}

export interface NewAddress {
  address: string
  recipient?: string
  place?: string
  zoneId?: string | null
  phone?: string | null
}

export const preferenceTopics = ['size', 'allergy', 'delivery', 'taste', 'other'] as const
export type PreferenceTopic = (typeof preferenceTopics)[number]

export interface CustomerPreference {
  id: string
  topic: PreferenceTopic
  text: string
  /** Where it was learnt; null when a person wrote it down. */
  source: { conversationId: string; messageId: string; text: string } | null
  at: string
}

export interface CustomerInput {
  name: string
  phone: string | null
  email: string | null
  nationalId: string | null
  notes: string
  active: boolean
  language: Language | null
  formOfAddress: FormOfAddress | null
}

/** What an engine is told of a customer. */
export interface CustomerMemory {
  preferences: { topic: PreferenceTopic; text: string }[]
  lastOrders: {
    number: string
    state: string
    placedAt: string
    lines: { name: string; title: string; quantity: number }[]
  }[]
}

export type MergeReason = 'phone' | 'email' | 'national_id' | 'manual'

export interface CustomerDetail extends CustomerBrief {
  language: Language | null
  formOfAddress: FormOfAddress | null
  notes: string
  revision: number
  erasedAt: string | null
  identities: {
    id: string
    kind: ChannelKind
    account: string
    displayName: string
    username: string | null
  }[]
  conversations: { id: string; kind: ChannelKind; lastMessageAt: string | null }[]
  addresses: CustomerAddress[]
  preferences: CustomerPreference[]
  /** Records that were merged into this one and can be split off again. */
  merges: { id: string; name: string; reason: MergeReason; at: string }[]
}

/** Two records that may be one person, for the owner to decide. */
export interface MergeSuggestion {
  id: string
  reason: MergeReason
  kept: CustomerBrief
  merged: CustomerBrief
}

export interface CustomerFilter {
  text?: string
  active?: boolean
  withOrders?: boolean
  limit: number
  offset: number
}
