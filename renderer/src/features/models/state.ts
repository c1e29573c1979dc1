import type { CatalogModel, ModelDownload } from '../../../../preload/contract/index.ts'

const fits = { good: 0, tight: 1, too_large: 2 } as const

/** Recommended ones first, then what fits well, the larger (and better) before the smaller. */
export function sortedModels(models: readonly CatalogModel[], kind: CatalogModel['kind']): CatalogModel[] {
  return models
    .filter((model) => model.kind === kind)
    .sort(
      (a, b) =>
        Number(b.recommended) - Number(a.recommended) ||
        fits[a.fit] - fits[b.fit] ||
        (b.size ?? 0) - (a.size ?? 0),
    )
}

export const fitColors = { good: 'green', tight: 'yellow', too_large: 'red' } as const

/** What the owner can do about a model's file. */
export type DownloadPhase = 'here' | 'running' | 'waiting' | 'checking' | 'paused' | 'failed' | 'absent'

export function phaseOf(model: Pick<CatalogModel, 'file' | 'download'>): DownloadPhase {
  if (model.file !== null) return 'here'
  const state = model.download?.state
  if (state === undefined) return 'absent'
  // Done, and the catalog not asked again yet.
  return state === 'done' ? 'checking' : state
}

/** Share of a download from 0 to 100. */
export function percentOf(download: Pick<ModelDownload, 'bytes' | 'total'>): number {
  const { bytes, total } = download
  return total === null || total <= 0 ? 0 : Math.min(100, (bytes / total) * 100)
}

/** Milliseconds until a download is through; null where nobody knows. */
export function remainingMs(download: Pick<ModelDownload, 'bytes' | 'total' | 'speed'>): number | null {
  const { bytes, total, speed } = download
  if (total === null || speed === null || speed <= 0) return null
  return (Math.max(0, total - bytes) / speed) * 1000
}

/** Tongues by their names in the desk's language: `español e inglés`. */
export function languageNames(tags: readonly string[], language: string): string {
  const names = new Intl.DisplayNames(language, { type: 'language', fallback: 'code' })
  const shown = tags.slice(0, 6).map((tag) => {
    try {
      return names.of(tag) ?? tag
    } catch {
      // Not a language's code: shown as it was written.
      return tag
    }
  })
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(shown)
  return tags.length > shown.length ? `${list}…` : list
}
