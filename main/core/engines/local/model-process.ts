import { parentPort } from '../../parent-port.ts'
import { Orders } from './orders.ts'
import { type FromProcess, readStartOptions, readToProcess } from './protocol.ts'
import { TrialForks } from './trial-forks.ts'

/**
 * The process that runs models, forked by the model host. A process and not a thread: the library may abort the
 * process that it runs in. It ends with its parent, so that none is left behind.
 */
const parent = parentPort()

function say(message: FromProcess): void {
  parent.say(message)
}

const trials = new TrialForks(say)
if (process.versions.electron !== undefined) trials.install()

const orders = new Orders(readStartOptions(process.argv[2]), say)

parent.onMessage((message) => {
  const read = readToProcess(message)
  // What is no message of ours has no id to answer to; the host notices by its own limits.
  if (read === null) return
  if (read.type === 'abort') orders.abort(read.id)
  else if (read.type === 'trial_said' || read.type === 'trial_over') trials.hear(read)
  else void orders.carryOut(read)
})
say({
  type: 'state',
  chatFile: null,
  embeddingFile: null,
  gpu: null,
  cuda: null,
  memory: process.memoryUsage.rss(),
})
parent.onGone(() => process.exit(0))
process.on('SIGINT', () => undefined)
// Node ends a process for it; Electron only warns, and the host would wait for an answer.
process.on('unhandledRejection', (error) => {
  throw error
})
