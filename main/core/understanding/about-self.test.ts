import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAboutSelf } from './about-self.ts'

describe('what a customer tells of themselves', () => {
  it.each([
    ['uso la talla M', 'size', 'talla M'],
    ['Yo uso la M.', 'size', 'talla M'],
    ['calzo el 40', 'size', 'talla 40'],
    ['gasto una 38', 'size', 'talla 38'],
    ['mi talla es la XL', 'size', 'talla XL'],
    ['soy talla S', 'size', 'talla S'],
    ['suelo usar la L', 'size', 'talla L'],
    ['mi número de pie es el 42', 'size', 'talla 42'],
    ["I'm a size 10", 'size', 'size 10'],
    ['I wear a medium', 'size', 'size medium'],
    ['I usually wear XL', 'size', 'size XL'],
    ['my size is M', 'size', 'size M'],
    ['soy alérgica a los frutos secos', 'allergy', 'soy alérgica a los frutos secos'],
    ['Soy celíaco', 'allergy', 'Soy celíaco'],
    ['tengo alergia al sésamo', 'allergy', 'tengo alergia al sésamo'],
    ['soy intolerante a la lactosa', 'allergy', 'soy intolerante a la lactosa'],
    ['mi hija es alérgica al huevo', 'allergy', 'mi hija es alérgica al huevo'],
    ["I'm allergic to nuts", 'allergy', "I'm allergic to nuts"],
    ['I have a nut allergy', 'allergy', 'I have a nut allergy'],
    ["I'm lactose intolerant", 'allergy', "I'm lactose intolerant"],
    ['uso la talla M en camisetas', 'size', 'talla M'],
    ['la talla que uso es la M', 'size', 'talla M'],
    ['I wear size 8 shoes', 'size', 'size 8'],
    ['sin azúcar por favor', 'taste', 'sin azúcar'],
    ['no puedo comer cacahuetes', 'taste', 'sin cacahuetes'],
    ['soy vegana', 'taste', 'vegana'],
    ['mi hijo es celíaco', 'allergy', 'mi hijo es celíaco'],
    ['I have celiac disease', 'allergy', 'I have celiac disease'],
    ['sin nueces por favor', 'taste', 'sin nueces'],
    ['siempre sin cebolla', 'taste', 'sin cebolla'],
    ['no me gusta el cilantro', 'taste', 'sin cilantro'],
    ['no nuts please', 'taste', 'no nuts'],
    ["I don't like coriander", 'taste', 'no coriander'],
    ['entregadme en la oficina', 'delivery', 'entregar en la oficina'],
    ['déjenlo siempre con el portero', 'delivery', 'entregar en el portero'],
    ['please deliver to my office', 'delivery', 'deliver to my office'],
    ['leave it with the neighbour', 'delivery', 'deliver to the neighbour'],
  ])('%s', (message, topic, text) => {
    expect(readAboutSelf(message)).toMatchObject({ told: [{ topic, text }], rest: '' })
  })

  it.each([
    'quiero la camiseta talla M',
    'la M',
    'talla M',
    'me llevo la L',
    "I'll take a medium",
    'en talla 40',
    '¿uso la M o la L?',
    'si uso la M, ¿me vale esta?',
    'mi marido usa la L',
    '¿tenéis galletas sin azúcar?',
    'café sin azúcar',
    'galletas sin nueces por favor',
    'quiero una tarta sin gluten',
    'sin estampado por favor',
    'no me gusta el rojo',
    'envíamelo a casa',
    '¿entregáis en la oficina?',
    'borra la bufanda',
    'quita la talla M del carrito',
    "I'm a small business",
    'I have a question about an order',
    'I have a dog',
    'soy alérgico a pagar 5 €',
    'uso la tarjeta',
    'uso la 1',
    'tengo 40 años',
    '¿cuánto es el envío a la oficina?',
    '¿eres alérgica a los gatos?',
  ])('%s is none', (message) => {
    const { told, forget, erase } = readAboutSelf(message)
    expect({ told, forget, erase }).toEqual({ told: [], forget: [], erase: false })
  })

  it('leaves the rest of the message to be answered', () => {
    expect(readAboutSelf('Uso la talla M. ¿Tenéis sudaderas?')).toMatchObject({
      told: [{ text: 'talla M' }],
      rest: '¿Tenéis sudaderas?',
    })
    expect(readAboutSelf('hola, soy alérgica a los frutos secos, ¿qué galletas tenéis?')).toMatchObject({
      told: [{ topic: 'allergy', text: 'soy alérgica a los frutos secos' }],
      rest: 'hola, ¿qué galletas tenéis?',
    })
    expect(
      readAboutSelf('Soy alérgica a los cacahuetes, las nueces y el sésamo. Quiero dos tartas').told,
    ).toEqual([{ topic: 'allergy', text: 'Soy alérgica a los cacahuetes, las nueces y el sésamo' }])
    expect(readAboutSelf('soy alérgica a las nueces y quiero dos tartas')).toMatchObject({
      told: [{ text: 'soy alérgica a las nueces' }],
      rest: 'y quiero dos tartas',
    })
    expect(readAboutSelf('Uso la L y entregadme siempre en la oficina').told).toEqual([
      { topic: 'size', text: 'talla L' },
      { topic: 'delivery', text: 'entregar en la oficina' },
    ])
    expect(readAboutSelf('calzo el 40,5').told).toEqual([{ topic: 'size', text: 'talla 40,5' }])
  })

  it('takes an e-mail or a phone that they tell as theirs', () => {
    expect(readAboutSelf('mi correo es Ana.P@example.org. ¿Tenéis guantes?')).toMatchObject({
      contact: { email: 'Ana.P@example.org' },
      rest: '¿Tenéis guantes?',
    })
    expect(readAboutSelf('ana@example.org').contact).toEqual({ email: 'ana@example.org' })
    expect(readAboutSelf('my phone number is +34 600 111 222').contact).toEqual({ phone: '+34 600 111 222' })
    for (const other of ['escribe a ana@example.org', '¿cuál es vuestro correo?', 'quiero 600 111 222 tazas'])
      expect(readAboutSelf(other), other).toMatchObject({ contact: {}, rest: other })
  })

  it('reads any text without getting lost in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { told } = readAboutSelf(text)
        for (const one of told) expect(one.text.length).toBeLessThanOrEqual(300)
      }),
    )
    for (const part of [
      'y que yo ',
      'uso la ',
      'sin nueces y ',
      'soy alérgica a ',
      'a@',
      'mi correo es ',
      '1 ',
    ])
      readAboutSelf(part.repeat(4000 / part.length))
  })

  it('notices what is to be forgotten, and who wants their data gone', () => {
    expect(readAboutSelf('olvida mi talla').forget).toEqual([{ topic: 'size' }])
    expect(readAboutSelf('Olvídate de mi alergia').forget).toEqual([{ topic: 'allergy' }])
    expect(readAboutSelf('olvida lo que sabes de mí').forget).toEqual([{ topic: null }])
    expect(readAboutSelf('forget my size').forget).toEqual([{ topic: 'size' }])
    expect(readAboutSelf('forget my preferences please').forget).toEqual([{ topic: null }])
    for (const text of [
      'borra mis datos',
      'quiero que eliminéis mis datos personales',
      'please delete my data',
    ])
      expect(readAboutSelf(text).erase, text).toBe(true)
  })
})
