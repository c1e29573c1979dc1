import { Skeleton, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ShopProfile } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { EditorForm } from '../../ui/EditorForm.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { editableAmount } from '../../ui/money.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { OwnerEdits } from '../access/OwnerOnly.tsx'
import { ClosedFields } from './ClosedFields.tsx'
import { DeliveryFields } from './DeliveryFields.tsx'
import { HolidayFields, VacationFields } from './HolidayFields.tsx'
import { HoursFields } from './HoursFields.tsx'
import { DepositFields, FaqFields, PaymentFields } from './ListFields.tsx'
import { formOf, inputOf, type ProfileForm, type ProfileProblem, problemsOf } from './state.ts'

export function ShopInfoView() {
  const { t } = useTranslation(['shop', 'common'])
  const shop = useShop()
  const profile = useQuery(api.shops.profile.queryOptions({ input: { shop: shop.slug } }))
  return (
    <Page title={t('title')} lead={t('lead')}>
      {profile.error === null ? null : (
        <ErrorNotice error={profile.error} onRetry={() => void profile.refetch()} />
      )}
      {profile.isPending ? (
        <Stack aria-hidden>
          <Skeleton height={130} radius="lg" />
          <Skeleton height={320} radius="lg" />
          <Skeleton height={220} radius="lg" />
        </Stack>
      ) : null}
      {profile.data === undefined ? null : (
        <OwnerEdits>
          <ProfileEditor profile={profile.data} />
        </OwnerEdits>
      )}
    </Page>
  )
}

function ProfileEditor({ profile }: { profile: ShopProfile }) {
  const { t } = useTranslation(['shop', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const save = useMutation(
    api.shops.setProfile.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.shops.profile.queryKey({ input: { shop: shop.slug } }), saved)
        notifyDone(t('saved'))
      },
      onError: (error) => notifyFailure(error),
    }),
  )
  const example = editableAmount(350, shop.currency, shop.locale)
  const text = (problem: ProfileProblem) => {
    if (problem === 'hours') return t('hours.bad')
    if (problem === 'overlap') return t('hours.overlap')
    if (problem === 'date') return t('holidays.dateBad')
    if (problem === 'twice') return t('holidays.twice')
    if (problem === 'order') return t('vacations.orderBad')
    if (problem === 'name') return t('nameNeeded')
    return t('amountBad', { example: problem === 'percent' ? '20' : example })
  }
  const form = useForm<ProfileForm>({
    initialValues: formOf(profile, shop),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values, shop)).map(([path, problem]) => [path, text(problem)]),
      ),
  })
  return (
    <EditorForm
      form={form}
      kept={formOf(profile, shop)}
      save={async (values) =>
        formOf(await save.mutateAsync({ shop: shop.slug, profile: inputOf(values, shop) }), shop)
      }
      unsaved={t('unsaved')}
      discard={t('discard')}
    >
      <Stack gap="lg">
        <Card title={t('sections.contact')}>
          <Stack>
            <Textarea
              label={t('address')}
              autosize
              minRows={1}
              maxRows={4}
              {...form.getInputProps('address')}
            />
            <TextInput label={t('phone')} type="tel" maw={260} {...form.getInputProps('phone')} />
          </Stack>
        </Card>
        <Card title={t('sections.hours')}>
          <HoursFields form={form} />
        </Card>
        <Card title={t('sections.holidays')}>
          <HolidayFields form={form} />
        </Card>
        <Card title={t('sections.vacations')}>
          <VacationFields form={form} />
        </Card>
        <Card title={t('sections.closed')}>
          <ClosedFields form={form} />
        </Card>
        <Card title={t('sections.delivery')}>
          <DeliveryFields form={form} />
        </Card>
        <Card title={t('sections.payments')}>
          <Stack>
            <PaymentFields form={form} />
            <DepositFields form={form} />
          </Stack>
        </Card>
        <Card title={t('sections.policies')}>
          <Stack>
            <Textarea label={t('returns')} autosize minRows={2} {...form.getInputProps('returns')} />
            <Textarea label={t('discounts')} autosize minRows={2} {...form.getInputProps('discounts')} />
            <Textarea label={t('handoff')} autosize minRows={2} {...form.getInputProps('handoff')} />
          </Stack>
        </Card>
        <Card title={t('sections.faq')}>
          <FaqFields form={form} />
        </Card>
      </Stack>
    </EditorForm>
  )
}
