import { Anchor, Badge, Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Card } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { dateTimeText } from '../../ui/time.ts'
import { CardHead } from './CardHead.tsx'
import { KeepFields } from './OpenCard.tsx'
import classes from './Questions.module.css'
import { useCardWrites } from './queries.ts'
import { answererName, canKeep, emptyAnswer, priceOf, productProblems } from './state.ts'

const colors = { open: 'clay', answered: 'green', dismissed: 'gray', timed_out: 'yellow' } as const

/** A question that is closed: what was said, by whom, and what became of it. */
export function ClosedCard({ card }: { card: Card }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const titleId = useId()
  const [keeping, setKeeping] = useState(false)
  const name = answererName(card)
  const at = card.answeredAt === null ? null : dateTimeText(card.answeredAt, language, shop.timeZone)
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <CardHead card={card} titleId={titleId} />
      <Group gap="xs" mt="sm">
        <Badge size="sm" variant="light" color={colors[card.state]} tt="none">
          {t(`state.${card.state}`)}
        </Badge>
        {at === null ? null : (
          <Text size="sm" c="dimmed">
            {name === null ? t('answeredAt', { at }) : t('answeredBy', { name, at })}
          </Text>
        )}
      </Group>
      {card.answer === '' ? null : (
        <Text mt={6} className={classes.wrap}>
          {card.answer}
        </Text>
      )}
      {card.knowledgeId === null ? null : (
        <Text size="sm" c="dimmed" mt={4}>
          {t('kept.knowledge')}
        </Text>
      )}
      {card.productId === null ? null : (
        <Text size="sm" c="dimmed" mt={4}>
          {t('kept.product')}.{' '}
          <Anchor
            component={Link}
            href={screenPath(shop.slug, 'products', card.productId)}
            size="sm"
            underline="always"
          >
            {t('openProduct')}
          </Anchor>
        </Text>
      )}
      {canKeep(card) ? (
        <Button size="xs" variant="default" mt="sm" onClick={() => setKeeping(true)}>
          {t('keep.later')}
        </Button>
      ) : null}
      <Modal
        opened={keeping}
        onClose={() => setKeeping(false)}
        title={t('keep.laterTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <KeepLater card={card} onClose={() => setKeeping(false)} />
      </Modal>
    </section>
  )
}

function KeepLater({ card, onClose }: { card: Card; onClose(): void }) {
  const { t } = useTranslation(['questions', 'common'])
  const shop = useShop()
  const { keep } = useCardWrites()
  const [as, setAs] = useState<'knowledge' | 'product'>(card.kind === 'product' ? 'product' : 'knowledge')
  const [form, setForm] = useState(() => emptyAnswer(card))
  const [tried, setTried] = useState(false)
  const save = () => {
    setTried(true)
    if (as === 'product' && Object.keys(productProblems(form, shop)).length > 0) return
    const name = as === 'product' ? form.name.trim() : form.question.trim() || card.question
    keep.mutate(
      {
        shop: shop.slug,
        cardId: card.id,
        as,
        name,
        price: as === 'product' ? priceOf(form.price, shop) : null,
      },
      {
        onSuccess: () => {
          notifyDone(t('keep.done'))
          onClose()
        },
      },
    )
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack>
        {keep.error === null ? null : <ErrorNotice error={keep.error} />}
        <Text className={classes.wrap}>{card.answer}</Text>
        <SegmentedControl
          aria-label={t('keep.as')}
          value={as}
          onChange={(value) => setAs(value === 'product' ? 'product' : 'knowledge')}
          data={[
            { value: 'knowledge', label: t('keep.knowledge') },
            { value: 'product', label: t('keep.product') },
          ]}
        />
        <KeepFields
          form={{ ...form, keep: as }}
          tried={tried}
          onChange={(changes) => setForm((before) => ({ ...before, ...changes }))}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={keep.isPending}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
