import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { DomainError } from '../core/errors.ts'
import { sayOfChannels } from './channel-texts.ts'
import { viewOf } from './channel-view.ts'
import type { CommandContext } from './command.ts'
import { withShop } from './connection.ts'
import type { CliLanguage } from './texts.ts'

/** `channel add whatsapp`. Who runs it without a terminal has read its help; in a terminal it asks. */
export async function addWhatsApp(
  context: CommandContext,
  options: Record<string, unknown>,
): Promise<undefined> {
  const { output } = context
  if (options.acceptRisk !== true) {
    process.stderr.write(`${sayOfChannels('risk', output.language)}\n`)
    if (process.stdin.isTTY && !(await agrees(output.language)))
      throw new DomainError('channel.risk_not_accepted')
  }
  const browser = typeof options.chrome === 'string' ? { browser: resolve(options.chrome) } : {}
  await withShop(context, async ({ client, shop }) => {
    const account = await client.channels.addWhatsApp({ shop, riskAccepted: true, ...browser })
    output.result(viewOf(account), sayOfChannels('added', output.language, { id: account.id }))
  })
}

async function agrees(language: CliLanguage): Promise<boolean> {
  const questions = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await questions.question(sayOfChannels('riskQuestion', language))
    return /^\s*(y|yes|s|si|sí)\s*$/iu.test(answer)
  } finally {
    questions.close()
  }
}
