import type { UseFormReturnType } from '@mantine/form'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { SaveBar } from './SaveBar.tsx'

interface EditorFormProps<Values> {
  form: UseFormReturnType<Values>
  /** What is stored, as the form has it; plain JSON. */
  kept: Values
  /** Stores, and answers what is stored then. A rejection leaves the form as it is: whoever stores has told of it. */
  save(values: Values): Promise<Values>
  unsaved: string
  discard: string
  /** Shows what is wrong; the first field that is gets the focus unless this is given. */
  onProblems?(problems: Record<string, unknown>): void
  children: ReactNode
}

/** A long form of settings: saved as a whole, kept from being lost, and in step with what others change while untouched. */
export function EditorForm<Values extends object>(props: EditorFormProps<Values>) {
  const { form, kept, save, unsaved, discard, onProblems, children } = props
  const [saving, setSaving] = useState(false)
  const dirty = form.isDirty()
  const { setValues, resetDirty } = form
  const keptText = JSON.stringify(kept)
  const shown = useRef(keptText)
  useEffect(() => {
    if (dirty || shown.current === keptText) return
    shown.current = keptText
    const values: Values = JSON.parse(keptText)
    setValues(values)
    resetDirty(values)
  }, [dirty, keptText, setValues, resetDirty])

  const store = async (values: Values) => {
    const sent = JSON.stringify(values)
    setSaving(true)
    try {
      const saved = await save(values)
      shown.current = JSON.stringify(saved)
      // What was typed meanwhile stays, and is not saved yet.
      if (JSON.stringify(form.getValues()) === sent) form.setValues(saved)
      form.resetDirty(saved)
    } catch {
      // Told by whoever stores.
    } finally {
      setSaving(false)
    }
  }
  const focusFirst = (problems: Record<string, unknown>) => {
    const first = Object.keys(problems)[0]
    if (first !== undefined) form.getInputNode(first)?.focus()
  }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => void store(values), onProblems ?? focusFirst)}>
      {children}
      <SaveBar
        dirty={dirty}
        saving={saving}
        unsaved={unsaved}
        discard={discard}
        onDiscard={() => form.reset()}
      />
    </form>
  )
}
