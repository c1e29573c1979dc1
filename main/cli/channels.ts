import type { Command } from 'commander'
import type { ChannelAccount } from '../../preload/contract/index.ts'
import type { Run } from './command.ts'
import { chooseShop, connect } from './connection.ts'
import { say } from './texts.ts'

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
          `${account.id}\t${account.kind}\t${account.name}\t${account.state.state}`,
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
      const slug = chooseShop(context, context.shop)
      const connection = await connect(context, { shop: slug })
      try {
        await connection.client.channels.remove({ shop: slug, channelAccountId: id })
        context.output.result({ removed: id }, say('channelRemoved', context.output.language))
      } finally {
        await connection.close()
      }
    },
  )
}

function viewOf(account: ChannelAccount) {
  const { id, kind, name, externalId, apiRoot, enabled, state } = account
  return {
    id,
    kind,
    name,
    externalId,
    apiRoot,
    enabled,
    state: state.state,
    detail: 'reason' in state ? state.reason : null,
  }
}
