import { catalog } from './catalog.ts'
import { channels, outbox } from './channels.ts'
import { chat, conversations, traces } from './conversations.ts'
import { events } from './events.ts'
import { knowledge } from './knowledge.ts'
import { implementer } from './procedure.ts'
import { search } from './search.ts'
import { session } from './session.ts'
import { shops } from './shops.ts'
import { system } from './system.ts'

/** The whole contract, implemented. One router serves every host. */
export const router = implementer.router({
  session,
  system,
  shops,
  catalog,
  search,
  knowledge,
  conversations,
  chat,
  traces,
  channels,
  outbox,
  events,
})
