import { ActionIcon, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'

/** Asks before an account goes, and for a phone whether its session there ends too. */
export function RemoveAccount({ account, name }: { account: ChannelAccount; name: string }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  const [unlink, setUnlink] = useState(true)
  const phone = account.kind === 'whatsapp'
  const remove = useMutation(
    api.channels.remove.mutationOptions({
      onSuccess: () => notifyDone(t('removed', { name })),
      onError: (error) => notifyFailure(error),
      onSettled: () => {
        setAsked(false)
        return queries.invalidateQueries({ queryKey: api.channels.list.key({ input: { shop: shop.slug } }) })
      },
    }),
  )
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="red"
        size="lg"
        aria-label={`${t('common:remove')} ${name}`}
        onClick={() => setAsked(true)}
      >
        <IconTrash size={18} />
      </ActionIcon>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={t('removeTitle', { name })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <Text size="sm">{t(phone ? 'removeWhatsApp' : 'removeBody')}</Text>
          {phone ? (
            <Checkbox
              label={t('unlink')}
              checked={unlink}
              onChange={(event) => setUnlink(event.currentTarget.checked)}
            />
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('common:cancel')}
            </Button>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate({ shop: shop.slug, channelAccountId: account.id, unlink })}
            >
              {t('common:remove')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
