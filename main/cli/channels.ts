import type { Command } from 'commander'
import { channelRuleCommands } from './channel-rules.ts'
import { stateText } from './channel-texts.ts'
import { viewOf } from './channel-view.ts'
import { watchChannels } from './channel-watch.ts'
import type { Run } from './command.ts'
import { chooseShop, connect, withShop } from './connection.ts'
import { cellText } from './output.ts'
import { type CliLanguage, say } from './texts.ts'
import { addWhatsApp } from './whatsapp.ts'

export function channelCommands(program: Command, run: Run): void {
  const channel = program.command('channel').description('messengers')
  const add = channel.command('add').description('connect a messenger')

  run(
    add
      .command('telegram')
      .requiredOption('--token <token>', 'from @BotFather')
      .option('--api-root <url>', 'a Bot API server other than Telegram’s')
      .description('connect a Telegram bot'),
    async (context, options) => {
      const slug = chooseShop(context, context.shop)
      const connection = await connect(context, { shop: slug })
      try {
        const account = await connection.client.channels.addTelegram({
          shop: slug,
          token: String(options.token),
          ...(options.apiRoot === undefined ? {} : { apiRoot: String(options.apiRoot) }),
        })
        context.output.result(viewOf(account), say('channelAdded', context.output.language, { ...account }))
      } finally {
        await connection.close()
      }
    },
  )

  run(
    add
      .command('whatsapp')
      .option('--chrome <file>', 'a Chrome-like program for this account; the computer’s by default')
      .option('--accept-risk', 'do not ask: you know that WhatsApp does not permit unofficial assistants')
      .description('connect a WhatsApp number; "channel watch" shows the code to scan'),
    addWhatsApp,
  )

  run(
    channel
      .command('watch')
      .option('--channel <id>', 'only this one')
      .description('show codes to scan and every change; serves the shop while no other Mostrador does'),
    watchChannels,
  )

  run(channel.command('list').description('messengers of the shop'), async (context) => {
    const slug = chooseShop(context, context.shop)
    const connection = await connect(context, { shop: slug })
    try {
      const accounts = (await connection.client.channels.list({ shop: slug })).filter(
        ({ kind }) => kind !== 'testchat',
      )
      for (const account of accounts) {
        context.output.result(
          viewOf(account),
          [
            account.id,
            account.kind,
            cellText(account.name),
            account.enabled
              ? stateText(account.state, context.output.language)
              : off(context.output.language),
          ].join('\t'),
        )
      }
      if (accounts.length === 0 && !context.output.json) {
        context.output.result(null, say('noChannels', context.output.language))
      }
    } finally {
      await connection.close()
    }
  })

  run(
    channel
      .command('remove')
      .argument('<id>', 'from "channel list"')
      .description('disconnect a messenger; its conversations stay'),
    async (context, _options, [id = '']) => {
      await withShop(context, ({ client, shop }) => client.channels.remove({ shop, channelAccountId: id }))
      context.output.result({ removed: id }, say('channelRemoved', context.output.language))
      return undefined
    },
  )

  run(
    channel
      .command('use-here')
      .argument('<id>', 'from "channel list"')
      .description('take WhatsApp back from where else it was opened'),
    async (context, _options, [id = '']) =>
      withShop(context, async ({ client, shop }) => {
        const account = await client.channels.useHere({ shop, channelAccountId: id })
        context.output.result(viewOf(account), stateText(account.state, context.output.language))
        return undefined
      }),
  )

  channelRuleCommands(channel, run)

  for (const word of ['on', 'off'] as const) {
    run(
      channel
        .command(word)
        .argument('<id>', 'from "channel list"')
        .description(word === 'on' ? 'switch a messenger on' : 'switch a messenger off'),
      async (context, _options, [id = '']) =>
        withShop(context, async ({ client, shop }) => {
          const enabled = word === 'on'
          const account = await client.channels.setEnabled({ shop, channelAccountId: id, enabled })
          const { language } = context.output
          context.output.result(viewOf(account), enabled ? stateText(account.state, language) : off(language))
          return undefined
        }),
    )
  }
}

function off(language: CliLanguage): string {
  return say('channelOff', language)
}
