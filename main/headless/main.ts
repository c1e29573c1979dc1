import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataFolder } from '../hosting/data-folder.ts'
import { startHeadless } from './start.ts'
import { say, terminalLanguage } from './terminal-texts.ts'

export { type StartOptions, startHeadless } from './start.ts'

/** `npm start`: serves the desk on loopback. */
async function main(): Promise<number> {
  const options = readArguments()
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

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        open: { type: 'boolean', default: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
      allowNegative: true,
    })
    const port = values.port === undefined ? undefined : Number(values.port)
    if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65_535)) return null
    const dataDir = values.data === undefined ? defaultDataFolder() : resolve(values.data)
    return { dataDir, port, open: values.open, json: values.json, help: values.help }
  } catch {
    return null
  }
}

// The command line imports this module for `startHeadless`; only as the program itself does it run.
if (isProgram()) process.exitCode = await main()
