import classes from './Facts.module.css'

interface FactsProps {
  /** What it is, and what is so; null is left out. */
  facts: readonly (readonly [string, string] | null)[]
  /** `lines`: one below the other; `panel`: the same, set apart; `tiles`: side by side, the value stressed. */
  look: 'lines' | 'panel' | 'tiles'
}

/** Some facts about one thing. */
export function Facts({ facts, look }: FactsProps) {
  return (
    <dl className={classes[look]}>
      {facts
        .filter((fact) => fact !== null)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
