import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './FilterPills.module.css'
import { type ListFilter, listFilters } from './state.ts'

/** One of the filters of the list; the arrow keys go through them. */
export function FilterPills({ value, onChange }: { value: ListFilter; onChange(value: ListFilter): void }) {
  const { t } = useTranslation(['inbox', 'common'])
  const name = useId()
  return (
    <div role="radiogroup" aria-label={t('filter')} className={classes.pills}>
      {listFilters.map((each) => (
        <label key={each} className={classes.pill}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={each === value}
            onChange={() => onChange(each)}
          />
          <span>{t(`filters.${each}`)}</span>
        </label>
      ))}
    </div>
  )
}
