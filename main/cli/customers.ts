import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ContractClient, Customer, CustomerBrief } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import { formatMoney } from '../core/money/money.ts'
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

/** The shop's customers: found, looked at, merged, given out and erased. */
export function customerCommands(program: Command, run: Run): void {
  const customers = program.command('customers').description('customers of the shop')

  run(
    customers
      .command('list')
      .option('--text <text>', 'name, phone, e-mail or national id, or a part of it')
      .option('--limit <number>', 'at most so many, up to 200', '50')
      .description('customers, newest activity first'),
    async (context, options) => {
      const limit = Number(options.limit)
      if (!Number.isInteger(limit) || limit < 1 || limit > 200)
        throw new DomainError('input.invalid', { field: 'limit', issue: '1–200' })
      const text = options.text === undefined ? undefined : String(options.text)
      await withShop(context, async ({ client, shop }) => {
        const { items, total } = await client.customers.list({ shop, text, limit })
        const money = await moneyOf(client, shop)
        for (const item of items) context.output.result(item, lineOf(item, money))
        if (items.length === 0 && !context.output.json)
          context.output.result(null, say('noCustomers', context.output.language))
        if (total > items.length)
          context.output.note(
            { event: 'more', total },
            say('moreCustomers', context.output.language, { total }),
          )
      })
    },
  )

  run(
    customers
      .command('show')
      .argument('<customer>', 'id, phone, e-mail or national id')
      .description('everything about a customer'),
    async (context, _, [reference = '']) => {
      await withShop(context, async ({ client, shop }) => {
        const customer = await customerOf(client, shop, reference)
        context.output.result(customer, pageOf(customer, await moneyOf(client, shop), context))
      })
    },
  )

  run(
    customers
      .command('export')
      .argument('<customer>', 'id, phone, e-mail or national id')
      .argument('[file]', 'where to; stdout when left out')
      .description('everything that is kept about a person, as JSON'),
    async (context, _, [reference = '', file]) => {
      const { json } = await withShop(context, async ({ client, shop }) => {
        const { id } = await customerOf(client, shop, reference)
        return client.customers.exportData({ shop, customerId: id })
      })
      if (file === undefined) {
        process.stdout.write(context.output.json ? `${JSON.stringify(JSON.parse(json))}\n` : json)
        return undefined
      }
      const path = resolve(file)
      writePrivate(path, json)
      context.output.result({ file: path }, say('customerExported', context.output.language, { path }))
      return undefined
    },
  )

  run(
    customers
      .command('erase')
      .argument('<customer>', 'id, phone, e-mail or national id')
      .requiredOption('--yes-erase <name>', "the customer's name, to be sure; this cannot be undone")
      .description("overwrite a person's data; the figures of their orders stay"),
    async (context, options, [reference = '']) => {
      const id = await withShop(context, async ({ client, shop }) => {
        const customer = await customerOf(client, shop, reference)
        const confirmName = String(options.yesErase)
        await client.customers.erase({ shop, customerId: customer.id, confirmName })
        return customer.id
      })
      context.output.result({ erased: id }, say('customerErased', context.output.language))
    },
  )

  run(
    customers
      .command('merge')
      .argument('<keep>', 'the record that stays')
      .argument('<other>', 'the record that goes into it')
      .description('make two records of one person one'),
    async (context, _, [keep = '', other = '']) => {
      const kept = await withShop(context, async ({ client, shop }) => {
        const customerId = (await customerOf(client, shop, keep)).id
        const otherId = (await customerOf(client, shop, other)).id
        return client.customers.merge({ shop, customerId, otherId })
      })
      const [merge] = kept.merges
      context.output.result(
        kept,
        say('customersMerged', context.output.language, { name: kept.name, id: merge?.id }),
      )
    },
  )

  run(
    customers
      .command('undo-merge')
      .argument('<merge>', 'id of the merge, as "customers show" tells it')
      .description('split a merged record off again'),
    async (context, _, [mergeId = '']) => {
      const kept = await withShop(context, ({ client, shop }) =>
        client.customers.undoMerge({ shop, mergeId }),
      )
      context.output.result(kept, say('mergeUndone', context.output.language, { name: kept.name }))
    },
  )
}

/**
 * The one customer that a text means: an id, or what exactly one record is found by.
 * @throws DomainError `not_found`, `input.invalid {field, issue}` when several are meant
 */
async function customerOf(client: ContractClient, shop: string, reference: string): Promise<Customer> {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(reference))
    return client.customers.get({ shop, customerId: reference })
  const { items } = await client.customers.list({ shop, text: reference, limit: 5 })
  const [found, another] = items
  if (found === undefined) throw new DomainError('not_found', { entity: 'customers', id: reference })
  if (another !== undefined)
    throw new DomainError('input.invalid', {
      field: 'customer',
      issue: items.map((item) => `${item.id} ${item.name}`).join(', '),
    })
  return client.customers.get({ shop, customerId: found.id })
}

type Money = (amount: number) => string

async function moneyOf(client: ContractClient, shop: string): Promise<Money> {
  const { currency, locale } = await client.shops.get({ shop })
  return (amount) => formatMoney({ amount, currency }, locale)
}

function lineOf(customer: CustomerBrief, money: Money): string {
  const { id, name, phone, email, orders, spent } = customer
  return [id, name || '-', phone ?? email ?? '-', String(orders), money(spent)].map(cellText).join('\t')
}

function pageOf(customer: Customer, money: Money, context: CommandContext): string {
  const { language } = context.output
  const lines = [
    customer.name || '-',
    [customer.id, customer.phone, customer.email, customer.nationalId]
      .filter((part) => part !== null)
      .join('  '),
    say('customerOrders', language, { orders: customer.orders, spent: money(customer.spent) }),
    ...customer.identities.map((one) => `${one.kind}  ${one.displayName}  ${one.username ?? ''}`.trimEnd()),
    ...customer.addresses.map((one) => [one.recipient, one.address, one.place].filter(Boolean).join(', ')),
    ...customer.preferences.map((one) => `${one.topic}: ${one.text}`),
    ...customer.recentOrders.map((order) => `${order.number}  ${order.state}  ${money(order.total)}`),
    ...customer.merges.map((merge) =>
      say('mergedRecord', language, { id: merge.id, name: merge.name, reason: merge.reason }),
    ),
  ].map(cellText)
  // The shop's own notes keep their lines; they are the last.
  return [...lines, customer.notes].filter((line) => line !== '').join('\n')
}

/** Writes a file that only this user can read. @throws DomainError `export.path {path}` */
function writePrivate(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 })
  } catch (error) {
    throw new DomainError('export.path', { path }, { cause: error })
  }
}
