import type { Command } from 'commander'
import type { Run } from './command.ts'
import { connect } from './connection.ts'
import { errorText, say } from './texts.ts'

/** `doctor`: is everything well? Ends with 1 when something is not. With `--report` a text for whoever helps. */
export function doctorCommand(program: Command, run: Run): void {
  const command = program
    .command('doctor')
    .description('check the installation and every shop')
    .option('--report', 'versions, checks and the end of the log, without personal data')
  run(command, async (context, options: { report?: boolean }) => {
    const connection = await connect(context, 'all')
    try {
      if (options.report === true) {
        const { text } = await connection.client.shell.diagnostics()
        context.output.result({ text }, text)
        return 0
      }
      const { ok, checks } = await connection.client.system.doctor()
      for (const check of checks) {
        const why = check.code === null ? '' : errorText(check.code, check.data, context.output.language)
        context.output.result(
          check,
          `${check.state === 'ok' ? '✓' : '✗'} ${[check.shop, check.id, why].filter(Boolean).join(' · ')}`,
        )
      }
      if (ok && !context.output.json) context.output.result(null, say('allWell', context.output.language))
      return ok ? 0 : 1
    } finally {
      await connection.close()
    }
  })
}
