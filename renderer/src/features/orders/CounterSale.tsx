import {
  Alert,
  Autocomplete,
  Button,
  Drawer,
  Group,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core'
import { IconCircleCheck, IconFileText } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Order } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { CustomerPicker } from '../customers/CustomerPicker.tsx'
import { ArticlePicker } from '../products/ArticlePicker.tsx'
import { changeLine, lineInputs, type NewLine, newLine, withLine } from './lines.ts'
import { NewLineRow } from './NewLineRow.tsx'
import classes from './Orders.module.css'
import { usePrintPaper } from './paper.ts'
import { usePreview } from './preview.ts'
import { useOrderWrites } from './queries.ts'

export function CounterSaleDrawer({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation(['orders', 'common'])
  // A key of its own for each sale: the next one begins empty.
  const [sale, setSale] = useState(0)
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('sale.title')}
      size={720}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Sale key={sale} onAnother={() => setSale((number) => number + 1)} onClose={onClose} />
    </Drawer>
  )
}

function Sale({ onAnother, onClose }: { onAnother(): void; onClose(): void }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const { counterSale } = useOrderWrites()
  const profile = useQuery(api.shops.profile.queryOptions({ input: { shop: shop.slug } }))
  const [lines, setLines] = useState<NewLine[]>([])
  const [customerId, setCustomerId] = useState<string | null>(null)
  const [discountCode, setDiscountCode] = useState('')
  const [method, setMethod] = useState('')
  const [paid, setPaid] = useState(true)
  const [tried, setTried] = useState(false)
  const inputs = lineInputs(lines, shop)
  const preview = usePreview(inputs, discountCode.trim())
  const left = (variantId: string) =>
    preview.data?.problems.find((problem) => problem.variantId === variantId)?.available ?? null

  if (counterSale.data !== undefined) return <Done order={counterSale.data} onAnother={onAnother} />

  const sell = () => {
    setTried(true)
    if (inputs === null || inputs.length === 0) return
    counterSale.mutate({
      shop: shop.slug,
      lines: inputs,
      paid,
      paymentMethod: method.trim(),
      ...(customerId === null ? {} : { customerId }),
      ...(discountCode.trim() === '' ? {} : { discountCode: discountCode.trim() }),
    })
  }
  const total = preview.data === undefined ? '' : money(preview.data.total)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        sell()
      }}
    >
      <Stack>
        <Text c="dimmed" size="sm">
          {t('sale.lead')}
        </Text>
        {counterSale.error === null ? null : <ErrorNotice error={counterSale.error} />}
        <ArticlePicker
          label={t('picker.label')}
          autoFocus
          onPick={(product, variant) =>
            setLines((before) => withLine(before, newLine(product, variant, shop), shop.locale))
          }
        />
        {lines.length === 0 ? (
          <Text c="dimmed" ta="center" py="md">
            {t('sale.empty')}
          </Text>
        ) : (
          <ul className={classes.editLines}>
            {lines.map((line) => (
              <NewLineRow
                key={line.variantId}
                line={line}
                showProblem={tried}
                left={left(line.variantId)}
                onChange={(changes) => setLines((before) => changeLine(before, line.variantId, changes))}
                onRemove={() =>
                  setLines((before) => before.filter((each) => each.variantId !== line.variantId))
                }
              />
            ))}
          </ul>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <CustomerPicker label={t('sale.customer')} value={customerId} onChange={setCustomerId} />
          <TextInput
            label={t('sale.discount')}
            maxLength={40}
            value={discountCode}
            error={preview.codeProblem}
            onChange={(event) => setDiscountCode(event.currentTarget.value)}
          />
          <Autocomplete
            label={t('pay.method')}
            data={[...new Set(profile.data?.payments.map((each) => each.name) ?? [])]}
            maxLength={80}
            value={method}
            onChange={setMethod}
          />
          <Switch
            label={t('sale.paid')}
            mt={{ base: 0, sm: 30 }}
            checked={paid}
            onChange={(event) => setPaid(event.currentTarget.checked)}
          />
        </SimpleGrid>
        {preview.data === undefined ? null : (
          <dl className={classes.totals} aria-live="polite">
            {preview.data.discount === 0 ? null : (
              <>
                <dt>{t('totals.subtotal')}</dt>
                <dd>{money(preview.data.subtotal)}</dd>
                <dt>{t('totals.discount')}</dt>
                <dd>−{money(preview.data.discount)}</dd>
              </>
            )}
            <dt className={classes.grand}>{t('totals.total')}</dt>
            <dd className={classes.grand}>{total}</dd>
          </dl>
        )}
      </Stack>
      <div className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={counterSale.isPending} disabled={lines.length === 0}>
          {t(paid ? 'sale.confirm' : 'sale.confirmUnpaid', { amount: total })}
        </Button>
      </div>
    </form>
  )
}

function Done({ order, onAnother }: { order: Order; onAnother(): void }) {
  const { t } = useTranslation(['orders', 'common'])
  const shop = useShop()
  const money = useMoney()
  const paper = usePrintPaper()
  return (
    <Stack>
      <Alert color="green" icon={<IconCircleCheck size={20} />} role="status">
        <Text fw={650}>{t('sale.done', { number: order.number })}</Text>
        <Text>{money(order.total)}</Text>
      </Alert>
      <Group>
        <Button onClick={onAnother} data-autofocus>
          {t('sale.another')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFileText size={17} />}
          loading={paper.making === 'receipt'}
          onClick={() => void paper.print('receipt', order.id)}
        >
          {t('sale.receipt')}
        </Button>
        <Button variant="default" component={Link} href={screenPath(shop.slug, 'orders', order.id)}>
          {t('sale.see')}
        </Button>
      </Group>
    </Stack>
  )
}
