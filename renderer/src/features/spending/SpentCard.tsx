import { Alert, Group, Progress, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Spending } from '../../../../preload/contract/index.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { Card } from '../../ui/Card.tsx'
import { formatCost } from '../../ui/cost.ts'
import { shareOf } from './spending-form.ts'

export function SpentCard({ spending }: { spending: Spending }) {
  const { t } = useTranslation(['spending', 'common'])
  return (
    <Card title={t('spent.title')}>
      <Stack gap="md">
        {spending.capped ? (
          <Alert color="red" icon={<IconHandStop size={20} />} role="status">
            {t('spent.capped')}
          </Alert>
        ) : spending.warning ? (
          <Alert color="yellow" icon={<IconAlertTriangle size={20} />} role="status">
            {t('spent.warning', { percent: spending.warnAt })}
          </Alert>
        ) : null}
        {(['day', 'month'] as const).map((period) => (
          <Bar key={period} spending={spending} period={period} />
        ))}
        <Text size="sm" c="dimmed">
          {t('spent.reserved')}
        </Text>
      </Stack>
    </Card>
  )
}

function Bar({ spending, period }: { spending: Spending; period: 'day' | 'month' }) {
  const { t } = useTranslation(['spending', 'common'])
  const shop = useShop()
  const money = useMoney()
  const spent = spending.spent[period]
  const cap = spending.caps[period]
  const text = formatCost(spent, spending.currency, shop.locale)
  const share = cap === null ? 0 : shareOf(spent, cap, spending.currency)
  return (
    <div data-period={period}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text fw={550}>{t(`spent.${period}`)}</Text>
        <Text className="tabular">
          {cap === null ? t('spent.noCap', { spent: text }) : t('spent.of', { spent: text, cap: money(cap) })}
        </Text>
      </Group>
      {cap === null ? null : (
        <Progress
          size="lg"
          value={Math.min(100, share)}
          color={share >= 100 ? 'red' : share >= spending.warnAt ? 'yellow' : 'green'}
          aria-label={t(`spent.${period}`)}
        />
      )}
    </div>
  )
}
