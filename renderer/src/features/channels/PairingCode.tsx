import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelState } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'
import classes from './Channels.module.css'
import { qrPath } from './qr.ts'

type Pairing = Extract<ChannelState, { state: 'pairing' }>

/** The code that the owner's phone scans; it changes by itself as the messenger renews it. */
export function PairingCode({ accountId, pairing }: { accountId: string; pairing: Pairing }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const refresh = useMutation(
    api.channels.refreshCode.mutationOptions({ onError: (error) => notifyFailure(error) }),
  )
  const { qr, reason } = pairing
  // Whoever has seen a code before waits for a new one.
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (qr !== null) setShown(true)
  }, [qr])
  return (
    <Stack gap="md">
      {reason === 'logged_out' ? (
        <Alert color="yellow" role="status">
          {t('code.loggedOut')}
        </Alert>
      ) : null}
      <div className={classes.pairing}>
        <div className={classes.code}>
          {qr === null ? (
            <Stack align="center" gap="xs" p="md" role="status">
              <Loader color="dark" aria-hidden />
              <Text size="sm">{t(shown ? 'code.renewing' : 'code.waiting')}</Text>
            </Stack>
          ) : (
            <Code text={qr} />
          )}
        </div>
        <Stack gap="sm">
          <ol className={classes.how}>
            <li>{t('code.one')}</li>
            <li>{t('code.two')}</li>
            <li>{t('code.three')}</li>
            <li>{t('code.four')}</li>
          </ol>
          <Text size="sm" c="dimmed">
            {t('code.fresh')}
          </Text>
          <Group>
            <Button
              size="xs"
              variant="default"
              loading={refresh.isPending}
              onClick={() => refresh.mutate({ shop: shop.slug, channelAccountId: accountId })}
            >
              {t('code.again')}
            </Button>
          </Group>
        </Stack>
      </div>
    </Stack>
  )
}

function Code({ text }: { text: string }) {
  const { t } = useTranslation(['channels', 'common'])
  const { size, path } = qrPath(text)
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t('code.alt')}
      shapeRendering="crispEdges"
      data-code={text}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
