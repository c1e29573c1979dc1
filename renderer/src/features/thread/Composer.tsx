import { ActionIcon, Textarea } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { type AriaAttributes, type KeyboardEvent, type RefObject, useRef } from 'react'
import classes from './Composer.module.css'

interface ComposerProps {
  value: string
  onChange(value: string): void
  onSend(text: string): void
  label: string
  placeholder: string
  sendLabel: string
  hint?: string
  busy: boolean
  tone?: 'note'
  /** Something goes with the text, so that the text may be empty. */
  attached?: boolean
  /** Sees a key first; true when it was meant for a list above the text. */
  onKey?(event: KeyboardEvent): boolean
  onFile?(file: File): void
  /** Names the list above the text, where there is one. */
  aria?: Pick<AriaAttributes, 'aria-controls' | 'aria-activedescendant' | 'aria-autocomplete'>
  inputRef?: RefObject<HTMLTextAreaElement | null>
}

/** Enter sends, Shift+Enter makes a new line; text that is being composed by an input method is left alone. */
export function Composer(props: ComposerProps) {
  const own = useRef<HTMLTextAreaElement>(null)
  const input = props.inputRef ?? own
  const ready = (props.value.trim() !== '' || props.attached === true) && !props.busy
  const send = () => {
    if (!ready) return
    props.onSend(props.value.trim())
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (props.onKey?.(event) === true) return
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      className={classes.composer}
      data-tone={props.tone}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Textarea
        ref={input}
        className={classes.input}
        aria-label={props.label}
        placeholder={props.placeholder}
        title={props.hint}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const file = event.clipboardData.files[0]
          if (file === undefined || props.onFile === undefined) return
          event.preventDefault()
          props.onFile(file)
        }}
        {...props.aria}
        autosize
        minRows={1}
        maxRows={7}
        maxLength={20_000}
        radius="lg"
      />
      <ActionIcon
        type="submit"
        size={38}
        radius="xl"
        aria-label={props.sendLabel}
        disabled={!ready}
        loading={props.busy}
      >
        <IconArrowUp size={20} stroke={2.2} />
      </ActionIcon>
    </form>
  )
}
