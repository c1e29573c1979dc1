import { ActionIcon, Button, FileButton, Loader, SegmentedControl, Text } from '@mantine/core'
import { IconBolt, IconPaperclip, IconSparkles } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { bytesText } from '../../ui/bytes.ts'
import { QuickReplyManager } from '../quickreplies/QuickReplyManager.tsx'
import { QuickReplyPanel } from '../quickreplies/QuickReplyPanel.tsx'
import { filled, insertedAt, slashQuery } from '../quickreplies/state.ts'
import { useQuickReplyPicker } from '../quickreplies/use-picker.ts'
import { Composer } from '../thread/Composer.tsx'
import { AttachedFile } from './AttachedFile.tsx'
import { attachable, attachProblem, largestAttachment } from './attaching.ts'
import classes from './OwnerComposer.module.css'
import { useSending } from './sending.ts'
import { useDraft, useInboxStore } from './store.ts'
import { useSuggestion } from './suggestion.ts'

/** Where a person of the shop writes: to the customer, or a note that stays here. */
export function OwnerComposer({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const draft = useDraft(conversation.id)
  const setDraft = useInboxStore((store) => store.setDraft)
  const send = useSending(conversation.id)
  const input = useRef<HTMLTextAreaElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [managing, setManaging] = useState(false)
  const language = usePreferences((preferences) => preferences.language)
  const suggestion = useSuggestion(conversation.id, () => input.current?.focus())
  const asNote = draft.kind === 'note'

  const write = (text: string) => setDraft(conversation.id, asNote ? { note: text } : { message: text })
  const picker = useQuickReplyPicker({
    slash: asNote ? null : slashQuery(draft.message),
    onPick: (reply, from) => {
      const text = filled(reply.text, { customer: conversation.customer.name, shop: shop.name })
      const field = input.current
      const start = from === 'slash' ? 0 : (field?.selectionStart ?? draft.message.length)
      const end = from === 'slash' ? draft.message.length : (field?.selectionEnd ?? start)
      const next = insertedAt(draft.message, text, start, end)
      write(next.text)
      // Once the field holds the new text.
      window.setTimeout(() => {
        field?.focus()
        field?.setSelectionRange(next.caret, next.caret)
      })
    },
  })
  const attach = (file: File | null) => {
    if (file === null) return
    const found = attachProblem(file)
    setProblem(
      found === null
        ? null
        : t(`attach.${found}`, { name: file.name, size: bytesText(largestAttachment, language) }),
    )
    if (found === null) setDraft(conversation.id, { file })
    input.current?.focus()
  }

  return (
    <footer className={classes.foot}>
      {picker.open ? (
        <QuickReplyPanel
          picker={picker}
          customer={conversation.customer.name}
          onManage={() => {
            picker.close()
            setManaging(true)
          }}
        />
      ) : null}
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('composer.kind')}
          data={[
            { value: 'message', label: t('composer.asMessage') },
            { value: 'note', label: t('composer.asNote') },
          ]}
          value={draft.kind}
          onChange={(kind) => setDraft(conversation.id, { kind: kind === 'note' ? 'note' : 'message' })}
        />
        {asNote ? null : (
          <div className={classes.tools}>
            <SuggestButton running={suggestion.running} onAsk={suggestion.ask} onCancel={suggestion.cancel} />
            <ActionIcon
              variant="subtle"
              size={34}
              aria-label={t('quick.open')}
              title={t('quick.open')}
              aria-expanded={picker.open}
              onClick={picker.toggle}
            >
              <IconBolt size={19} />
            </ActionIcon>
            <FileButton accept={attachable.join(',')} onChange={attach}>
              {(props) => (
                <ActionIcon
                  {...props}
                  variant="subtle"
                  size={34}
                  aria-label={t('attach.add')}
                  title={t('attach.add')}
                >
                  <IconPaperclip size={19} />
                </ActionIcon>
              )}
            </FileButton>
          </div>
        )}
      </div>
      {problem === null ? null : (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      {asNote || draft.file === null ? null : (
        <AttachedFile file={draft.file} onRemove={() => setDraft(conversation.id, { file: null })} />
      )}
      {asNote || draft.suggested === null ? null : (
        <Text size="sm" className={classes.hint} role="status">
          {t(`suggest.${draft.suggested}`)}
        </Text>
      )}
      <Composer
        inputRef={input}
        tone={asNote ? 'note' : undefined}
        value={asNote ? draft.note : draft.message}
        onChange={write}
        onSend={(text) => {
          setProblem(null)
          send.mutate({ kind: draft.kind, text, file: asNote ? null : draft.file })
        }}
        label={asNote ? t('composer.noteLabel') : t('composer.label')}
        placeholder={
          asNote
            ? t('composer.notePlaceholder')
            : conversation.mode === 'person'
              ? t('composer.placeholder')
              : t('composer.placeholderTakes')
        }
        sendLabel={asNote ? t('composer.addNote') : t('composer.send')}
        hint={t('composer.hint')}
        busy={send.isPending}
        attached={!asNote && draft.file !== null}
        onKey={picker.onKey}
        aria={picker.aria}
        {...(asNote ? {} : { onFile: attach })}
      />
      <QuickReplyManager opened={managing} onClose={() => setManaging(false)} />
    </footer>
  )
}

interface SuggestButtonProps {
  running: boolean
  onAsk(): void
  onCancel(): void
}

/** Keeps its place while the assistant thinks: what is pressed then stops it. */
function SuggestButton({ running, onAsk, onCancel }: SuggestButtonProps) {
  const { t } = useTranslation(['inbox', 'common'])
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        className={classes.suggest}
        leftSection={
          running ? <Loader size={16} color="currentColor" aria-hidden /> : <IconSparkles size={17} />
        }
        onClick={running ? onCancel : onAsk}
      >
        {running ? t('suggest.cancel') : t('suggest.ask')}
      </Button>
      <span role="status" className="visually-hidden">
        {running ? t('suggest.running') : ''}
      </span>
    </>
  )
}
