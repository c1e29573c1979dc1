import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../main/core/app.ts'
import { createApp } from '../../main/core/app.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { createTestHost } from '../fixtures/host.ts'
import { openFixtureShop } from './fixture-shop.ts'
import { ShiftedClock } from './owner.ts'
import { play, transcript } from './play.ts'
import type { Script } from './script.ts'
import { parseScript } from './script.ts'

/** `CONVERSATIONS=es-2` plays only the scripts whose name it finds. */
const wanted = new RegExp(process.env.CONVERSATIONS ?? '')
const scripts = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.txt') && wanted.test(file))
  .map((file) => ({
    name: file.replace('.txt', ''),
    script: parseScript(readFileSync(join(import.meta.dirname, file), 'utf8')),
  }))

const folder = mkdtempSync(join(tmpdir(), 'conversations-'))
const clock = new ShiftedClock()
const shops = new Map<string, Shop>()
let app: App

/** Whether somebody acts on the shop itself: then no other script may see it. */
function changesShop(script: Script): boolean {
  return script.turns.some((turn) => turn.before.length > 0)
}

beforeAll(async () => {
  // Bursts wait for their last line, which asks and so is answered at once.
  app = await createApp(
    { closed: true, quietWindowMs: 60_000, longestWaitMs: 120_000 },
    { ...createTestHost(folder), clock },
  )
  for (const file of new Set(
    scripts.filter(({ script }) => !changesShop(script)).map(({ script }) => script.shop),
  ))
    shops.set(file, await openFixtureShop(app, file))
}, 120_000)

afterAll(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

test.skipIf(process.env.CONVERSATIONS !== undefined)('there are at least sixty conversations', () => {
  expect(scripts.length).toBeGreaterThanOrEqual(60)
})

test.each(scripts)('$name', async ({ name, script }) => {
  const shop = changesShop(script) ? await openFixtureShop(app, script.shop) : shops.get(script.shop)
  if (shop === undefined) throw new Error(`no shop ${script.shop}`)
  const restart = async () => {
    await shop.close()
    return app.shops.startOne(shop.slug)
  }
  const played = await play({ shop, clock, restart }, script, name)
  const failures = played.flatMap((turn) => turn.failures)
  expect(failures, `${script.about}\n${transcript(played)}`).toEqual([])
})
