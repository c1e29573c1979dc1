import {
  ActionIcon,
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { type CaseForm, caseOf, emptyCase, emptyTurn, problemsOf } from './case-form.ts'
import classes from './Exams.module.css'

/** A case in plain words: what the customer says, and what must and must not come back. */
export function CaseEditor({ onAdded }: { onAdded(): void }) {
  const { t } = useTranslation(['exams', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const form = useForm<CaseForm>({
    initialValues: emptyCase(),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values)).map(([path, problem]) => [path, t(`problem.${problem}`)]),
      ),
  })
  const add = useMutation(
    api.exam.addCase.mutationOptions({
      onSuccess: () => {
        notifyDone(t('own.added'))
        onAdded()
      },
      onSettled: () => queries.invalidateQueries({ queryKey: api.exam.key() }),
    }),
  )
  const answers = (['any', 'yes', 'no'] as const).map((value) => ({ value, label: t(`end.${value}`) }))
  return (
    <form noValidate onSubmit={form.onSubmit((values) => add.mutate({ shop, case: caseOf(values) }))}>
      <Stack gap="md">
        {add.error === null ? null : <ErrorNotice error={add.error} />}
        <TextInput
          label={t('own.name')}
          required
          maxLength={120}
          data-autofocus
          {...form.getInputProps('name')}
        />
        {form.getValues().turns.map((turn, index) => (
          <TurnFields key={turn.key} form={form} index={index} />
        ))}
        <Group>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            onClick={() => form.insertListItem('turns', emptyTurn())}
          >
            {t('own.addTurn')}
          </Button>
        </Group>
        <Text fw={600} size="sm">
          {t('end.title')}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect label={t('end.ordered')} data={answers} {...form.getInputProps('ordered')} />
          <NativeSelect label={t('end.handedOver')} data={answers} {...form.getInputProps('handedOver')} />
        </SimpleGrid>
        <Textarea
          label={t('end.cart')}
          description={t('end.cartHelp')}
          autosize
          minRows={2}
          {...form.getInputProps('cart')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            {t('own.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function TurnFields({ form, index }: { form: UseFormReturnType<CaseForm>; index: number }) {
  const { t } = useTranslation(['exams', 'common'])
  const number = index + 1
  return (
    <Stack gap="xs" className={classes.item} role="group" aria-label={t('own.turn', { number })}>
      <Group align="flex-end" wrap="nowrap">
        <TextInput
          label={t('own.customer')}
          required
          flex={1}
          maxLength={2000}
          {...form.getInputProps(`turns.${index}.customer`)}
        />
        {form.getValues().turns.length < 2 ? null : (
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('own.removeTurn', { number })}
            onClick={() => form.removeListItem('turns', index)}
          >
            <IconTrash size={17} />
          </ActionIcon>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Textarea
          label={t('own.says')}
          description={t('own.saysHelp')}
          autosize
          minRows={2}
          {...form.getInputProps(`turns.${index}.says`)}
        />
        <Textarea
          label={t('own.neverSays')}
          description={t('own.neverSaysHelp')}
          autosize
          minRows={2}
          {...form.getInputProps(`turns.${index}.neverSays`)}
        />
      </SimpleGrid>
    </Stack>
  )
}
