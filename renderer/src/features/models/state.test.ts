import { describe, expect, it } from 'vitest'
import type { CatalogModel } from '../../../../preload/contract/index.ts'
import { languageNames, percentOf, phaseOf, remainingMs, sortedModels } from './state.ts'

function model(id: string, changes: Partial<CatalogModel> = {}): CatalogModel {
  return {
    id,
    name: id,
    kind: 'chat',
    repository: '',
    fileName: '',
    size: 1,
    sha256: '',
    verified: true,
    license: '',
    licenseUrl: '',
    memory: 1,
    parameters: '',
    languages: [],
    fit: 'good',
    recommended: false,
    file: null,
    download: null,
    ...changes,
  }
}

describe('models', () => {
  it('shows what suits this computer first', () => {
    const list = [
      model('large', { fit: 'too_large', size: 9 }),
      model('small', { size: 2 }),
      model('tight', { fit: 'tight', size: 8 }),
      model('best', { recommended: true, size: 1 }),
      model('middle', { size: 4 }),
      model('vectors', { kind: 'embedding' }),
    ]
    expect(sortedModels(list, 'chat').map((each) => each.id)).toEqual([
      'best',
      'middle',
      'small',
      'tight',
      'large',
    ])
    expect(sortedModels(list, 'embedding')).toHaveLength(1)
  })

  it('tells where a file is', () => {
    const download = { modelId: 'a', bytes: 1, total: 2, speed: null, error: null }
    expect(phaseOf(model('a'))).toBe('absent')
    expect(phaseOf(model('a', { download: { ...download, state: 'paused' } }))).toBe('paused')
    expect(phaseOf(model('a', { download: { ...download, state: 'done' } }))).toBe('checking')
    expect(phaseOf(model('a', { file: '/m', download: { ...download, state: 'done' } }))).toBe('here')
  })

  it('reckons progress', () => {
    expect(percentOf({ bytes: 1, total: 4 })).toBe(25)
    expect(percentOf({ bytes: 1, total: 0 })).toBe(0)
    expect(percentOf({ bytes: 1, total: null })).toBe(0)
    expect(remainingMs({ bytes: 0, total: 1000, speed: 500 })).toBe(2000)
    expect(remainingMs({ bytes: 0, total: 1000, speed: null })).toBeNull()
    expect(remainingMs({ bytes: 0, total: null, speed: 500 })).toBeNull()
  })

  it('names languages, and survives what is none', () => {
    expect(languageNames(['es', 'en'], 'en')).toBe('Spanish and English')
    expect(languageNames(['es', 'en'], 'es')).toBe('español e inglés')
    expect(languageNames(['es', 'not a tag'], 'es')).toContain('not a tag')
  })
})
