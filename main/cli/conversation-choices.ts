import type { Command } from 'commander'
import { DomainError } from '../core/errors.ts'
import type { Run } from './command.ts'
import { withShop } from './connection.ts'
import { conversationIn } from './conversation-list.ts'
import { sayOfConversations } from './conversation-texts.ts'

/** What a person decides about a conversation besides taking it: notes, done, whose it is, whether it is answered. */
export function conversationChoices(on: (name: string) => Command, run: Run): void {
  run(
    on('note').argument('<text>').description('a note that only the shop sees'),
    async (context, _options, [reference = '', text = '']) => {
      const noted = await withShop(context, async ({ client, shop }) => {
        const conversationId = await conversationIn(client, shop, reference)
        return client.conversations.note({ shop, conversationId, text })
      })
      context.output.result(noted, sayOfConversations('noted', context.output.language))
    },
  )

  run(
    on('done').option('--undo', 'open it again').description('put it away until the customer writes again'),
    async (context, options, [reference = '']) => {
      const done = options.undo !== true
      const changed = await withShop(context, async ({ client, shop }) => {
        const conversationId = await conversationIn(client, shop, reference)
        await client.conversations.markDone({ shop, conversationId, done })
        return client.conversations.get({ shop, conversationId })
      })
      const key = done ? 'done' : 'reopened'
      const text = sayOfConversations(key, context.output.language, { name: changed.customer.name })
      context.output.result(changed, text)
    },
  )

  run(
    on('assign')
      .argument('[person]', 'name or id; nobody when left out')
      .description('give it to a person of the shop'),
    async (context, _options, [reference = '', wanted]) => {
      const { conversation, person } = await withShop(context, async ({ client, shop }) => {
        const conversationId = await conversationIn(client, shop, reference)
        const people = await client.session.people()
        const key = wanted?.trim().toLowerCase()
        const found = people.find(({ id, name }) => id === key || name.toLowerCase() === key)
        if (key !== undefined && found === undefined)
          throw new DomainError('person.not_found', { id: wanted })
        const personId = found?.id ?? null
        return {
          conversation: await client.conversations.assign({ shop, conversationId, personId }),
          person: found?.name ?? '',
        }
      })
      const data = { name: conversation.customer.name, person }
      const key = conversation.assignedTo === null ? 'unassigned' : 'assigned'
      context.output.result(conversation, sayOfConversations(key, context.output.language, data))
    },
  )

  run(
    on('never')
      .option('--undo', 'answer as the rules of the channel say')
      .description('the assistant never answers this contact'),
    async (context, options, [reference = '']) => {
      const answer = options.undo === true ? 'default' : 'never'
      const changed = await withShop(context, async ({ client, shop }) => {
        const conversationId = await conversationIn(client, shop, reference)
        return client.conversations.setAnswer({ shop, conversationId, answer })
      })
      const key = answer === 'never' ? 'never' : 'asRules'
      const text = sayOfConversations(key, context.output.language, { name: changed.customer.name })
      context.output.result(changed, text)
    },
  )
}
