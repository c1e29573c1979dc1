import { afterEach, expect, it } from 'vitest'
import { CheckoutWay, placeOrder, tellOutcome } from '../../../tests/fixtures/checkout-way.ts'
import { withMutant } from '../mutants.ts'

let shop: CheckoutWay

afterEach(() => shop.way.close())

/** Tables of whose changes somebody outside learns, or that decide what leaves. */
const told = ['messages', 'turns', 'outbox', 'carts', 'cart_lines', 'checkouts', 'order_summaries', 'orders']
/** What a turn would do again in any case. */
const repeatable = ['turn_steps', 'tool_calls']
/** What a step notes beside is read from the messages again. */
const changes: Record<string, string[]> = {
  messages: ['INSERT'],
  turns: ['INSERT', 'UPDATE OF state, attempts'],
}

/** Plays a conversation up to its order, and says which tables were changed in units of work that did not wait for the disk. */
async function notDurable(): Promise<Set<string>> {
  shop = new CheckoutWay()
  const { sql } = shop.way.test.storage
  sql.exec('CREATE TEMP TABLE changed (name TEXT)')
  for (const name of [...told, ...repeatable]) {
    for (const [at, what] of (changes[name] ?? ['INSERT', 'UPDATE']).entries())
      sql.exec(
        `CREATE TEMP TRIGGER ${name}_${at} AFTER ${what} ON main.${name} BEGIN INSERT INTO changed VALUES ('${name}'); END`,
      )
  }
  const early = new Set<string>()
  const all = new Set<string>()
  const execute = sql.exec.bind(sql)
  sql.exec = (source) => {
    if (source === 'COMMIT') {
      const names = sql.prepare('SELECT DISTINCT name FROM changed').pluck().all().map(String)
      execute('DELETE FROM changed')
      for (const name of names) all.add(name)
      // 2 is FULL.
      if (sql.pragma('synchronous', { simple: true }) !== 2) for (const name of names) early.add(name)
    }
    return execute(source)
  }
  await shop.summarised()
  await shop.turn('sí', placeOrder(shop), tellOutcome)
  expect(shop.orders()).toHaveLength(1)
  expect([...all].sort()).toEqual([...told, ...repeatable].sort())
  return early
}

it('has on the disk whatever leaves or has an effect; only what it would do again may come later', async () => {
  expect([...(await notDurable())].sort()).toEqual([...repeatable].sort())
})

it('without that guard nothing of it would be', async () => {
  const early = await withMutant('storage.durable', notDurable)
  expect([...early]).toEqual(expect.arrayContaining(told))
})
