import { describe, expect, it } from 'vitest'
import type { DocumentTemplate } from '../../../../preload/contract/index.ts'
import { formOf, placeOf, problemsOf } from './papers-form.ts'

const words = { title: 'Recibo', intro: '', terms: '', footer: '' }
const papers = { quote: words, receipt: words, packing_slip: words }
const template: DocumentTemplate = {
  logoHash: 'abc',
  colour: '#a8481f',
  legal: '',
  showSku: true,
  showTaxes: false,
  es: papers,
  en: papers,
}

describe('templates of papers', () => {
  it('come back without the logo, which is kept by itself', () => {
    expect({ ...formOf(template), logoHash: 'abc' }).toEqual(template)
    expect(formOf(template)).not.toHaveProperty('logoHash')
    expect(problemsOf(formOf(template))).toEqual({})
  })

  it('say what cannot be saved, and where it is shown', () => {
    const bad = {
      ...formOf(template),
      colour: 'red',
      en: { ...papers, quote: { ...words, title: ' ' } },
    }
    expect(problemsOf(bad)).toEqual({ colour: 'colour', 'en.quote.title': 'title' })
    expect(placeOf('en.quote.title')).toEqual({ language: 'en', kind: 'quote' })
    expect(placeOf('colour')).toBeNull()
  })
})
