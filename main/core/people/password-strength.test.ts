import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortestPassword, weaknessOf } from './password-strength.ts'

const names = ['Rosa Peña', 'Despensa de Lola']

describe('a password', () => {
  it.each([
    ['gato verde tranvía', null],
    ['correct horse battery', null],
    ['Xk7#pq2Vw9', null],
    ['rosa y el tren azul', null],
    ['二人は夏の海へ行く道', null],
    ['corta', 'short'],
    ['ﬁﬁﬁﬁ', 'short'],
    ['aaaaaaaaaaaa', 'pattern'],
    ['abcabcabcabc', 'pattern'],
    ['1234567890', 'pattern'],
    ['0987654321', 'pattern'],
    ['qwertyuiop', 'pattern'],
    ['1q2w3e4r5t', 'pattern'],
    ['1qaz2wsx3edc', 'pattern'],
    ['abcdefghij', 'pattern'],
    ['password2026', 'common'],
    ['P4ssw0rd!99', 'common'],
    ['Contraseña1', 'common'],
    ['contraseña1345', 'common'],
    ['bienvenidos', 'common'],
    ['tequieromucho', 'common'],
    ['rosapeña2026', 'name'],
    ['RosaRosa12', 'name'],
    ['despensadelola', 'name'],
    ['D3sp3ns4 de L0la', 'name'],
  ])('%s: %s', (password, weakness) => {
    expect(weaknessOf(password, names)).toBe(weakness)
  })

  it('of unrelated letters and figures is taken whenever it is long enough', () => {
    const sign = fc.constantFrom(...'bdfhjlnprtvxz2468')
    const word = fc.array(sign, { minLength: shortestPassword, maxLength: 40 })
    fc.assert(
      fc.property(word, (signs) => {
        const password = signs.join('')
        fc.pre(new Set(signs).size >= 8)
        expect(weaknessOf(password, [])).toBeNull()
      }),
    )
  })
})
