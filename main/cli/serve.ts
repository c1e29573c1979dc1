import { type Command, InvalidArgumentError } from 'commander'
import { DomainError } from '../core/errors.ts'
import { startHeadless } from '../headless/main.ts'
import { readOptions } from '../headless/options.ts'
import type { Run } from './command.ts'

/** `serve`: the same as `npm start`, for a machine that runs by itself. */
export function serveCommand(program: Command, run: Run): void {
  run(
    program
      .command('serve')
      .option('--port <n>', 'port on 127.0.0.1; a free one by default', toPort)
      .option('--no-open', 'do not open the browser')
      .option('--log <where>', 'files, or stdout: JSON lines there and no files')
      .option('--lan', 'open the desk to the local network, over HTTPS and with a password')
      .option('--host <address>', 'address to listen on; all of them by default')
      .option('--lan-port <n>', 'port on the network; 4781 by default')
      .option('--name <name...>', 'another name of this computer, with a port of its own or without')
      .option('--tls-cert <file>', 'a certificate of your own (PEM)')
      .option('--tls-key <file>', 'and its key')
      .description('serve the shops and the desk'),
    async (context, options) => {
      const asked = readOptions(argumentsOf(options), process.env)
      if (asked === null) throw new DomainError('input.invalid', { field: 'serve' })
      return startHeadless({ ...asked, dataDir: context.data, json: context.output.json })
    },
  )
}

/** The same options as `npm start` reads them. */
function argumentsOf(options: Record<string, unknown>): string[] {
  const named = ['port', 'log', 'host', 'lanPort', 'tlsCert', 'tlsKey']
  const flag = (name: string) => `--${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}`
  return [
    ...named.flatMap((name) =>
      options[name] === undefined ? [] : [`${flag(name)}=${String(options[name])}`],
    ),
    ...(Array.isArray(options.name) ? options.name.map((name) => `--name=${String(name)}`) : []),
    ...(options.lan === true ? ['--lan'] : []),
    ...(options.open === false ? ['--no-open'] : []),
  ]
}

function toPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('0–65535')
  return port
}
