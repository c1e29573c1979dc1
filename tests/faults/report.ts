import type { FakeTelegram } from '../fakes/telegram/server.ts'
import { judgeOrders, type OrderFaults } from './buyers.ts'
import { openReadOnly } from './serving.ts'

export interface StormReport {
  messages: number
  customers: number
  kills: Record<string, number>
  /** What must be zero. */
  faults: {
    lostMessages: number
    repeatedMessages: number
    messagesWithoutTurn: number
    messagesInSeveralTurns: number
    openTurns: number
    wrongCarts: number
    repeatedSends: number
    sentButNotRecorded: number
    recordedButNotSent: number
    stuckSends: number
  } & OrderFaults
  orders: number
  sent: number
  unknown: number
  unknownThatArrived: number
  seconds: number
}

/** One thing that a customer says. */
export interface Script {
  text: string
  /** What it adds to the cart: SKU and quantity. */
  adds?: { sku: string; quantity: number }
}

interface MessageRow {
  chat_id: string
  seq: number
  external_id: string
  turns: number
}

/** Compares what the shop believes with what really reached its customers. @param buyers chats of those who wanted to buy */
export function judge(
  data: string,
  telegram: FakeTelegram,
  scripts: Map<number, Script[]>,
  buyers: readonly number[],
  kills: Record<string, number>,
  ms: number,
): StormReport {
  const sql = openReadOnly(data)
  try {
    const messages = sql
      .prepare<[], MessageRow>(
        `SELECT m.chat_id, m.seq, m.external_id, (SELECT count(*) FROM turns t WHERE t.conversation_id = m.conversation_id
           AND m.seq BETWEEN t.first_message_seq AND t.last_message_seq) AS turns
         FROM messages m WHERE m.author = 'customer'`,
      )
      .all()
    const expected = [...scripts.values()].reduce((sum, script) => sum + script.length, 0)
    const distinct = new Set(
      messages.map((message) => `${message.chat_id} ${message.external_id.replace(/#.*/, '')}`),
    ).size
    const carts = sql
      .prepare<[], { chat_id: string; sku: string; quantity: number }>(
        `SELECT c.chat_id, v.sku, l.quantity FROM cart_lines l JOIN carts k ON k.id = l.cart_id JOIN conversations c ON c.id = k.conversation_id
         JOIN variants v ON v.id = l.variant_id WHERE l.deleted_at IS NULL`,
      )
      .all()
    let wrongCarts = 0
    for (const [chatId, script] of scripts) {
      const wanted = script.reduce((sum, line) => sum + (line.adds?.quantity ?? 0), 0)
      const lines = carts.filter((line) => line.chat_id === String(chatId))
      const got = lines.reduce((sum, line) => sum + line.quantity, 0)
      if (got !== wanted || lines.length > 1) wrongCarts += 1
    }
    const rows = sql
      .prepare<[], { state: string; chat_id: string; text: string | null; external_id: string | null }>(
        `SELECT o.state, c.chat_id, json_extract(o.payload, '$.text') AS text, o.external_id FROM outbox o JOIN conversations c ON c.id = o.conversation_id`,
      )
      .all()
    const arrived = new Map<string, number>()
    for (const sent of telegram.sent) add(arrived, `${sent.chatId} ${sent.text}`)
    const believed = new Map<string, number>()
    const unknown = new Map<string, number>()
    for (const row of rows) {
      if (row.state === 'sent') add(believed, `${row.chat_id} ${row.text}`)
      if (row.state === 'unknown') add(unknown, `${row.chat_id} ${row.text}`)
    }
    let repeatedSends = 0
    let sentButNotRecorded = 0
    let recordedButNotSent = 0
    let unknownThatArrived = 0
    for (const key of new Set([...arrived.keys(), ...believed.keys(), ...unknown.keys()])) {
      const there = arrived.get(key) ?? 0
      const sure = believed.get(key) ?? 0
      const unsure = unknown.get(key) ?? 0
      if (there < sure) recordedButNotSent += sure - there
      if (there > sure + unsure) {
        if (sure + unsure > 0) repeatedSends += there - sure - unsure
        else sentButNotRecorded += there
      }
      unknownThatArrived += Math.max(0, Math.min(unsure, there - sure))
    }
    return {
      messages: expected,
      customers: scripts.size,
      kills,
      faults: {
        lostMessages: expected - distinct,
        repeatedMessages: messages.length - distinct,
        messagesWithoutTurn: messages.filter((message) => message.turns === 0).length,
        messagesInSeveralTurns: messages.filter((message) => message.turns > 1).length,
        openTurns: Number(
          sql
            .prepare("SELECT count(*) FROM turns WHERE state IN ('pending', 'running', 'failed')")
            .pluck()
            .get(),
        ),
        wrongCarts,
        repeatedSends,
        sentButNotRecorded,
        recordedButNotSent,
        stuckSends: rows.filter(
          (row) => row.state === 'queued' || row.state === 'sending' || row.state === 'failed',
        ).length,
        ...judgeOrders(sql, scripts, buyers),
      },
      orders: Number(sql.prepare('SELECT count(*) FROM orders').pluck().get()),
      sent: telegram.sent.length,
      unknown: [...unknown.values()].reduce((sum, count) => sum + count, 0),
      unknownThatArrived,
      seconds: Math.round(ms / 100) / 10,
    }
  } finally {
    sql.close()
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** The lines that a person reads after a storm. */
export function describeStorm(report: StormReport): string {
  const kills = Object.entries(report.kills).map(([window, count]) => `${window} ${count}`)
  const faults = Object.entries(report.faults).map(([fault, count]) => `${fault} ${count}`)
  return [
    `${report.messages} messages from ${report.customers} customers in ${report.seconds} s`,
    `kills: ${kills.join(', ')}`,
    `orders ${report.orders}, sent ${report.sent}, unknown ${report.unknown} (of which arrived ${report.unknownThatArrived})`,
    `faults: ${faults.join(', ')}`,
  ].join('\n')
}
