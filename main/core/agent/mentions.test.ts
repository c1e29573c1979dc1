import { expect, it } from 'vitest'
import { createMentions } from './mentions.ts'

const catalog = [
  { productId: '1', name: 'Té verde' },
  { productId: '2', name: 'Té verde sencha' },
  { productId: '3', name: 'Café' },
  { productId: '4', name: 'Taza esmaltada' },
]

it('takes the longest name, whole words, without accents or case', () => {
  const { find } = createMentions(() => catalog)
  expect(find('tenemos TE VERDE SENCHA y tazas').map(({ productId }) => productId)).toEqual(['2'])
  expect(find('La *Taza Esmaltada* y el té verde.').map(({ productId }) => productId)).toEqual(['4', '1'])
  expect(find('té verdes')).toEqual([])
})

it('takes a single common word only where it is written as a name', () => {
  const { find } = createMentions(() => catalog)
  expect(find('¿Quieres un café?')).toEqual([])
  expect(find('Café para todos')).toEqual([])
  expect(find('También hay Café por aquí')).toHaveLength(1)
})

it('is built again after a change', () => {
  const names = [...catalog]
  const mentions = createMentions(() => names)
  expect(mentions.find('la prensa francesa')).toEqual([])
  names.push({ productId: '5', name: 'Prensa francesa' })
  mentions.invalidate()
  expect(mentions.find('la prensa francesa')).toHaveLength(1)
})

it('finds names among 10,000 products in under 5 ms', () => {
  const names = Array.from({ length: 10_000 }, (_, at) => ({
    productId: String(at),
    name: `Producto modelo ${at % 100} serie ${at}`,
  }))
  const mentions = createMentions(() => names)
  mentions.find('')
  const text = 'Tenemos el Producto modelo 7 serie 1007 y otro producto modelo 8. '.repeat(10)
  const start = performance.now()
  expect(mentions.find(text)).toHaveLength(10)
  expect(performance.now() - start).toBeLessThan(5)
})
