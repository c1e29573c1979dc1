import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import type { ChatAnswer } from '../../preload/contract/index.ts'
import type { Run } from './command.ts'
import { chooseShop, connect } from './connection.ts'
import type { Output } from './output.ts'
import { sayOfServing } from './serving-texts.ts'
import { say } from './texts.ts'
import { traceText } from './trace-text.ts'

/** `chat`: play the customer. One line, one reply. */
export function chatCommand(program: Command, run: Run): void {
  run(
    program
      .command('chat')
      .option('--as <name>', "the customer's name", 'cli')
      .option('--say <text>', 'say this and end')
      .option('--trace', 'tell how each reply came about; with --json that is always there')
      .description('write to the shop as a customer'),
    async (context, options) => {
      const slug = chooseShop(context, context.shop)
      const connection = await connect(context, { shop: slug })
      try {
        const ask = async (text: string) => {
          const answer = await connection.client.chat.ask({ shop: slug, as: String(options.as), text })
          print(answer, context.output, options.trace === true)
        }
        if (options.say !== undefined) await ask(String(options.say))
        else {
          for await (const line of createInterface({ input: process.stdin }))
            if (line.trim() !== '') await ask(line)
        }
      } finally {
        await connection.close()
      }
    },
  )
}

function print(answer: ChatAnswer, output: Output, traced: boolean): void {
  const { reply, language, trace, cart, order, mode } = answer
  const silent = mode === 'bot' ? sayOfServing('silent', output.language) : say('withPerson', output.language)
  const told = reply ?? silent
  const why = traced && trace !== null ? `\n\n${traceText(trace, output.language)}` : ''
  output.result({ reply, language, trace, cart, order, mode }, `${told}${why}`)
}
