import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconUsersPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyFailure } from '../../ui/notify.ts'
import { Section } from '../../ui/Section.tsx'
import { dateTimeText } from '../../ui/time.ts'
import { CustomerPicker } from './CustomerPicker.tsx'
import classes from './Customers.module.css'
import { useMerging } from './merging.ts'

const reasons = ['phone', 'email', 'national_id', 'manual'] as const

/** Records that were merged into this one, each to be split off again, and another to be merged by hand. */
export function CustomerMerges({ customer }: { customer: Customer }) {
  const { t } = useTranslation(['customers', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const merging = useMerging()
  const [asking, setAsking] = useState(false)
  return (
    <Section
      title={t('merge.merged')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUsersPlus size={16} />}
          onClick={() => setAsking(true)}
        >
          {t('merge.action')}
        </Button>
      }
    >
      {customer.merges.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('merge.none')}
        </Text>
      ) : (
        <ul className={classes.plain}>
          {customer.merges.map((merge) => {
            const name = merge.name || t('unnamed')
            const reason = reasons.find((each) => each === merge.reason) ?? 'manual'
            return (
              <li key={merge.id}>
                <span className={classes.wrap}>
                  {name}
                  <span className={classes.soft}>
                    {t(`merge.reason.${reason}`)} · {dateTimeText(merge.at, language, shop.timeZone)}
                  </span>
                </span>
                <Button
                  size="xs"
                  variant="default"
                  loading={merging.pending}
                  onClick={() =>
                    modals.openConfirmModal({
                      title: t('merge.undoTitle', { name }),
                      children: <Text size="sm">{t('merge.undoBody')}</Text>,
                      labels: { confirm: t('merge.undo'), cancel: t('common:cancel') },
                      onConfirm: () => void merging.undo(merge.id).catch(notifyFailure),
                    })
                  }
                >
                  {t('merge.undo')}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('merge.title', { name: customer.name || t('unnamed') })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <ManualMerge customer={customer} onClose={() => setAsking(false)} />
      </Modal>
    </Section>
  )
}

function ManualMerge({ customer, onClose }: { customer: Customer; onClose(): void }) {
  const { t } = useTranslation(['customers', 'common'])
  const merging = useMerging()
  const [otherId, setOtherId] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const confirm = async () => {
    if (otherId === null) return
    try {
      await merging.merge(
        customer.id,
        otherId,
        customer.merges.map((merge) => merge.id),
      )
      onClose()
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <Stack>
      {failure === null ? null : <ErrorNotice error={failure} />}
      <Text size="sm">{t('merge.body')}</Text>
      <CustomerPicker label={t('merge.other')} value={otherId} onChange={setOtherId} without={customer.id} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={otherId === null} loading={merging.pending} onClick={() => void confirm()}>
          {t('merge.confirm')}
        </Button>
      </Group>
    </Stack>
  )
}
