import { existsSync, realpathSync } from 'node:fs'
import { readOptions } from './options.ts'
import { startHeadless } from './start.ts'
import { say, terminalLanguage } from './terminal-texts.ts'

export { type StartOptions, startHeadless } from './start.ts'

/** `npm start -- --headless`: serves the desk on loopback, and to the network where that is asked for. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options === null) {
    process.stderr.write(`${say(terminalLanguage(), 'usage')}\n`)
    return 2
  }
  if (options.help) {
    process.stdout.write(`${say(terminalLanguage(), 'usage')}\n`)
    return 0
  }
  return await startHeadless(options)
}

function isProgram(): boolean {
  const [, program] = process.argv
  return program !== undefined && existsSync(program) && realpathSync(program) === import.meta.filename
}

// The command line imports this module for `startHeadless`; only as the program itself does it run.
if (isProgram()) process.exitCode = await main()
