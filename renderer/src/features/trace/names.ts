import { useTranslation } from 'react-i18next'
import { useEngines } from '../engines/queries.ts'

/** Names engines as the owner's list does; one that was removed keeps its id. */
export function useEngineName(): (id: string) => string {
  const { t } = useTranslation(['trace', 'common'])
  const engines = useEngines()
  return (id) => {
    if (id === 'builtin') return t('builtin')
    if (id === 'retrieval') return t('retrieval')
    return engines.data?.find((engine) => engine.id === id)?.name ?? id
  }
}
