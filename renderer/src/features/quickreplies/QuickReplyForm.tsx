import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuickReply } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { failureText, isFailure } from '../../rpc/failure.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import classes from './QuickReplies.module.css'
import { useQuickReplyWrites } from './queries.ts'
import { filled } from './state.ts'

/** A quick reply that is new or being changed, with how it would read. */
export function QuickReplyForm({ reply, onClose }: { reply: QuickReply | null; onClose(): void }) {
  const { t } = useTranslation(['serving', 'common'])
  const shop = useShop()
  const { save } = useQuickReplyWrites()
  const [title, setTitle] = useState(reply?.title ?? '')
  const [text, setText] = useState(reply?.text ?? '')
  const ready = title.trim() !== '' && text.trim() !== ''
  const taken = isFailure(save.error, 'quick_reply.title_taken')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready || save.isPending) return
        save.mutate(
          {
            shop: shop.slug,
            title: title.trim(),
            text: text.trim(),
            ...(reply === null ? {} : { id: reply.id }),
          },
          { onSuccess: onClose },
        )
      }}
    >
      <Stack gap="sm">
        {save.error === null || taken ? null : <ErrorNotice error={save.error} />}
        <TextInput
          data-autofocus
          autoFocus
          label={t('quick.name')}
          placeholder={t('quick.namePlaceholder')}
          maxLength={60}
          value={title}
          error={taken ? failureText(save.error) : null}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label={t('quick.text')}
          description={t('quick.fields')}
          placeholder={t('quick.textPlaceholder')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {text.includes('{') ? (
          <p className={classes.replyText}>
            {filled(text, { customer: t('quick.exampleName'), shop: shop.name })}
          </p>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!ready}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
