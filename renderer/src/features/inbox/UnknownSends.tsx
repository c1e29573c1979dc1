import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconQuestionMark } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

/** Sends that may or may not have arrived: only the owner can tell, so nothing is repeated without being asked. */
export function UnknownSends() {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const unknown = useQuery(api.outbox.unknown.queryOptions({ input: { shop: shop.slug } }))
  const resolve = useMutation(
    api.outbox.resolve.mutationOptions({
      onSettled: () =>
        queries.invalidateQueries({ queryKey: api.outbox.unknown.key({ input: { shop: shop.slug } }) }),
      onError: (error) => notifyFailure(error),
    }),
  )
  if (unknown.data === undefined || unknown.data.length === 0) return null
  return (
    <Alert
      color="yellow"
      radius={0}
      icon={<IconQuestionMark size={18} />}
      title={t('unknownSends.title')}
      mah="45%"
      style={{ overflowY: 'auto' }}
    >
      <Text size="sm" mb="xs">
        {t('unknownSends.body')}
      </Text>
      <Stack gap="sm">
        {unknown.data.map((send) => (
          <div key={send.id}>
            <Text
              component={Link}
              href={screenPath(shop.slug, 'conversations', send.conversationId)}
              size="sm"
              fw={600}
              td="underline"
              c="inherit"
            >
              {t('openConversation')}
            </Text>
            <Text size="sm" lineClamp={2}>
              {send.text}
            </Text>
            <Group gap="xs" mt={4}>
              <Button
                size="compact-sm"
                variant="default"
                disabled={resolve.isPending}
                onClick={() => resolve.mutate({ shop: shop.slug, outboxId: send.id, verdict: 'arrived' })}
              >
                {t('unknownSends.arrived')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                disabled={resolve.isPending}
                onClick={() => resolve.mutate({ shop: shop.slug, outboxId: send.id, verdict: 'send_again' })}
              >
                {t('unknownSends.again')}
              </Button>
            </Group>
          </div>
        ))}
      </Stack>
    </Alert>
  )
}
