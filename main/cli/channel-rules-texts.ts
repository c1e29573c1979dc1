import type { ChannelAccount, ChatRule, RiskReason } from '../../preload/contract/index.ts'
import { cellText } from './output.ts'
import type { CliLanguage } from './texts.ts'

type Text = Record<CliLanguage, string>

/** What the command line says of whom the assistant answers. */
const words = {
  scope_test: { es: 'contesta solo a los contactos de prueba', en: 'answers the test contacts only' },
  scope_new: {
    es: 'contesta a quien no estaba antes de conectar el canal',
    en: 'answers whoever was not there before the channel was connected',
  },
  scope_all: { es: 'contesta a todo el mundo', en: 'answers everybody' },
  test_contacts: { es: 'contactos de prueba: {contacts}', en: 'test contacts: {contacts}' },
  groups_on: { es: 'en grupos, cuando se le habla', en: 'in groups, when spoken to' },
  groups_off: { es: 'nunca en grupos', en: 'never in groups' },
  quiet_on: { es: 'callado de {from} a {to}', en: 'quiet from {from} to {to}' },
  quiet_off: { es: 'sin horas de silencio', en: 'no quiet hours' },
  daily_on: { es: 'como mucho {count} mensajes al día', en: 'at most {count} messages a day' },
  daily_off: { es: 'sin límite de mensajes al día', en: 'no limit of messages a day' },
  contacts_on: {
    es: 'como mucho {count} contactos nuevos al día',
    en: 'at most {count} new contacts a day',
  },
  contacts_off: { es: 'sin límite de contactos nuevos', en: 'no limit of new contacts' },
  pace_on: { es: 'lee y escribe al ritmo de una persona', en: 'reads and types as fast as a person' },
  pace_off: { es: 'contesta al instante', en: 'answers at once' },
  risk_low: { es: 'riesgo de bloqueo: bajo', en: 'risk of being blocked: low' },
  risk_raised: { es: 'riesgo de bloqueo: mayor de lo normal', en: 'risk of being blocked: raised' },
  risk_high: { es: 'riesgo de bloqueo: alto', en: 'risk of being blocked: high' },
  noChats: { es: 'No hay chats así.', en: 'There are no such chats.' },
  moreChats: { es: 'Hay más. Busca con --text.', en: 'There are more. Search with --text.' },
  answer_default: { es: 'según las reglas', en: 'by the rules' },
  answer_always: { es: 'contestar siempre', en: 'always answer' },
  answer_never: { es: 'no contestar nunca', en: 'never answer' },
  existed: { es: 'estaba antes', en: 'was there before' },
  opted_out: { es: 'pidió no recibir respuestas automáticas', en: 'asked for no automatic replies' },
} as const satisfies Record<string, Text>

const reasons: Record<RiskReason['code'], Text> = {
  fresh_account: {
    es: 'el número se conectó hace {days} días: los nuevos se vigilan más',
    en: 'the number was connected {days} days ago: new ones are watched more closely',
  },
  refused_sends: {
    es: 'mensajes rechazados en los últimos 7 días: {count}',
    en: 'messages refused in the last 7 days: {count}',
  },
  logged_out: {
    es: 'sesiones cerradas en los últimos 7 días: {count}',
    en: 'sessions ended in the last 7 days: {count}',
  },
  conflict: {
    es: 'veces abierto en otro sitio en los últimos 7 días: {count}',
    en: 'times opened elsewhere in the last 7 days: {count}',
  },
  near_replies_ceiling: {
    es: 'cerca del límite de mensajes de hoy: {count} de {limit}',
    en: "close to today's limit of messages: {count} of {limit}",
  },
  replies_ceiling: {
    es: 'límite de mensajes de hoy alcanzado: {count} de {limit}',
    en: "today's limit of messages is reached: {count} of {limit}",
  },
  near_contacts_ceiling: {
    es: 'cerca del límite de contactos nuevos de hoy: {count} de {limit}',
    en: "close to today's limit of new contacts: {count} of {limit}",
  },
  contacts_ceiling: {
    es: 'límite de contactos nuevos de hoy alcanzado: {count} de {limit}',
    en: "today's limit of new contacts is reached: {count} of {limit}",
  },
  loops: {
    es: 'conversaciones con otra máquina en los últimos 7 días: {count}',
    en: 'conversations with another machine in the last 7 days: {count}',
  },
  opt_outs: {
    es: 'clientes que pidieron no recibir respuestas automáticas en los últimos 7 días: {count}',
    en: 'customers who asked for no automatic replies in the last 7 days: {count}',
  },
  few_answers: {
    es: 'los clientes contestan poco: {received} mensajes suyos por {sent} enviados en 7 días',
    en: 'customers rarely answer: {received} messages of theirs for {sent} sent in 7 days',
  },
  fast_pace: {
    es: 'contesta al instante, como no haría una persona',
    en: 'it answers at once, as no person would',
  },
  open_scope: {
    es: 'contesta también a quien ya estaba en el teléfono',
    en: 'it also answers whoever was on the phone before',
  },
}

export function sayOfRules(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, string | number> = {},
): string {
  return fill(words[key][language], data)
}

/** The rules in force and the risk, a line each. */
export function rulesText({ rules, risk }: ChannelAccount, language: CliLanguage): string {
  const { quietHours, dailyReplies, dailyNewContacts, testContacts } = rules
  const on = (isOn: boolean) => (isOn ? 'on' : 'off')
  const contacts = testContacts.map(cellText).join(', ')
  return [
    sayOfRules(`scope_${rules.scope}`, language),
    ...(contacts === '' ? [] : [sayOfRules('test_contacts', language, { contacts })]),
    sayOfRules(`groups_${on(rules.groups)}`, language),
    sayOfRules(`quiet_${on(quietHours !== null)}`, language, quietHours ?? {}),
    sayOfRules(`daily_${on(dailyReplies !== null)}`, language, { count: dailyReplies ?? 0 }),
    sayOfRules(`contacts_${on(dailyNewContacts !== null)}`, language, { count: dailyNewContacts ?? 0 }),
    sayOfRules(`pace_${on(rules.humanPace)}`, language),
    sayOfRules(`risk_${risk.level}`, language),
    ...risk.reasons.map(({ code, data }) => `  - ${fill(reasons[code][language], data)}`),
  ].join('\n')
}

/** A chat in a line of a list. */
export function chatText(chat: ChatRule, language: CliLanguage): string {
  const notes = [
    sayOfRules(`answer_${chat.answer}`, language),
    ...(chat.existed ? [sayOfRules('existed', language)] : []),
    ...(chat.optedOutAt === null ? [] : [sayOfRules('opted_out', language)]),
  ]
  return [chat.chatId, cellText(chat.name), chat.phone ?? '', notes.join(', ')].join('\t')
}

function fill(text: string, data: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}
