import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import { useConversationWrites } from './queries.ts'

/** Whether the assistant may ever answer this contact: the owner's word, before every rule. */
export function useAnswerChoice(conversation: Conversation) {
  const { t } = useTranslation(['inbox', 'common'])
  const { slug: shop } = useShop()
  const { setAnswer } = useConversationWrites()
  const before = conversation.answer
  const name = conversation.customer.name || t('unnamed')
  const set = (answer: Conversation['answer']) =>
    setAnswer.mutate(
      { shop, conversationId: conversation.id, answer },
      {
        onSuccess: () =>
          notifyUndo({
            id: `answer-${conversation.id}`,
            message:
              answer === 'never' ? t('answer.neverNotice', { name }) : t('answer.allowNotice', { name }),
            undo: async () => {
              await setAnswer.mutateAsync({ shop, conversationId: conversation.id, answer: before })
            },
          }),
      },
    )
  const askNever = () =>
    modals.openConfirmModal({
      title: t('answer.neverTitle', { name }),
      children: <Text size="sm">{t('answer.neverBody')}</Text>,
      labels: { confirm: t('answer.neverConfirm'), cancel: t('common:cancel') },
      onConfirm: () => set('never'),
    })
  return { set, askNever }
}
