import { type Command, InvalidArgumentError } from 'commander'
import { startHeadless } from '../headless/main.ts'
import type { Run } from './command.ts'

/** `serve`: the same as `npm start`, for a machine that runs by itself. */
export function serveCommand(program: Command, run: Run): void {
  run(
    program
      .command('serve')
      .option('--port <n>', 'port on 127.0.0.1; a free one by default', toPort)
      .option('--no-open', 'do not open the browser')
      .description('serve the shops and the desk'),
    async (context, options) => {
      return startHeadless({
        dataDir: context.data,
        open: options.open !== false,
        json: context.output.json,
        ...(typeof options.port === 'number' ? { port: options.port } : {}),
      })
    },
  )
}

function toPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('0–65535')
  return port
}
