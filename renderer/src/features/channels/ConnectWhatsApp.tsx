import { Alert, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { BrowserPicker } from './BrowserPicker.tsx'
import { useBrowsers } from './browsers.ts'
import classes from './Channels.module.css'
import { Steps } from './Steps.tsx'

/** The first two steps to a connected WhatsApp; the code and the rest show on the account's own card. */
export function ConnectWhatsApp({ onAdded, onLeave }: { onAdded(accountId: string): void; onLeave(): void }) {
  const { t } = useTranslation(['channels', 'common'])
  const [step, setStep] = useState<1 | 2>(1)
  const [accepted, setAccepted] = useState(false)
  return (
    <Card title={t('whatsapp.add')}>
      <Steps current={step} />
      {step === 1 ? (
        <Warning accepted={accepted} onAccept={setAccepted} onNext={() => setStep(2)} onLeave={onLeave} />
      ) : (
        <BrowserStep onBack={() => setStep(1)} onAdded={onAdded} />
      )}
    </Card>
  )
}

const less = ['own', 'age', 'first', 'pace', 'stop'] as const

function Warning({
  accepted,
  onAccept,
  onNext,
  onLeave,
}: {
  accepted: boolean
  onAccept(accepted: boolean): void
  onNext(): void
  onLeave(): void
}) {
  const { t } = useTranslation(['channels', 'common'])
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={20} />} title={t('whatsapp.warningTitle')}>
        <Text size="sm">{t('whatsapp.warning')}</Text>
      </Alert>
      <div>
        <Title order={3}>{t('whatsapp.lessTitle')}</Title>
        <ul className={classes.less}>
          {less.map((each) => (
            <li key={each}>{t(`whatsapp.less.${each}`)}</li>
          ))}
        </ul>
      </div>
      <Checkbox
        label={t('whatsapp.accept')}
        checked={accepted}
        onChange={(event) => onAccept(event.currentTarget.checked)}
      />
      <Group>
        <Button disabled={!accepted} onClick={onNext}>
          {t('whatsapp.next')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onLeave}>
          {t('common:cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

function BrowserStep({ onBack, onAdded }: { onBack(): void; onAdded(accountId: string): void }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const browsers = useBrowsers()
  const add = useMutation(
    api.channels.addWhatsApp.mutationOptions({
      onSuccess: (account) => onAdded(account.id),
      onSettled: () =>
        queries.invalidateQueries({ queryKey: api.channels.list.key({ input: { shop: shop.slug } }) }),
    }),
  )
  const works =
    browsers.check.data !== undefined && browsers.check.error === null && !browsers.check.isFetching
  return (
    <Stack>
      <div>
        <Title order={3}>{t('browser.title')}</Title>
        <Text size="sm" c="dimmed" mt={4}>
          {t('browser.lead')}
        </Text>
      </div>
      <BrowserPicker browsers={browsers} />
      {add.error === null ? null : <ErrorNotice error={add.error} />}
      <Group>
        <Button
          disabled={!works}
          loading={add.isPending}
          onClick={() => add.mutate({ shop: shop.slug, riskAccepted: true })}
        >
          {t('whatsapp.create')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('whatsapp.back')}
        </Button>
      </Group>
    </Stack>
  )
}
