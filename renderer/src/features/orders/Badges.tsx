import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrderState, PaymentState } from '../../../../preload/contract/index.ts'
import { paymentColors, stateColors } from './state.ts'

export function StateBadge({ state, size = 'sm' }: { state: OrderState; size?: 'sm' | 'lg' }) {
  const { t } = useTranslation(['orders', 'common'])
  return (
    <Badge size={size} variant="light" color={stateColors[state]} tt="none" fw={600}>
      {t(`state.${state}`)}
    </Badge>
  )
}

export function PaymentBadge({ state, size = 'sm' }: { state: PaymentState; size?: 'sm' | 'lg' }) {
  const { t } = useTranslation(['orders', 'common'])
  return (
    <Badge size={size} variant="light" color={paymentColors[state]} tt="none" fw={600}>
      {t(`payment.${state}`)}
    </Badge>
  )
}
