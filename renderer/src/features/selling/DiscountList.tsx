import { ActionIcon, Button, Group, Modal, Skeleton, Stack, Switch, Text } from '@mantine/core'
import { IconDiscount, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Discount } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { notifyUndo } from '../../ui/notify-undo.tsx'
import { editablePercent } from '../../ui/percent.ts'
import { dayText } from '../../ui/time.ts'
import { DiscountFields } from './DiscountFields.tsx'
import { inputOfDiscount } from './discount-form.ts'
import classes from './Selling.module.css'

/** Codes that take something off an order. */
export function DiscountList() {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const list = useQuery(api.selling.discounts.queryOptions({ input: { shop: shop.slug } }))
  const [edited, setEdited] = useState<Discount | 'new' | null>(null)
  const add = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setEdited('new')}>
      {t('discounts.new')}
    </Button>
  )
  return (
    <Stack>
      <Text c="dimmed">{t('discounts.lead')}</Text>
      {list.error === null ? null : <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && list.error === null ? <Skeleton height={160} radius="lg" aria-hidden /> : null}
      {list.data !== undefined && list.data.length === 0 ? (
        <EmptyState icon={IconDiscount} title={t('discounts.none.title')} body={t('discounts.none.body')}>
          {add}
        </EmptyState>
      ) : null}
      {list.data === undefined || list.data.length === 0 ? null : (
        <>
          <Group>{add}</Group>
          <Card>
            <ul className={classes.rows}>
              {list.data.map((discount) => (
                <Row key={discount.id} discount={discount} onEdit={() => setEdited(discount)} />
              ))}
            </ul>
          </Card>
        </>
      )}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? t('discounts.new') : t('discounts.edit')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {edited === null ? null : (
          <DiscountFields discount={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        )}
      </Modal>
    </Stack>
  )
}

function Row({ discount, onEdit }: { discount: Discount; onEdit(): void }) {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const options = {
    onError: (error: unknown) => notifyFailure(error),
    onSettled: () => queries.invalidateQueries({ queryKey: api.selling.discounts.key() }),
  }
  const change = useMutation(api.selling.changeDiscount.mutationOptions(options))
  const remove = useMutation(api.selling.removeDiscount.mutationOptions(options))
  const add = useMutation(api.selling.addDiscount.mutationOptions(options))
  const { code } = discount
  const removed = async () => {
    try {
      await remove.mutateAsync({ shop: shop.slug, discountId: discount.id })
    } catch {
      // Told already.
      return
    }
    notifyUndo({
      id: `discount-${discount.id}`,
      message: t('discounts.removed', { code }),
      undo: async () => {
        await add.mutateAsync({ shop: shop.slug, discount: inputOfDiscount(discount) })
        notifyDone(t('discounts.restored', { code }))
      },
    })
  }
  return (
    <li className={classes.discount}>
      <span>
        <Text span fw={650}>
          {code}
        </Text>{' '}
        · <Value discount={discount} />
        <Terms discount={discount} />
      </span>
      <Group gap="sm" wrap="nowrap">
        <Switch
          aria-label={t('discounts.activeOf', { code })}
          checked={discount.active}
          disabled={change.isPending}
          onChange={(event) =>
            change.mutate({
              shop: shop.slug,
              discountId: discount.id,
              discount: { ...inputOfDiscount(discount), active: event.currentTarget.checked },
            })
          }
        />
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('discounts.editNamed', { code })}
          onClick={onEdit}
        >
          <IconPencil size={17} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('discounts.remove', { code })}
          loading={remove.isPending}
          onClick={() => void removed()}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </Group>
    </li>
  )
}

function Value({ discount }: { discount: Discount }) {
  const shop = useShop()
  const money = useMoney()
  if (discount.kind === 'amount') return <>−{money(discount.value)}</>
  return <>−{editablePercent(discount.value, shop.locale)} %</>
}

function Terms({ discount }: { discount: Discount }) {
  const { t } = useTranslation(['selling', 'common'])
  const money = useMoney()
  const language = usePreferences((preferences) => preferences.language)
  const { minSubtotal, startsOn, endsOn, maxUses, uses } = discount
  const terms = [
    minSubtotal === null ? null : t('discounts.from_min', { amount: money(minSubtotal) }),
    startsOn === null ? null : t('discounts.since', { day: dayText(startsOn, language) }),
    endsOn === null ? null : t('discounts.until', { day: dayText(endsOn, language) }),
    maxUses === null
      ? t('discounts.uses', { count: uses })
      : t('discounts.usesOf', { count: uses, max: maxUses }),
  ].filter((term) => term !== null)
  return <span className={classes.soft}>{terms.join(' · ')}</span>
}
