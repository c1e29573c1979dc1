import type { Customer, Inputs, MergeSuggestion } from '../../../../preload/contract/index.ts'

export const customerFilters = ['all', 'with_orders', 'active', 'inactive'] as const
export type CustomerFilter = (typeof customerFilters)[number]

type ListInput = Omit<Inputs['customers']['list'], 'shop' | 'limit' | 'offset'>

export function listInput(text: string, filter: CustomerFilter): ListInput {
  return {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(filter === 'with_orders' ? { withOrders: true } : {}),
    ...(filter === 'active' ? { active: true } : filter === 'inactive' ? { active: false } : {}),
  }
}

/** A customer's own fields as the form holds them; '' is nothing. */
export interface CustomerForm {
  name: string
  phone: string
  email: string
  nationalId: string
  notes: string
  active: boolean
  language: '' | 'es' | 'en'
  formOfAddress: '' | 'tu' | 'usted' | 'vos'
}

export const emptyCustomer: CustomerForm = {
  name: '',
  phone: '',
  email: '',
  nationalId: '',
  notes: '',
  active: true,
  language: '',
  formOfAddress: '',
}

export function formOf(customer: Customer): CustomerForm {
  return {
    name: customer.name,
    phone: customer.phone ?? '',
    email: customer.email ?? '',
    nationalId: customer.nationalId ?? '',
    notes: customer.notes,
    active: customer.active,
    language: customer.language ?? '',
    formOfAddress: customer.formOfAddress ?? '',
  }
}

type Fields = Inputs['customers']['update']['changes']

function fieldsOf(form: CustomerForm): Required<Fields> {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    name: form.name.trim(),
    phone: orNull(form.phone),
    email: orNull(form.email),
    nationalId: orNull(form.nationalId),
    notes: form.notes.trim(),
    active: form.active,
    language: form.language === '' ? null : form.language,
    formOfAddress: form.formOfAddress === '' ? null : form.formOfAddress,
  }
}

export function inputOf(form: CustomerForm): Fields {
  return fieldsOf(form)
}

/** Only what differs from the record as it was loaded. */
export function changesOf(form: CustomerForm, customer: Customer): Fields {
  const before = fieldsOf(formOf(customer))
  return Object.fromEntries(
    Object.entries(fieldsOf(form)).filter(([name, value]) => value !== Reflect.get(before, name)),
  )
}

export type CustomerProblem = 'nothing' | 'email' | 'phone'

/** Somebody who wrote in the chat may stay without a name; a record made by hand needs something to find it by. */
export function problemsOf(form: CustomerForm, made: boolean): Record<string, CustomerProblem> {
  const problems: Record<string, CustomerProblem> = {}
  if (made && form.name.trim() === '' && form.phone.trim() === '') problems.name = 'nothing'
  if (form.email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.email.trim()))
    problems.email = 'email'
  if (form.phone.trim() !== '' && form.phone.replace(/\D/g, '').length < 5) problems.phone = 'phone'
  return problems
}

/** Whether what was typed is the name that an erasure wants to be typed. */
export function isTyped(typed: string, name: string): boolean {
  const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLocaleLowerCase()
  return plain(typed) === plain(name)
}

/** The pair with the other one staying. */
export function swapped(suggestion: MergeSuggestion): MergeSuggestion {
  return { ...suggestion, kept: suggestion.merged, merged: suggestion.kept }
}

/** The merge that an answer tells of and that was not there before. */
export function newMerge(after: Customer, before: readonly string[] = []): string | null {
  const fresh = after.merges.filter((merge) => !before.includes(merge.id))
  const [first] = fresh.toSorted((one, other) => other.at.localeCompare(one.at))
  return first?.id ?? null
}
