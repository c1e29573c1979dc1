import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { QuickReplyService } from './service.ts'

let test: TestStorage
let replies: QuickReplyService
beforeEach(() => {
  test = createTestStorage()
  replies = new QuickReplyService(test.storage)
})
afterEach(() => test.close())

const save = (title: string, id?: string) =>
  test.storage.write('person:1', (tx) =>
    replies.save(tx, { title, text: `Texto de ${title}`, ...(id === undefined ? {} : { id }) }),
  )
const titles = () => replies.list().map(({ title }) => title)

it('keeps them in the order that the owner gives', () => {
  const [hours, pay] = [save('Horario'), save(' Cómo pagar ')]
  const third = save('Envíos')
  expect(titles()).toEqual(['Horario', 'Cómo pagar', 'Envíos'])
  test.storage.write('person:1', (tx) => replies.order(tx, [third.id, 'nobody', pay.id]))
  expect(titles()).toEqual(['Envíos', 'Cómo pagar', 'Horario'])
  expect(save('Horarios', hours.id)).toMatchObject({ id: hours.id, title: 'Horarios' })
  expect(titles()).toEqual(['Envíos', 'Cómo pagar', 'Horarios'])
})

it('has one of each title, also when one comes back', () => {
  const first = save('Horario')
  expect(() => save('HORARIO')).toThrowError(expect.objectContaining({ code: 'quick_reply.title_taken' }))
  test.storage.write('person:1', (tx) => replies.remove(tx, first.id))
  expect(replies.list()).toEqual([])
  const second = save('Horario')
  const restore = () => test.storage.write('person:1', (tx) => replies.restore(tx, first.id))
  expect(restore).toThrowError(expect.objectContaining({ code: 'quick_reply.title_taken' }))
  test.storage.write('person:1', (tx) => replies.remove(tx, second.id))
  expect(restore()).toMatchObject({ id: first.id })
  expect(titles()).toEqual(['Horario'])
  expect(restore).toThrowError(expect.objectContaining({ code: 'not_found' }))
})
