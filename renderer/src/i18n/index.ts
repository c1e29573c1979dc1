import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import enAccess from './en/access.json' with { type: 'json' }
import enAssistant from './en/assistant.json' with { type: 'json' }
import enAway from './en/away.json' with { type: 'json' }
import enChannels from './en/channels.json' with { type: 'json' }
import enChat from './en/chat.json' with { type: 'json' }
import enCommon from './en/common.json' with { type: 'json' }
import enComputer from './en/computer.json' with { type: 'json' }
import enCuda from './en/cuda.json' with { type: 'json' }
import enCustomers from './en/customers.json' with { type: 'json' }
import enEngines from './en/engines.json' with { type: 'json' }
import enErrors from './en/errors.json' with { type: 'json' }
import enExams from './en/exams.json' with { type: 'json' }
import enExports from './en/exports.json' with { type: 'json' }
import enImports from './en/imports.json' with { type: 'json' }
import enInbox from './en/inbox.json' with { type: 'json' }
import enModels from './en/models.json' with { type: 'json' }
import enOrders from './en/orders.json' with { type: 'json' }
import enPersonality from './en/personality.json' with { type: 'json' }
import enProducts from './en/products.json' with { type: 'json' }
import enQuestions from './en/questions.json' with { type: 'json' }
import enSelling from './en/selling.json' with { type: 'json' }
import enSent from './en/sent.json' with { type: 'json' }
import enServing from './en/serving.json' with { type: 'json' }
import enSettings from './en/settings.json' with { type: 'json' }
import enShop from './en/shop.json' with { type: 'json' }
import enSpending from './en/spending.json' with { type: 'json' }
import enTariffs from './en/tariffs.json' with { type: 'json' }
import enTrace from './en/trace.json' with { type: 'json' }
import enWelcome from './en/welcome.json' with { type: 'json' }
import esAccess from './es/access.json' with { type: 'json' }
import esAssistant from './es/assistant.json' with { type: 'json' }
import esAway from './es/away.json' with { type: 'json' }
import esChannels from './es/channels.json' with { type: 'json' }
import esChat from './es/chat.json' with { type: 'json' }
import esCommon from './es/common.json' with { type: 'json' }
import esComputer from './es/computer.json' with { type: 'json' }
import esCuda from './es/cuda.json' with { type: 'json' }
import esCustomers from './es/customers.json' with { type: 'json' }
import esEngines from './es/engines.json' with { type: 'json' }
import esErrors from './es/errors.json' with { type: 'json' }
import esExams from './es/exams.json' with { type: 'json' }
import esExports from './es/exports.json' with { type: 'json' }
import esImports from './es/imports.json' with { type: 'json' }
import esInbox from './es/inbox.json' with { type: 'json' }
import esModels from './es/models.json' with { type: 'json' }
import esOrders from './es/orders.json' with { type: 'json' }
import esPersonality from './es/personality.json' with { type: 'json' }
import esProducts from './es/products.json' with { type: 'json' }
import esQuestions from './es/questions.json' with { type: 'json' }
import esSelling from './es/selling.json' with { type: 'json' }
import esSent from './es/sent.json' with { type: 'json' }
import esServing from './es/serving.json' with { type: 'json' }
import esSettings from './es/settings.json' with { type: 'json' }
import esShop from './es/shop.json' with { type: 'json' }
import esSpending from './es/spending.json' with { type: 'json' }
import esTariffs from './es/tariffs.json' with { type: 'json' }
import esTrace from './es/trace.json' with { type: 'json' }
import esWelcome from './es/welcome.json' with { type: 'json' }

const es = {
  common: esCommon,
  errors: esErrors,
  welcome: esWelcome,
  inbox: esInbox,
  away: esAway,
  serving: esServing,
  chat: esChat,
  trace: esTrace,
  orders: esOrders,
  customers: esCustomers,
  questions: esQuestions,
  selling: esSelling,
  products: esProducts,
  tariffs: esTariffs,
  imports: esImports,
  exports: esExports,
  shop: esShop,
  channels: esChannels,
  settings: esSettings,
  computer: esComputer,
  access: esAccess,
  assistant: esAssistant,
  engines: esEngines,
  models: esModels,
  cuda: esCuda,
  spending: esSpending,
  personality: esPersonality,
  sent: esSent,
  exams: esExams,
}

/** Texts of the desk. English has the same keys: the assignment below does not compile otherwise. */
type Texts = typeof es

const en: Texts = {
  common: enCommon,
  errors: enErrors,
  welcome: enWelcome,
  inbox: enInbox,
  away: enAway,
  serving: enServing,
  chat: enChat,
  trace: enTrace,
  orders: enOrders,
  customers: enCustomers,
  questions: enQuestions,
  selling: enSelling,
  products: enProducts,
  tariffs: enTariffs,
  imports: enImports,
  exports: enExports,
  shop: enShop,
  channels: enChannels,
  settings: enSettings,
  computer: enComputer,
  access: enAccess,
  assistant: enAssistant,
  engines: enEngines,
  models: enModels,
  cuda: enCuda,
  spending: enSpending,
  personality: enPersonality,
  sent: enSent,
  exams: enExams,
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Texts
  }
}

export const languages = ['es', 'en'] as const
export type DeskLanguage = (typeof languages)[number]

/** The desk's language that fits what the browser asks for; English where neither is asked for. */
export function languageOf(tags: readonly string[]): DeskLanguage {
  for (const tag of tags) {
    const found = languages.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (found !== undefined) return found
  }
  return 'en'
}

export function startTexts(language: DeskLanguage): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: Object.keys(es),
    resources: { es, en },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}
