import { parseFigure } from './figures.ts'
import type { InputForm } from './form.ts'

/** Whether a figure is one that the question takes: what is not is told instead of sent. */
export function figureProblem(input: InputForm, text: string): 'figure' | 'low' | 'high' | null {
  if (text.trim() === '') return null
  const value = parseFigure(text)
  if (value === null) return 'figure'
  const [min, max] = [parseFigure(input.min), parseFigure(input.max)]
  if (min !== null && value < min) return 'low'
  return max !== null && value > max ? 'high' : null
}

/** Answers as they were given on the screen, by the question's id, as the app takes them by its key. */
export function answersOf(
  inputs: readonly InputForm[],
  keys: readonly string[],
  given: Readonly<Record<string, string>>,
  valueOfOption: (input: number, option: string) => string | null,
): Record<string, string | number | boolean> {
  const answers: Record<string, string | number | boolean> = {}
  inputs.forEach((input, index) => {
    const key = keys[index]
    const text = given[input.id] ?? ''
    if (key === undefined || text.trim() === '') return
    if (input.type === 'number') {
      const value = parseFigure(text)
      if (value !== null && figureProblem(input, text) === null) answers[key] = value
    } else if (input.type === 'yes_no') answers[key] = text === 'yes'
    else {
      const value = valueOfOption(index, text)
      if (value !== null) answers[key] = value
    }
  })
  return answers
}
