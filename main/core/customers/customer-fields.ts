import { DomainError } from '../errors.ts'
import type { Customer, CustomerInput } from './customer.ts'
import { emailKey } from './keys.ts'
import type { CustomerFields, CustomerRow } from './repository.ts'

/** Blank texts are none; a person of the shop vouches for the phone. @throws DomainError `input.invalid {field}` */
export function checkedFields(input: Partial<CustomerInput>): CustomerFields {
  const { active, phone, email, nationalId, ...rest } = input
  if (email?.trim() && emailKey(email) === null) throw new DomainError('input.invalid', { field: 'email' })
  if (phone?.trim() && !/\d{3}/.test(phone.replace(/\D/g, '')))
    throw new DomainError('input.invalid', { field: 'phone' })
  return {
    ...rest,
    ...(rest.name === undefined ? {} : { name: rest.name.trim() }),
    ...(active === undefined ? {} : { active: active ? 1 : 0 }),
    ...(phone === undefined
      ? {}
      : { phone: phone?.trim() || null, phoneSource: phone?.trim() ? 'person' : null }),
    ...(email === undefined ? {} : { email: email?.trim() || null }),
    ...(nationalId === undefined ? {} : { nationalId: nationalId?.trim() || null }),
  }
}

export function toCustomer(row: CustomerRow): Customer {
  return {
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    nationalId: row.nationalId,
    notes: row.notes,
    active: row.active === 1,
    language: row.language,
    formOfAddress: row.formOfAddress,
    revision: row.revision,
    erasedAt: row.erasedAt,
    createdAt: row.createdAt,
  }
}
