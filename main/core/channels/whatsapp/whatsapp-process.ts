import { parentPort } from '../../parent-port.ts'
import { BrowserLife } from './browser-life.ts'
import { describeError } from './failure.ts'
import { type FromProcess, readOrder, startSchema } from './protocol.ts'

/**
 * The process that drives the browser in which WhatsApp's page runs: one life of one browser, forked by the supervisor.
 * A process and not a thread, because a failure deep in the library must end nothing else. It ends with its parent.
 */
const parent = parentPort()

function say(message: FromProcess): void {
  parent.say(message)
}

function leave(message: FromProcess): void {
  // Nobody may be there to read it.
  setTimeout(() => process.exit(0), 2000).unref()
  parent.say(message, () => process.exit(0))
}

const life = new BrowserLife(startSchema.parse(JSON.parse(process.argv[2] ?? 'null')), { say, leave })

parent.onMessage((message) => {
  const order = readOrder(message)
  if (order === null) say({ type: 'log', level: 'warn', event: 'whatsapp.unreadable_order' })
  else life.order(order)
})
parent.onGone(() => void life.end('stopped'))
process.on('SIGTERM', () => void life.end('stopped'))
process.on('SIGINT', () => undefined)
process.on('unhandledRejection', (error) => life.stumble(error))
process.on('uncaughtException', (error) => void life.end('failed', describeError(error)))
life.start()
