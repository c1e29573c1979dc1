import { join } from 'node:path'
import { EventBus } from '../../main/core/events.ts'
import { openStorage } from '../../main/core/storage/open.ts'
import { systemClock } from '../fixtures/clock.ts'
import { openTelegramShop, RecordingLog } from './telegram-fixture.ts'

/**
 * A process to be killed: receives from Telegram into the database of a folder, says each text after its commit, and
 * with `hold` never comes back from that, so that the update cannot be confirmed.
 */
const [dir = '', mode = ''] = process.argv.slice(2)
const bus = new EventBus((error) => {
  throw error
})
const storage = openStorage(join(dir, 'shop.db'), { clock: systemClock, bus })
const shop = openTelegramShop(dir, {
  storage,
  bus,
  clock: systemClock,
  log: new RecordingLog(),
  wrap: (inbox) => ({
    receive: (accountId, message) => {
      const result = inbox.receive(accountId, message)
      process.send?.({ text: message.text, status: result.status })
      if (mode === 'hold') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
      return result
    },
    edit: (accountId, edit) => inbox.edit(accountId, edit),
    remove: (accountId, removal) => inbox.remove(accountId, removal),
  }),
})
await shop.channels.start()
// Timers of the core never hold a process open; the parent does.
process.on('message', () => {})
