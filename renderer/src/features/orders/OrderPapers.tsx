import { ActionIcon, Anchor, Button, Group, Text } from '@mantine/core'
import { IconFileText, IconPackage, IconSend } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Order } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { mediaUrl } from '../../rpc/upload.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Section } from '../../ui/Section.tsx'
import { dateTimeText } from '../../ui/time.ts'
import classes from './Orders.module.css'
import { usePrintPaper } from './paper.ts'

/** Receipt and packing slip: made when asked for, opened to print, sent in the chat. */
export function OrderPapers({ order }: { order: Order }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const paper = usePrintPaper()
  const send = useMutation(
    api.documents.send.mutationOptions({
      onSuccess: () => notifyDone(t('papers.sent')),
      onError: (error) => notifyFailure(error),
    }),
  )
  return (
    <Section
      title={t('sections.papers')}
      actions={
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFileText size={16} />}
            loading={paper.making === 'receipt'}
            onClick={() => void paper.print('receipt', order.id)}
          >
            {t('papers.receipt')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPackage size={16} />}
            loading={paper.making === 'packing_slip'}
            onClick={() => void paper.print('packing_slip', order.id)}
          >
            {t('papers.packing_slip')}
          </Button>
        </Group>
      }
    >
      {order.documents.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('papers.none')}
        </Text>
      ) : (
        <ul className={classes.plain}>
          {order.documents.map((document) => (
            <li key={document.id}>
              <span className={classes.wrap}>
                <Anchor
                  href={mediaUrl(shop.slug, document.mediaHash)}
                  target="_blank"
                  rel="noreferrer"
                  size="sm"
                  underline="always"
                >
                  {t(`papers.kind.${document.kind}`)}
                </Anchor>
                <span className={classes.soft}>
                  {document.name} · {dateTimeText(document.at, language, shop.timeZone)}
                </span>
              </span>
              {order.conversationId === null ? null : (
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={t('papers.sendNamed', { name: document.name })}
                  title={t('papers.send')}
                  loading={send.isPending && send.variables.documentId === document.id}
                  onClick={() => send.mutate({ shop: shop.slug, documentId: document.id })}
                >
                  <IconSend size={17} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
