import { describe, expect, it } from 'vitest'
import { emptyInput, type InputForm } from './form.ts'
import { answersOf, figureProblem } from './trial.ts'

const area: InputForm = { ...emptyInput('number'), id: 'a', min: '2,5', max: '100' }
const finish: InputForm = { ...emptyInput('choice'), id: 'b' }
const lift: InputForm = { ...emptyInput('yes_no'), id: 'c' }
const inputs = [area, finish, lift]
const keys = ['area', 'finish', 'lift']
const chosen = (_: number, option: string) => (option === 'o1' ? 'matt' : null)

describe('answers to a tariff on trial', () => {
  it('go to the app by its keys and in its types', () => {
    expect(answersOf(inputs, keys, { a: '12,5', b: 'o1', c: 'no' }, chosen)).toEqual({
      area: 12.5,
      finish: 'matt',
      lift: false,
    })
  })

  it('leave out what is not there, no longer there, or not possible', () => {
    expect(answersOf(inputs, keys, { a: '1', b: 'gone', c: '' }, chosen)).toEqual({})
    expect(answersOf(inputs, [], { a: '12', c: 'yes' }, chosen)).toEqual({})
  })

  it('say what is wrong with a figure', () => {
    expect(figureProblem(area, '')).toBeNull()
    expect(figureProblem(area, '2,5')).toBeNull()
    expect(figureProblem(area, '2,4')).toBe('low')
    expect(figureProblem(area, '101')).toBe('high')
    expect(figureProblem(area, 'mucho')).toBe('figure')
    expect(figureProblem(emptyInput('number'), '0')).toBeNull()
  })
})
