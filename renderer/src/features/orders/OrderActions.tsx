import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconChefHat,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconDotsVertical,
  IconPencil,
  IconTruckDelivery,
} from '@tabler/icons-react'
import { type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order, OrderState } from '../../../../preload/contract/index.ts'
import classes from './Orders.module.css'
import { StateModal } from './StateModal.tsx'
import { isEditable, isUndoing, stepsOf } from './state.ts'

const icons: Readonly<Record<OrderState, ComponentType<{ size?: number }>>> = {
  pending: IconClockPause,
  processing: IconChefHat,
  shipped: IconTruckDelivery,
  delivered: IconCircleCheck,
  cancelled: IconCircleX,
  returned: IconArrowBackUp,
}

interface OrderActionsProps {
  order: Order
  onEdit(): void
  /** Somebody else was faster: the screen has loaded the order anew. */
  onConflict(): void
}

/** The next step as a button, the rest behind a menu. */
export function OrderActions({ order, onEdit, onConflict }: OrderActionsProps) {
  const { t } = useTranslation(['orders', 'common'])
  const [asked, setAsked] = useState<OrderState | null>(null)
  const { main, others } = stepsOf(order.next)
  const MainIcon = main === null ? null : icons[main]
  const editable = isEditable(order)
  return (
    <div className={classes.actions}>
      {main === null || MainIcon === null ? null : (
        <Button leftSection={<MainIcon size={17} />} onClick={() => setAsked(main)}>
          {t(`act.${main}`)}
        </Button>
      )}
      {editable || others.length > 0 ? (
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('more')}>
              <IconDotsVertical size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {editable ? (
              <Menu.Item leftSection={<IconPencil size={17} />} onClick={onEdit}>
                {t('edit')}
              </Menu.Item>
            ) : null}
            {others.map((state) => {
              const Icon = icons[state]
              return (
                <Menu.Item
                  key={state}
                  color={isUndoing(state) ? 'red' : undefined}
                  leftSection={<Icon size={17} />}
                  onClick={() => setAsked(state)}
                >
                  {t(`act.${state}`)}
                </Menu.Item>
              )
            })}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <StateModal order={order} state={asked} onClose={() => setAsked(null)} onConflict={onConflict} />
    </div>
  )
}
