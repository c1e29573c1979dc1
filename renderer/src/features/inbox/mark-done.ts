import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { client } from '../../rpc/client.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import { useConversationWrites } from './queries.ts'

/** Marks a conversation as done, or opens it again; either can be taken back. */
export function useMarkDone(conversation: Conversation): { toggle(): void; busy: boolean } {
  const { t } = useTranslation(['inbox', 'common'])
  const { slug: shop } = useShop()
  const { markDone } = useConversationWrites()
  const done = conversation.doneAt === null
  const input = { shop, conversationId: conversation.id }
  const toggle = () =>
    markDone.mutate(
      { ...input, done },
      {
        onSuccess: () =>
          notifyUndo({
            id: `done-${conversation.id}`,
            message: done ? t('doneNotice') : t('reopenNotice'),
            undo: async () => {
              await client.conversations.markDone({ ...input, done: !done })
            },
          }),
      },
    )
  return { toggle, busy: markDone.isPending }
}
