import type { Command } from 'commander'
import type { Run } from './command.ts'
import { chooseShop, connect } from './connection.ts'
import { traceText } from './trace-text.ts'

/** `conversation trace`: why a reply says what it says. */
export function conversationCommands(program: Command, run: Run): void {
  const conversation = program.command('conversation').description('conversations with customers')
  run(
    conversation
      .command('trace')
      .argument('<message>', 'id of a reply')
      .description('how a reply came about: engine, prompt, tools, figures, cost; whole with --json'),
    async (context, _options, [messageId = '']) => {
      const slug = chooseShop(context, context.shop)
      const connection = await connect(context, { shop: slug })
      try {
        const trace = await connection.client.traces.get({ shop: slug, messageId })
        context.output.result(trace, traceText(trace, context.output.language))
      } finally {
        await connection.close()
      }
    },
  )
}
