import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import { keepFilesPrivate } from '../hosting/data-folder.ts'
import { accessCommands } from './access.ts'
import { browserCommands } from './browsers.ts'
import { capCommands } from './caps.ts'
import { cardCommands } from './cards.ts'
import { catalogCommands } from './catalog.ts'
import { channelCommands } from './channels.ts'
import { chatCommand } from './chat.ts'
import type { CommandContext, CommonOptions, Run } from './command.ts'
import { defaultData } from './connection.ts'
import { conversationCommands } from './conversations.ts'
import { customerCommands } from './customers.ts'
import { doctorCommand } from './doctor.ts'
import { engineCommands } from './engines.ts'
import { evalCommand } from './eval.ts'
import { exportCommand } from './export.ts'
import { stderrLog } from './log.ts'
import { modelCommands } from './models.ts'
import { orderCommands } from './orders.ts'
import { createOutput, reportError, writeJsonError } from './output.ts'
import { serveCommand } from './serve.ts'
import { servingCommands } from './serving.ts'
import { shopCommands } from './shops.ts'
import { cliLanguage } from './texts.ts'

let exit = 0

const run: Run = (command, work) =>
  command
    .option('--data <dir>', 'folder of the data')
    .option('--shop <slug>', 'the shop; the only one by default')
    .option('--json', 'JSON lines on stdout')
    .action(async (...given: unknown[]) => {
      const self = given.at(-1)
      if (!(self instanceof Command)) throw new Error('commander passes the command last')
      const options: CommonOptions & Record<string, unknown> = self.optsWithGlobals()
      const output = createOutput(options.json === true, cliLanguage(process.env))
      const context: CommandContext = {
        data: resolve(options.data ?? defaultData(process.env, homedir())),
        shop: options.shop,
        output,
        log: stderrLog(),
      }
      // The app's timers do not hold a process open; a command that waits for one does.
      const alive = setInterval(() => undefined, 60_000)
      try {
        exit = (await work(context, options, self.args)) ?? 0
      } catch (error) {
        exit = reportError(error, output)
      } finally {
        clearInterval(alive)
      }
    })

async function main(): Promise<number> {
  const program = new Command('mostrador')
    .description("A salesperson for a small shop, on the shop's own computer")
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong use or input, 3 not found, 4 in use, 5 storage or rights, 6 damaged or newer database, 7 refused or unreachable',
    )
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
  shopCommands(program, run)
  catalogCommands(program, run)
  chatCommand(program, run)
  conversationCommands(program, run)
  servingCommands(program, run)
  channelCommands(program, run)
  exportCommand(program, run)
  orderCommands(program, run)
  cardCommands(program, run)
  customerCommands(program, run)
  engineCommands(program, run)
  modelCommands(program, run)
  browserCommands(program, run)
  capCommands(program, run)
  evalCommand(program, run)
  accessCommands(program, run)
  serveCommand(program, run)
  doctorCommand(program, run)
  try {
    await program.parseAsync(process.argv)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return 0
    // Commander has said it on stderr; programs read stdout.
    if (process.argv.includes('--json')) writeJsonError('usage', { issue: error.message })
    return 2
  }
  return exit
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe went away: nothing is left to say.
  if (error.code === 'EPIPE') process.exit(0)
})
keepFilesPrivate()
process.exitCode = await main()
