import type { Command } from 'commander'
import type { ContractClient, ReplyDraft } from '../../preload/contract/index.ts'
import type { CommandContext, Run } from './command.ts'
import { withShop } from './connection.ts'
import { cellText } from './output.ts'
import { absenceText, localTime, sayOfServing } from './serving-texts.ts'

/** The pause of everything, what came while nobody was there, and replies that wait for a look. */
export function servingCommands(program: Command, run: Run): void {
  const serving = program
    .command('serving')
    .description('whether customers are answered, and when they were not')
  run(serving.command('status').description('pause, absences and drafts'), (context) =>
    onShop(context, ({ client, shop }) => report(context, client, shop)),
  )
  run(
    serving.command('pause').description('the assistant says nothing any more, in no conversation'),
    (context) =>
      onShop(context, async ({ client, shop }) => {
        await client.serving.pause({ shop })
        await report(context, client, shop)
      }),
  )
  run(
    serving.command('resume').description('answers again: what is recent; what is old becomes a draft'),
    (context) =>
      onShop(context, async ({ client, shop }) => {
        await client.serving.resume({ shop })
        await report(context, client, shop)
      }),
  )
  draftCommands(program, run)
}

async function onShop(
  context: CommandContext,
  work: (connected: { client: ContractClient; shop: string }) => Promise<void>,
): Promise<undefined> {
  await withShop(context, work)
}

function draftCommands(program: Command, run: Run): void {
  const drafts = program.command('drafts').description('replies to old messages that wait for a look')
  run(drafts.command('list').description('oldest first'), (context) =>
    onShop(context, async ({ client, shop }) => {
      const items = await client.drafts.list({ shop })
      for (const draft of items) context.output.result(draft, lineOf(draft))
      if (items.length === 0 && !context.output.json)
        context.output.result(null, sayOfServing('noDrafts', context.output.language))
    }),
  )
  run(
    drafts
      .command('send')
      .argument('<draft>', 'its id')
      .argument('[text]', 'what is sent; the draft as it is when left out')
      .description('send a draft as your own message'),
    (context, _options, [draftId = '', given]) =>
      onShop(context, async ({ client, shop }) => {
        const text = given ?? (await client.drafts.get({ shop, draftId })).text
        const sent = await client.drafts.send({ shop, draftId, text })
        context.output.result(sent, sayOfServing('draftSent', context.output.language))
      }),
  )
  run(
    drafts.command('dismiss').argument('<draft>', 'its id').description('put a draft away'),
    (context, _options, [draftId = '']) =>
      onShop(context, async ({ client, shop }) => {
        const done = await client.drafts.dismiss({ shop, draftId })
        context.output.result(done, sayOfServing('draftDismissed', context.output.language))
      }),
  )
  run(
    drafts.command('retry').argument('<draft>', 'its id').description('have one written again that failed'),
    (context, _options, [draftId = '']) =>
      onShop(context, async ({ client, shop }) => {
        const done = await client.drafts.retry({ shop, draftId })
        context.output.result(done, sayOfServing('draftRetried', context.output.language))
      }),
  )
}

async function report(context: CommandContext, client: ContractClient, shop: string): Promise<void> {
  const { language } = context.output
  const [state, absences, drafts] = await Promise.all([
    client.serving.state({ shop }),
    client.serving.absences({ shop }),
    client.drafts.list({ shop }),
  ])
  const by = state.by === null ? '' : sayOfServing('pausedBy', language, { by: state.by })
  const first = state.paused
    ? sayOfServing('paused', language, { since: localTime(state.since ?? '', language), by })
    : sayOfServing('serving', language)
  const lines = [
    first,
    sayOfServing('drafts', language, { count: drafts.length }),
    ...absences.map((absence) => absenceText(absence, language)),
  ]
  context.output.result({ ...state, drafts: drafts.length, absences }, lines.join('\n'))
}

function lineOf({ id, customer, state, asked, text, error }: ReplyDraft): string {
  const question = asked.map((message) => message.text).join(' / ')
  return [id, customer.name, state, question, error ?? text].map(cellText).join('\t')
}
