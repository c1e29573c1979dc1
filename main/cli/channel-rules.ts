import type { Command } from 'commander'
import type { ChannelRules } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import { chatText, rulesText, sayOfRules } from './channel-rules-texts.ts'
import type { Run } from './command.ts'
import { withShop } from './connection.ts'

const scopes = ['test', 'new', 'all'] as const
const answers = ['always', 'never', 'default'] as const
const kinds = ['existed', 'never', 'always', 'opted_out'] as const

/** `channel rules`, `channel chats` and `channel answer`: for whom the assistant answers. */
export function channelRuleCommands(channel: Command, run: Run): void {
  run(
    channel
      .command('rules')
      .argument('<id>', 'from "channel list"')
      .option('--scope <scope>', `who is answered: ${scopes.join(', ')}`)
      .option(
        '--test-contact <contact>',
        'a phone or username; again for each, in place of the old ones',
        collect,
      )
      .option('--clear-test-contacts', 'no test contacts any more')
      .option('--groups <on|off>', 'answer in groups when spoken to')
      .option('--quiet <HH:MM-HH:MM|off>', 'the hours in which nothing is said')
      .option('--daily <number|off>', 'messages in a day')
      .option('--daily-contacts <number|off>', 'new contacts answered in a day')
      .option('--pace <on|off>', 'read and type as fast as a person')
      .description('show or change for whom and how fast the assistant answers'),
    (context, options, [id = '']) =>
      withShop(context, async ({ client, shop }) => {
        const rules = rulesIn(options)
        const given = { shop, channelAccountId: id }
        const account =
          Object.keys(rules).length > 0
            ? await client.channels.setRules({ ...given, rules })
            : (await client.channels.list({ shop })).find((one) => one.id === id)
        if (account === undefined) throw new DomainError('channel.not_found', { id })
        context.output.result(
          { channel: id, rules: account.rules, risk: account.risk },
          rulesText(account, context.output.language),
        )
        return undefined
      }),
  )

  run(
    channel
      .command('chats')
      .argument('<id>', 'from "channel list"')
      .option('--text <text>', 'a part of the name or the number')
      .option('--only <kind>', kinds.join(', '))
      .option('--limit <number>', 'at most so many', '50')
      .option('--after <chat>', 'goes on after this one')
      .description('chats of a messenger and whether they are answered'),
    (context, options, [id = '']) =>
      withShop(context, async ({ client, shop }) => {
        const only = options.only === undefined ? undefined : oneOf(kinds, options.only, 'only')
        const limit = Number(options.limit)
        if (!Number.isInteger(limit) || limit < 1 || limit > 200)
          throw new DomainError('input.invalid', { field: 'limit', issue: '1–200' })
        const { items, more } = await client.channels.chats({
          shop,
          channelAccountId: id,
          text: textOf(options.text),
          after: textOf(options.after),
          only,
          limit,
        })
        const { output } = context
        for (const chat of items) output.result(chat, chatText(chat, output.language))
        if (output.json) return undefined
        if (items.length === 0) output.result(null, sayOfRules('noChats', output.language))
        if (more) output.result(null, sayOfRules('moreChats', output.language))
        return undefined
      }),
  )

  run(
    channel
      .command('answer')
      .argument('<id>', 'from "channel list"')
      .argument('<chat>', 'its id from "channel chats", or a phone number')
      .argument('<answer>', answers.join(', '))
      .description('always or never answer one chat, whatever the rules say'),
    (context, _options, [id = '', chatId = '', word = '']) =>
      withShop(context, async ({ client, shop }) => {
        const answer = oneOf(answers, word, 'answer')
        const chat = await client.channels.setChat({ shop, channelAccountId: id, chatId, answer })
        context.output.result(chat, chatText(chat, context.output.language))
        return undefined
      }),
  )
}

/** @throws DomainError `input.invalid {field}` */
function rulesIn(options: Record<string, unknown>): Partial<ChannelRules> {
  const contacts = options.clearTestContacts === true ? [] : options.testContact
  return {
    ...(options.scope === undefined ? {} : { scope: oneOf(scopes, options.scope, 'scope') }),
    ...(Array.isArray(contacts) ? { testContacts: contacts.map(String) } : {}),
    ...(options.groups === undefined ? {} : { groups: isOn(options.groups, 'groups') }),
    ...(options.quiet === undefined ? {} : { quietHours: hoursOf(options.quiet) }),
    ...(options.daily === undefined ? {} : { dailyReplies: countOf(options.daily, 'daily') }),
    ...(options.dailyContacts === undefined
      ? {}
      : { dailyNewContacts: countOf(options.dailyContacts, 'daily-contacts') }),
    ...(options.pace === undefined ? {} : { humanPace: isOn(options.pace, 'pace') }),
  }
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}

function oneOf<T extends string>(known: readonly T[], given: unknown, field: string): T {
  const found = known.find((one) => one === given)
  if (found === undefined) throw new DomainError('input.invalid', { field, issue: known.join(', ') })
  return found
}

function isOn(given: unknown, field: string): boolean {
  return oneOf(['on', 'off'], given, field) === 'on'
}

function countOf(given: unknown, field: string): number | null {
  if (given === 'off') return null
  const count = Number(given)
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new DomainError('input.invalid', { field, issue: '1–100000, off' })
  return count
}

function hoursOf(given: unknown): ChannelRules['quietHours'] {
  if (given === 'off') return null
  const hours = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(String(given))
  if (hours?.[1] === undefined || hours[2] === undefined)
    throw new DomainError('input.invalid', { field: 'quiet', issue: 'HH:MM-HH:MM, off' })
  return { from: hours[1], to: hours[2] }
}

function textOf(given: unknown): string | undefined {
  return given === undefined ? undefined : String(given)
}
