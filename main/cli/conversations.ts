import type { Command } from 'commander'
import type { Run } from './command.ts'
import { chooseShop, connect } from './connection.ts'
import { conversationChoices } from './conversation-choices.ts'
import { listConversations, showConversation } from './conversation-list.ts'
import { handBack, sendText, take } from './conversation-taking.ts'
import { traceText } from './trace-text.ts'

/** `conversation …`: who has which, taking over and giving back, and why a reply says what it says. */
export function conversationCommands(program: Command, run: Run): void {
  const conversation = program.command('conversation').description('conversations with customers')
  const on = (name: string) =>
    conversation.command(name).argument('<conversation>', 'its id, or the beginning of it')

  run(
    conversation
      .command('list')
      .option('--mode <mode>', 'bot, person, paused')
      .option('--only <which>', 'unread, waiting, done, mine')
      .option('--limit <number>', 'at most so many', '50')
      .description('conversations, newest first'),
    listConversations,
  )
  run(
    on('show').option('--limit <number>', 'so many of its newest messages', '20').description('its messages'),
    showConversation,
  )
  run(on('take').description('take it over: the assistant stops there at once'), take)
  run(
    on('send')
      .argument('<text>', 'what the customer reads')
      .description('write to the customer; takes it over'),
    sendText,
  )
  run(on('hand-back').description('give it back to the assistant, which answers what nobody has'), handBack)
  conversationChoices(on, run)

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
