import {
  Alert,
  Button,
  Drawer,
  Group,
  Input,
  SegmentedControl,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Product } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { editableAmount } from '../../ui/money.ts'
import { notifyDone } from '../../ui/notify.ts'
import { TariffSection } from '../tariffs/TariffSection.tsx'
import classes from './Products.module.css'
import { useProductWrites } from './queries.ts'
import { useProductRemoval } from './removal.tsx'
import {
  changesOf,
  emptyProduct,
  emptyVariant,
  formOf,
  inputOf,
  type ProductForm,
  problemsOf,
  productKinds,
  productStatuses,
} from './state.ts'
import { VariantFields } from './VariantFields.tsx'

interface ProductDrawerProps {
  /** A product's id, `new`, or null: closed. */
  productId: string | null
  onClose(): void
}

export function ProductDrawer({ productId, onClose }: ProductDrawerProps) {
  const { t } = useTranslation(['products', 'common'])
  const shop = useShop()
  const existing = productId !== null && productId !== 'new'
  const product = useQuery(
    api.catalog.get.queryOptions({
      input: { shop: shop.slug, productId: productId ?? '-' },
      enabled: existing,
    }),
  )
  return (
    <Drawer
      opened={productId !== null}
      onClose={onClose}
      title={existing ? t('editTitle') : t('new')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {existing && product.error !== null ? (
        <ErrorNotice error={product.error} onRetry={() => void product.refetch()} />
      ) : null}
      {existing && product.isPending ? (
        <Stack aria-hidden>
          <Skeleton height={40} />
          <Skeleton height={100} />
          <Skeleton height={180} />
        </Stack>
      ) : null}
      {productId === 'new' ? <Editor product={null} onClose={onClose} /> : null}
      {existing && product.data !== undefined && product.error === null ? (
        <Editor key={product.data.id} product={product.data} onClose={onClose} />
      ) : null}
    </Drawer>
  )
}

function Editor({ product, onClose }: { product: Product | null; onClose(): void }) {
  const { t } = useTranslation(['products', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const writes = useProductWrites()
  const remove = useProductRemoval(onClose)
  const categories = useQuery(api.catalog.categories.queryOptions({ input: { shop: shop.slug } }))
  // The product as it was when editing began: what changes elsewhere meanwhile is a conflict, not a silent overwrite.
  const original = useRef(product)
  const form = useForm<ProductForm>({
    initialValues: original.current === null ? emptyProduct() : formOf(original.current, shop),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values, shop)).map(([path, problem]) => [path, problemText(problem)]),
      ),
  })
  const problemText = (problem: 'name' | 'price' | 'onHand' | 'leadTime') => {
    const example = editableAmount(1290, shop.currency, shop.locale)
    if (problem === 'name') return t('form.nameNeeded')
    return problem === 'price' ? t('form.priceBad', { example }) : t('form.onHandBad')
  }
  // Untouched forms follow what others change.
  const dirty = form.isDirty()
  const { setValues, resetDirty } = form
  useEffect(() => {
    if (product === null || dirty || product.revision === original.current?.revision) return
    original.current = product
    const values = formOf(product, shop)
    setValues(values)
    resetDirty(values)
  }, [product, dirty, shop, setValues, resetDirty])

  const load = async () => {
    if (original.current === null) return
    const fresh = await queries.fetchQuery({
      ...api.catalog.get.queryOptions({ input: { shop: shop.slug, productId: original.current.id } }),
      staleTime: 0,
    })
    original.current = fresh
    const values = formOf(fresh, shop)
    form.setValues(values)
    form.resetDirty(values)
    writes.update.reset()
  }

  const save = (values: ProductForm) => {
    const before = original.current
    if (before === null) {
      writes.create.mutate(
        { shop: shop.slug, product: inputOf(values, shop) },
        {
          onSuccess: () => {
            notifyDone(t('created'))
            onClose()
          },
        },
      )
      return
    }
    writes.update.mutate(
      {
        shop: shop.slug,
        productId: before.id,
        changes: changesOf(values, before, shop),
        expectedRevision: before.revision,
      },
      {
        onSuccess: (saved) => {
          original.current = saved
          form.resetDirty(values)
          notifyDone(t('saved'))
          onClose()
        },
      },
    )
  }

  const failure = writes.update.error ?? writes.create.error
  const saving = writes.update.isPending || writes.create.isPending
  const { variants } = form.getValues()
  return (
    <form noValidate onSubmit={form.onSubmit(save, (errors) => focusFirst(errors, form.getInputNode))}>
      <Stack>
        {isFailure(failure, 'conflict') ? (
          <Alert color="yellow" title={t('conflict.title')} role="alert">
            <Text size="sm" mb="sm">
              {t('conflict.body')}
            </Text>
            <Button size="xs" variant="default" onClick={() => void load()}>
              {t('conflict.load')}
            </Button>
          </Alert>
        ) : failure === null ? null : (
          <ErrorNotice error={failure} />
        )}
        <TextInput label={t('form.name')} required data-autofocus {...form.getInputProps('name')} />
        <Input.Wrapper labelElement="div" label={t('form.kind')}>
          <div>
            <SegmentedControl
              aria-label={t('form.kind')}
              data={productKinds.map((each) => ({ value: each, label: t(`form.kinds.${each}`) }))}
              {...form.getInputProps('kind')}
            />
          </div>
        </Input.Wrapper>
        <Textarea
          label={t('form.description')}
          autosize
          minRows={2}
          maxRows={8}
          {...form.getInputProps('description')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={t('form.status')}
            allowDeselect={false}
            data={productStatuses.map((each) => ({ value: each, label: t(`status.${each}`) }))}
            {...form.getInputProps('status')}
          />
          <TextInput
            label={t('form.category')}
            list="product-categories"
            {...form.getInputProps('category')}
          />
          <TextInput label={t('form.brand')} {...form.getInputProps('brand')} />
          <TextInput label={t('form.leadTime')} inputMode="numeric" {...form.getInputProps('leadTimeDays')} />
        </SimpleGrid>
        <datalist id="product-categories">
          {categories.data?.map((category) => (
            <option key={category.name} value={category.name} />
          ))}
        </datalist>
        <Switch label={t('form.madeToOrder')} {...form.getInputProps('madeToOrder', { type: 'checkbox' })} />
        <TagsInput
          label={t('form.aliases')}
          description={t('form.aliasesHelp')}
          acceptValueOnBlur
          {...form.getInputProps('aliases')}
        />
        <Title order={3}>{t('form.variants')}</Title>
        {variants.map((variant, index) => (
          <VariantFields
            key={variant.key}
            form={form}
            index={index}
            single={variants.length === 1}
            onRemove={variants.length > 1 ? () => form.removeListItem('variants', index) : null}
          />
        ))}
        <Group>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            onClick={() => form.insertListItem('variants', emptyVariant())}
          >
            {t('form.addVariant')}
          </Button>
        </Group>
        {product === null ? null : (
          <TariffSection productId={product.id} isService={form.getValues().kind === 'service'} />
        )}
        {product !== null && product.manualFields.length > 0 ? (
          <Text size="sm" c="dimmed">
            {t('manualFields')}
          </Text>
        ) : null}
      </Stack>
      <div className={classes.drawerFoot}>
        {product === null ? (
          <span />
        ) : (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={() => remove(product)}
          >
            {t('common:delete')}
          </Button>
        )}
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={saving} disabled={product !== null && !dirty}>
            {t('common:save')}
          </Button>
        </Group>
      </div>
    </form>
  )
}

function focusFirst(errors: Record<string, unknown>, node: (path: string) => HTMLElement | null): void {
  const first = Object.keys(errors)[0]
  if (first !== undefined) node(first)?.focus()
}
