import type {
  ContractRouterClient,
  InferContractRouterInputs,
  InferContractRouterOutputs,
} from '@orpc/contract'
import { access } from './access.ts'
import { browsers } from './browsers.ts'
import { cards } from './cards.ts'
import { catalog } from './catalog.ts'
import { channels } from './channels.ts'
import { chat } from './chat.ts'
import { conversations } from './conversations.ts'
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
import { outbox } from './outbox.ts'
import { personality } from './personality.ts'
import { search } from './search.ts'
import { selling } from './selling.ts'
import { drafts, quickReplies, serving } from './serving.ts'
import { session } from './session.ts'
import { shell } from './shell.ts'
import { shops } from './shops.ts'
import { system } from './system.ts'
import { tariffs } from './tariffs.ts'
import { traces } from './traces.ts'

/**
 * Every call between the app and whoever shows it: declared here once, implemented once in `main/api`. Served at `/rpc`
 * to the desk and at `/door` to the command line. Beside it: `POST /upload` (the file as the body, its name in
 * `x-file-name`, percent-encoded) answers `{uploadId}`; `GET /media/<shop>/<hash>` serves stored media;
 * `GET /export/<shop>/<downloadId>` gives a finished export once.
 */
export const contract = {
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
}

export type Contract = typeof contract
export type ContractClient = ContractRouterClient<Contract>
export type Inputs = InferContractRouterInputs<Contract>
export type Outputs = InferContractRouterOutputs<Contract>

export type { DomainErrorData, Json, ProcedureMeta } from './base.ts'
export type { BrowserDownload, FoundBrowser } from './browsers.ts'
export type { Card, OwnerChat } from './cards.ts'
export type { ImportEvent, ImportReport } from './catalog.ts'
export type {
  ChannelAccount,
  ChannelChange,
  ChannelRules,
  ChannelState,
  ChatRule,
  RiskReason,
} from './channels.ts'
export type { ChatAnswer } from './chat.ts'
export type { Conversation, ConversationDetail, ConversationMode, Message } from './conversations.ts'
export type { CudaStatus } from './cuda.ts'
export type { Customer, CustomerBrief, MergeSuggestion, Preference } from './customers.ts'
export type { MissedDemand } from './demand.ts'
export type { DocumentTemplate, ShopDocument } from './documents.ts'
export type { Engine, EngineTest, RemoteModel, SentRequest, Spending } from './engines.ts'
export type { EventStreamItem, ShopEvent } from './events.ts'
export type { ExamCase, ExamComparison, ExamReport, ExamRun } from './exam.ts'
export type { ExportEvent, ExportRequest } from './exports.ts'
export type { KnowledgeEntry } from './knowledge.ts'
export type {
  CatalogModel,
  ModelDownload,
  ModelFacts,
  ModelFile,
  ModelHostStatus,
} from './models.ts'
export type {
  Order,
  OrderBrief,
  OrderChange,
  OrderFilter,
  OrderLine,
  OrderState,
  PaymentState,
} from './orders.ts'
export type { UnknownSend } from './outbox.ts'
export type { Personality } from './personality.ts'
export type { Price, Product, ProductChanges, ProductInput, Variant, VariantInput } from './product.ts'
export type { ShopProfile, ShopProfileInput } from './profile.ts'
export type { EmbeddingState, ProductSearch, SearchResult } from './search.ts'
export type { Discount, DiscountInput, SellingSettings } from './selling.ts'
export type { Absence, QuickReply, ReplyDraft, ServingSettings } from './serving.ts'
export type { Person } from './session.ts'
export type { ShellChanges, ShellNews, ShellState, Trouble, UpdateState } from './shell.ts'
export type { NewShop, Shop, ShopEntry } from './shops.ts'
export type { Check } from './system.ts'
export type { Quote, Tariff, TariffDefinition } from './tariffs.ts'
export type { Trace } from './traces.ts'
