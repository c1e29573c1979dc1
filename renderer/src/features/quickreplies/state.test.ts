import { describe, expect, it } from 'vitest'
import { filled, insertedAt, matching, moved, slashQuery } from './state.ts'

const replies = [
  { id: '1', title: 'Envío', text: 'Enviamos en 24 horas.' },
  { id: '2', title: 'Horario', text: 'Abrimos a las 9. Enviamos por la tarde.' },
  { id: '3', title: 'Coste del envío', text: 'Son 3 €.' },
]

describe('quick replies', () => {
  it('are asked for by a slash at the start', () => {
    expect(slashQuery('/')).toBe('')
    expect(slashQuery('/coste del')).toBe('coste del')
    expect(slashQuery('a/b')).toBeNull()
    expect(slashQuery('/uno\n')).toBeNull()
  })

  it('are found without accents, titles first', () => {
    expect(matching(replies, 'envi').map(({ id }) => id)).toEqual(['1', '3', '2'])
    expect(matching(replies, '').length).toBe(3)
    expect(matching(replies, 'piñata')).toEqual([])
  })

  it('fill names in and leave no gap where there is none', () => {
    const values = { customer: 'Ana María', shop: 'El Horno' }
    expect(filled('¡Hola {nombre}! Gracias por escribir a {tienda}.', values)).toBe(
      '¡Hola Ana! Gracias por escribir a El Horno.',
    )
    expect(filled('Hi {NAME}, {shop} here', values)).toBe('Hi Ana, El Horno here')
    const nobody = { customer: '+34 600 111 222', shop: 'El Horno' }
    expect(filled('¡Hola {nombre}! Sí.', nobody)).toBe('¡Hola! Sí.')
    expect(filled('{nombre}, ya está listo', nobody)).toBe('ya está listo')
    expect(filled('{nombre} en {tienda}', { customer: 'A$& B', shop: '$1' })).toBe('A$& en $1')
  })

  it('are put where the caret is', () => {
    expect(insertedAt('Hola', 'Abrimos a las 9.', 4, 4)).toEqual({
      text: 'Hola Abrimos a las 9.',
      caret: 21,
    })
    expect(insertedAt('', 'Sí', 0, 0)).toEqual({ text: 'Sí', caret: 2 })
    expect(insertedAt('antes después', 'X', 6, 13).text).toBe('antes X')
    expect(insertedAt('ab', 'X', 1, 1).text).toBe('a X b')
  })

  it('move within their bounds', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 'c', 1)).toBeNull()
    expect(moved(['a', 'b', 'c'], 'x', 1)).toBeNull()
  })
})
