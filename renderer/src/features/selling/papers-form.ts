import type { DocumentTemplate } from '../../../../preload/contract/index.ts'

export const paperKinds = ['quote', 'receipt', 'packing_slip'] as const
export type PaperKind = (typeof paperKinds)[number]
const paperLanguages = ['es', 'en'] as const
export type PaperLanguage = (typeof paperLanguages)[number]

/** The template as the screen holds it; the logo is kept as soon as it is chosen. */
export type TemplateForm = Omit<DocumentTemplate, 'logoHash'>

export function formOf({ logoHash: _, ...template }: DocumentTemplate): TemplateForm {
  return template
}

export type TemplateProblem = 'colour' | 'title'

/** Path of each field that cannot be saved (`es.quote.title`), with what is wrong. */
export function problemsOf(form: TemplateForm): Record<string, TemplateProblem> {
  const problems: Record<string, TemplateProblem> = {}
  if (!/^#[0-9a-fA-F]{6}$/.test(form.colour)) problems.colour = 'colour'
  for (const language of paperLanguages)
    for (const kind of paperKinds)
      if (form[language][kind].title.trim() === '') problems[`${language}.${kind}.title`] = 'title'
  return problems
}

/** The paper and language that a field belongs to, null when it belongs to all. */
export function placeOf(path: string): { language: PaperLanguage; kind: PaperKind } | null {
  const [first, second] = path.split('.')
  const language = paperLanguages.find((each) => each === first)
  const kind = paperKinds.find((each) => each === second)
  return language === undefined || kind === undefined ? null : { language, kind }
}
