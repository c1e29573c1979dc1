import { Textarea, TextInput } from '@mantine/core'
import type { PartProps } from './editing.ts'
import type { LabelForm } from './form.ts'

interface LabelFieldProps extends PartProps {
  /** Of the label in the form: `inputs.0.label`. */
  path: string
  label: string
  description?: string
  value: LabelForm
  required?: boolean
  /** Several lines. */
  long?: boolean
  flex?: number
}

/** A text in the language that is being written; the other language's text shows where it is still empty. */
export function LabelField({ form, language, path, value, long = false, flex, ...texts }: LabelFieldProps) {
  const at = `${path}.${language}`
  const props = {
    ...texts,
    flex,
    lang: language,
    maxLength: 200,
    autoComplete: 'off',
    placeholder: value[language === 'es' ? 'en' : 'es'],
    ...form.getInputProps(at),
  }
  return long ? <Textarea key={at} autosize minRows={2} {...props} /> : <TextInput key={at} {...props} />
}
