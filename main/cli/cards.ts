import type { Command } from 'commander'
import type { Card, ContractClient } from '../../preload/contract/index.ts'
import { priceIn } from '../core/cards/owner-message.ts'
import { productNameOf } from '../core/cards/question.ts'
import { DomainError } from '../core/errors.ts'
import { parseMajorAmount } from '../core/money/parse-amount.ts'
import type { CommandContext, Run } from './command.ts'
import { chooseShop, connect } from './connection.ts'
import { cellText } from './output.ts'
import { say } from './texts.ts'

type Connected = { client: ContractClient; shop: string }

async function withShop<T>(context: CommandContext, work: (connected: Connected) => Promise<T>): Promise<T> {
  const shop = chooseShop(context, context.shop)
  const connection = await connect(context, { shop })
  try {
    return await work({ client: connection.client, shop })
  } finally {
    await connection.close()
  }
}

const states = ['open', 'answered', 'dismissed', 'timed_out'] as const

/** Questions of customers that wait for the owner, and what customers asked for in vain. */
export function cardCommands(program: Command, run: Run): void {
  const cards = program.command('cards').description('questions that only the owner can answer')

  run(
    cards
      .command('list')
      .option('--state <state>', states.join(', '))
      .option('--limit <number>', 'at most so many', '50')
      .description('cards, newest first'),
    async (context, options) => {
      const state = states.find((one) => one === options.state)
      if (options.state !== undefined && state === undefined)
        throw new DomainError('input.invalid', { field: 'state', issue: states.join(', ') })
      const limit = Number(options.limit)
      if (!Number.isInteger(limit) || limit < 1 || limit > 200)
        throw new DomainError('input.invalid', { field: 'limit', issue: '1–200' })
      const { items } = await withShop(context, ({ client, shop }) =>
        client.cards.list({ shop, state, limit }),
      )
      for (const card of items) context.output.result(card, lineOf(card, context))
      if (items.length === 0 && !context.output.json)
        context.output.result(null, say('noCards', context.output.language))
    },
  )

  run(
    cards
      .command('answer')
      .argument('<card>', 'id, or number: "#12"')
      .argument('<text>', 'what the customers who wait are told')
      .option('--keep <where>', 'knowledge or product: keep the answer for the next ones')
      .option('--name <name>', 'with --keep product: name in the catalog; from the question when left out')
      .option('--price <amount>', 'with --keep product: its price; the one in the text, else on request')
      .description('answer a card'),
    async (context, options, [reference = '', text = '']) => {
      const card = await withShop(context, async ({ client, shop }) => {
        const found = await cardOf(client, shop, reference)
        const keep = await keepOf(client, shop, found, text, options)
        return client.cards.answer({ shop, cardId: found.id, answer: text, keep })
      })
      const told = card.waiting.filter((waiter) => waiter.told).length
      context.output.result(card, say('cardAnswered', context.output.language, { seq: card.seq, told }))
    },
  )

  run(
    cards
      .command('dismiss')
      .argument('<card>', 'id, or number: "#12"')
      .option('--silent', 'tell nobody')
      .description('close a card without an answer'),
    async (context, options, [reference = '']) => {
      const card = await withShop(context, async ({ client, shop }) => {
        const found = await cardOf(client, shop, reference)
        return client.cards.dismiss({ shop, cardId: found.id, tell: options.silent !== true })
      })
      context.output.result(card, say('cardDismissed', context.output.language, { seq: card.seq }))
    },
  )

  run(
    program
      .command('demand')
      .description('what customers asked for in vain')
      .command('list')
      .option('--from <date>', 'from this day on, YYYY-MM-DD')
      .option('--to <date>', 'up to this day')
      .description('missed demand, most wanted first'),
    async (context, options) => {
      const { items } = await withShop(context, ({ client, shop }) =>
        client.demand.missed({
          shop,
          ...(options.from === undefined ? {} : { from: String(options.from) }),
          ...(options.to === undefined ? {} : { to: String(options.to) }),
        }),
      )
      for (const item of items) {
        const { kind, text, times, customers, quantity, amount } = item
        const columns = [kind, text, times, customers, quantity, amount ?? ''].map(String)
        context.output.result(item, columns.map(cellText).join('\t'))
      }
      if (items.length === 0 && !context.output.json)
        context.output.result(null, say('noDemand', context.output.language))
    },
  )
}

async function cardOf(client: ContractClient, shop: string, reference: string): Promise<Card> {
  const seq = /^#?(\d{1,9})$/.exec(reference.trim())?.[1]
  if (seq === undefined) return client.cards.get({ shop, cardId: reference })
  // One page below that number begins with it.
  const { items } = await client.cards.list({ shop, limit: 1, before: Number(seq) + 1 })
  const card = items.find((one) => one.seq === Number(seq))
  if (card === undefined) throw new DomainError('not_found', { entity: 'cards', id: reference })
  return card
}

/** What the options say; name and price come from question and answer where they are left out. */
async function keepOf(
  client: ContractClient,
  shop: string,
  card: Card,
  text: string,
  options: Record<string, unknown>,
) {
  if (options.keep === undefined) return { as: 'nothing' as const }
  if (options.keep === 'knowledge') return { as: 'knowledge' as const }
  if (options.keep !== 'product')
    throw new DomainError('input.invalid', { field: 'keep', issue: 'knowledge, product' })
  const { currency } = await client.shops.get({ shop })
  const name = options.name === undefined ? productNameOf(card.question) : String(options.name)
  const price =
    options.price === undefined ? priceIn(text, currency) : parseMajorAmount(String(options.price), currency)
  if (price === null && options.price !== undefined)
    throw new DomainError('input.invalid', { field: 'price', issue: String(options.price) })
  return { as: 'product' as const, name, price }
}

function lineOf(card: Card, { output }: CommandContext): string {
  const names = card.waiting.map((waiter) => waiter.customer.name).join(', ')
  const state = say(stateTexts[card.state], output.language)
  return [`#${card.seq}`, state, card.question, card.answer, names].map(cellText).join('\t')
}

const stateTexts = {
  open: 'cardOpen',
  answered: 'cardIsAnswered',
  dismissed: 'cardIsDismissed',
  timed_out: 'cardTimedOut',
} as const
