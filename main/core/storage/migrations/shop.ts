import type { Migration } from '../migrate.ts'
import { ground } from './0001-ground.ts'
import { longConversations } from './0002-long-conversations.ts'
import { selling } from './0003-selling.ts'
import { models } from './0004-models.ts'
import { serving } from './0005-serving.ts'

/** Migrations of a shop's database, in order. */
export const shopMigrations: readonly Migration[] = [ground, longConversations, selling, models, serving]
