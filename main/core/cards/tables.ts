import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'
import type { CardKind, CardState } from './card.ts'

export const cards = sqliteTable('cards', {
  id: text('id').primaryKey(),
  seq: integer('seq').notNull(),
  kind: text('kind').$type<CardKind>().notNull(),
  key: text('key').notNull(),
  question: text('question').notNull(),
  language: text('language').notNull(),
  state: text('state').$type<CardState>().notNull(),
  answer: text('answer').notNull().default(''),
  answeredAt: text('answered_at'),
  answeredBy: text('answered_by'),
  dueAt: text('due_at').notNull(),
  knowledgeId: text('knowledge_id'),
  productId: text('product_id'),
  linkedRevision: integer('linked_revision'),
  turnId: text('turn_id'),
  revision: integer('revision').notNull().default(1),
  ...auditColumns,
})

export const ownerChats = sqliteTable('owner_chats', {
  id: text('id').primaryKey(),
  channelAccountId: text('channel_account_id').notNull(),
  chatId: text('chat_id').notNull(),
  senderId: text('sender_id').notNull(),
  personId: text('person_id').notNull(),
  name: text('name').notNull().default(''),
  offerCardId: text('offer_card_id'),
  ...auditColumns,
})
