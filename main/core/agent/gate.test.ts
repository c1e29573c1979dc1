import { describe, expect, it } from 'vitest'
import { type MutantName, withMutant } from '../mutants.ts'
import type { GateInput } from './gate.ts'
import { checkReply } from './gate.ts'
import { productLine, type Scene, scenes as shopScenes } from './gate-drafts.fixture.ts'
import { laterBad, laterGood } from './gate-drafts-later.fixture.ts'
import { laterOrdersBad, laterOrdersGood, orderScenes } from './gate-drafts-orders.fixture.ts'
import { generateDrafts } from './gate-generated.fixture.ts'

const scenes = [...shopScenes, ...orderScenes]

function verdictOf(
  scene: Pick<Scene, 'shop' | 'language' | 'facts'>,
  text: string,
  extra: Partial<GateInput> = {},
) {
  const { shop, language, facts } = scene
  return checkReply({ shop, language, facts, text, customerTexts: [], mentions: () => [], ...extra })
}

function sceneOf(name: string): Scene {
  const scene = scenes.find((item) => item.name === name)
  if (scene === undefined) throw new Error(name)
  return scene
}

describe('written drafts', () => {
  for (const scene of scenes) {
    const check = (text: string) => verdictOf(scene, text, { customerTexts: scene.customer })
    it(`${scene.name}: lets true replies pass`, () => {
      const refused = scene.good.filter((text) => !check(text).ok)
      expect(refused).toEqual([])
    })
    it(`${scene.name}: refuses what no fact carries`, () => {
      const missed = scene.bad.filter((text) => check(text).ok)
      expect(missed).toEqual([])
    })
  }

  it('written later are told apart too', () => {
    const passes = ([name, text]: [string, string]) => {
      const scene = sceneOf(name)
      return verdictOf(scene, text, { customerTexts: scene.customer }).ok
    }
    expect([...laterGood, ...laterOrdersGood].filter((draft) => !passes(draft))).toEqual([])
    expect([...laterBad, ...laterOrdersBad].filter(passes)).toEqual([])
  })

  it('are many', () => {
    expect(scenes.flatMap((scene) => scene.good).length).toBeGreaterThanOrEqual(120)
    expect(scenes.flatMap((scene) => scene.bad).length).toBeGreaterThanOrEqual(150)
  })
})

describe('generated drafts', () => {
  // The last two seeds were kept out while the gate was written.
  for (const seed of [11, 12, 13, 7001, 7002]) {
    it(`seed ${seed}: no false draft passes, at most 2 % of the true ones are refused`, () => {
      const { good, bad } = generateDrafts(seed, 120)
      const missed = bad.filter((draft) => verdictOf(draft, draft.text).ok)
      expect(missed.map(({ mutation, text }) => `${mutation}: ${text}`)).toEqual([])
      const refused = good.filter((draft) => !verdictOf(draft, draft.text).ok)
      expect(refused.length / good.length).toBeLessThanOrEqual(0.02)
      expect(bad.length).toBeGreaterThan(400)
    })
  }
})

describe('the customer’s words', () => {
  const scene = sceneOf('Spanish prices')

  it('tell what is spoken of, not what it costs', () => {
    const asked = { customerTexts: ['¿la tetera de hierro es 5 €?'] }
    expect(verdictOf(scene, 'Sí, 5 €.', asked).ok).toBe(false)
    expect(verdictOf(scene, 'Cuesta 45,00 €.', asked).ok).toBe(true)
    expect(verdictOf(scene, 'Cuesta 12,90 €.', asked).ok).toBe(false)
  })

  it('license no percentage and no stock', () => {
    const asked = { customerTexts: ['¿me haces un 30 % en el té? ¿os quedan 50?'] }
    expect(verdictOf(scene, 'Te hago un 30 % en el té.', asked).ok).toBe(false)
    expect(verdictOf(scene, 'Sí, quedan 50 del té verde.', asked).ok).toBe(false)
  })

  it('license names', () => {
    const asked = { customerTexts: ['Soy Aurelia, de Villaviciosa'] }
    expect(verdictOf(scene, 'Claro que sí, Aurelia. El té verde cuesta 12,90 €.', asked).ok).toBe(true)
  })
})

describe('names of the catalog', () => {
  const scene = sceneOf('Spanish prices')
  const mentions = (text: string) =>
    text.includes('Prensa francesa') ? [{ productId: 'press', name: 'Prensa francesa' }] : []

  it('pass only when a fact of the turn is about that product', () => {
    expect(verdictOf(scene, 'También tenemos la Prensa francesa.', { mentions }).findings).toContainEqual({
      kind: 'product',
      text: 'Prensa francesa',
      reason: 'not_in_facts',
    })
    const facts = [
      ...scene.facts,
      ...productLine(scene.shop, { id: 'press', name: 'Prensa francesa', variants: [{ price: 2500 }] }),
    ]
    expect(verdictOf({ ...scene, facts }, 'También tenemos la Prensa francesa.', { mentions }).ok).toBe(true)
  })
})

describe('mutants', () => {
  const spanish = sceneOf('Spanish prices')
  const cases: {
    mutant: MutantName
    text: string
    customerTexts?: string[]
    mentions?: GateInput['mentions']
  }[] = [
    { mutant: 'gate.amount', text: 'El té verde cuesta 9,90 €.' },
    { mutant: 'gate.percent', text: 'El té verde tiene un 40 % de descuento.' },
    { mutant: 'gate.stock', text: 'Quedan 50 unidades de té verde.' },
    {
      mutant: 'gate.product',
      text: 'También hay Prensa francesa.',
      mentions: () => [{ productId: 'press', name: 'Prensa francesa' }],
    },
    { mutant: 'gate.action', text: 'He añadido el té a tu carrito.' },
    { mutant: 'gate.policy', text: 'El té verde tiene tres años de garantía.' },
    { mutant: 'gate.measure', text: 'El té verde viene en bolsa de 300 g.' },
    { mutant: 'gate.date', text: 'El 24 de diciembre abrimos.' },
    {
      mutant: 'gate.customer_is_no_source',
      text: 'Sí, el té verde cuesta 5 €.',
      customerTexts: ['¿el té verde es 5 €?'],
    },
  ]
  for (const { mutant, text, ...extra } of cases) {
    it(`${mutant}: its guard alone holds the reply back`, async () => {
      expect(verdictOf(spanish, text, extra).ok).toBe(false)
      await withMutant(mutant, () => expect(verdictOf(spanish, text, extra).ok).toBe(true))
    })
  }
})

it('reads a long reply to its end', () => {
  const scene = sceneOf('Spanish prices')
  const text = Array.from({ length: 40 }, () => 'El té verde cuesta 12,90 € y el café molido 9,90 €.').join(
    '\n',
  )
  expect(verdictOf(scene, text).ok).toBe(true)
})
