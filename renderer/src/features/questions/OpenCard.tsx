import {
  Button,
  Group,
  Modal,
  Radio,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { editableAmount } from '../../ui/money.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { dateTimeText } from '../../ui/time.ts'
import { CardHead } from './CardHead.tsx'
import { hideCardNotice } from './card-notice.tsx'
import classes from './Questions.module.css'
import { useCardWrites } from './queries.ts'
import { type AnswerForm, answerProblems, emptyAnswer, keepKinds, keepOf } from './state.ts'

/** A question that waits: answered once, for everybody. */
export function OpenCard({ card }: { card: Card }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const titleId = useId()
  useEffect(() => hideCardNotice(card.id), [card.id])
  const { answer } = useCardWrites()
  const [form, setForm] = useState(() => emptyAnswer(card))
  const [tried, setTried] = useState(false)
  const [dismissing, setDismissing] = useState(false)
  const problems = answerProblems(form, shop)
  const set = (changes: Partial<AnswerForm>) => setForm((before) => ({ ...before, ...changes }))
  const send = () => {
    setTried(true)
    if (Object.keys(problems).length > 0) return
    answer.mutate(
      { shop: shop.slug, cardId: card.id, answer: form.answer.trim(), keep: keepOf(form, shop) },
      { onSuccess: () => notifyDone(t('sent')) },
    )
  }
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <CardHead card={card} titleId={titleId} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Stack mt="md">
          {answer.error === null ? null : <ErrorNotice error={answer.error} />}
          <Textarea
            label={t('answer')}
            placeholder={t('answerPlaceholder')}
            required
            autosize
            minRows={2}
            maxRows={8}
            maxLength={2000}
            value={form.answer}
            error={tried && problems.answer !== undefined ? t('answerNeeded') : null}
            onChange={(event) => set({ answer: event.currentTarget.value })}
          />
          <Radio.Group
            label={t('keep.label')}
            value={form.keep}
            onChange={(value) => set({ keep: keepKinds.find((each) => each === value) ?? 'nothing' })}
          >
            <Group mt={6} gap="lg">
              {keepKinds.map((each) => (
                <Radio key={each} value={each} label={t(`keep.${each}`)} />
              ))}
            </Group>
          </Radio.Group>
          <KeepFields form={form} tried={tried} onChange={set} />
          <Text size="sm" c="dimmed">
            {card.state === 'timed_out'
              ? t('late')
              : t('due', { at: dateTimeText(card.dueAt, language, shop.timeZone) })}
          </Text>
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={() => setDismissing(true)}>
              {t('dismiss')}
            </Button>
            <Button type="submit" loading={answer.isPending}>
              {t('send')}
            </Button>
          </Group>
        </Stack>
      </form>
      <Modal
        opened={dismissing}
        onClose={() => setDismissing(false)}
        title={t('dismissTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Dismissal card={card} onClose={() => setDismissing(false)} />
      </Modal>
    </section>
  )
}

interface KeepFieldsProps {
  form: AnswerForm
  tried: boolean
  onChange(changes: Partial<AnswerForm>): void
}

/** What the answer is kept under. */
export function KeepFields({ form, tried, onChange }: KeepFieldsProps) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  if (form.keep === 'nothing') return null
  if (form.keep === 'knowledge') {
    return (
      <TextInput
        label={t('keep.question')}
        maxLength={500}
        value={form.question}
        onChange={(event) => onChange({ question: event.currentTarget.value })}
      />
    )
  }
  const problems = tried ? answerProblems(form, shop) : {}
  const example = editableAmount(1290, shop.currency, shop.locale)
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput
        label={t('keep.name')}
        required
        maxLength={200}
        value={form.name}
        error={problems.name === undefined ? null : t('keep.nameNeeded')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('keep.price', { currency: shop.currency })}
        inputMode="decimal"
        value={form.price}
        error={problems.price === undefined ? null : t('keep.priceBad', { example })}
        onChange={(event) => onChange({ price: event.currentTarget.value })}
      />
    </SimpleGrid>
  )
}

function Dismissal({ card, onClose }: { card: Card; onClose(): void }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const { dismiss } = useCardWrites()
  const [tell, setTell] = useState(true)
  return (
    <Stack>
      <Text size="sm">{card.question}</Text>
      <Switch
        label={t('dismissTell')}
        checked={tell}
        onChange={(event) => setTell(event.currentTarget.checked)}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          loading={dismiss.isPending}
          onClick={() =>
            dismiss.mutate(
              { shop: shop.slug, cardId: card.id, tell },
              {
                onSuccess: () => {
                  notifyDone(t('dismissed'))
                  onClose()
                },
                onError: (error) => notifyFailure(error),
              },
            )
          }
        >
          {t('dismiss')}
        </Button>
      </Group>
    </Stack>
  )
}
