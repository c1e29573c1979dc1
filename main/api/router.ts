import { access } from './access.ts'
import { browsers } from './browsers.ts'
import { cards } from './cards.ts'
import { catalog } from './catalog.ts'
import { channels, outbox } from './channels.ts'
import { chat, conversations, traces } from './conversations.ts'
import { cuda } from './cuda.ts'
import { customers } from './customers.ts'
import { demand } from './demand.ts'
import { documents } from './documents.ts'
import { engines } from './engines.ts'
import { events } from './events.ts'
import { exam } from './exam.ts'
import { exports } from './exports.ts'
import { knowledge } from './knowledge.ts'
import { models } from './models.ts'
import { orders } from './orders.ts'
import { personality } from './personality.ts'
import { implementer } from './procedure.ts'
import { quickReplies } from './quick-replies.ts'
import { search } from './search.ts'
import { selling } from './selling.ts'
import { drafts, serving } from './serving-people.ts'
import { session } from './session.ts'
import { shell } from './shell.ts'
import { shops } from './shops.ts'
import { system } from './system.ts'
import { tariffs } from './tariffs.ts'

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
  selling,
  orders,
  customers,
  cards,
  demand,
  tariffs,
  documents,
  exports,
  engines,
  models,
  cuda,
  browsers,
  personality,
  exam,
  serving,
  drafts,
  quickReplies,
  shell,
  access,
})
