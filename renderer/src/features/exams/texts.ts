import { useTranslation } from 'react-i18next'
import type { ExamRun } from '../../../../preload/contract/index.ts'
import { useEngines } from '../engines/queries.ts'
import { useEngineTexts } from '../engines/texts.ts'
import { knownCatalogKind, knownClass } from './state.ts'

export function useExamTexts() {
  const { t } = useTranslation(['exams', 'common'])
  const engines = useEngines()
  const engineTexts = useEngineTexts()

  /** `catalog/price` is made of the shop's catalog; a class that the desk does not know shows as it is. */
  const className = (name: string) => {
    const [group, own] = name.split('/')
    if (group === 'catalog' && own !== undefined) {
      const kind = knownCatalogKind(own)
      return t('class.ofCatalog', { kind: kind === null ? own : t(`ofCatalog.${kind}`) })
    }
    const known = knownClass(name)
    return known === null ? name : t(`class.${known}`)
  }

  const engineName = ({ id, kind, model }: ExamRun['engine']) => {
    if (kind === 'builtin' || id === 'builtin') return engineTexts.name({ kind: 'builtin', name: '' })
    const found = engines.data?.find((engine) => engine.id === id)
    return [found?.name ?? id, model].filter((part) => part !== null && part !== undefined).join(' · ')
  }

  return { className, engineName }
}
