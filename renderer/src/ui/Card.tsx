import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './Page.module.css'

/** A bordered part of a page, with its heading. */
export function Card({ title, children }: { title?: string; children: ReactNode }) {
  const id = useId()
  if (title === undefined) return <div className={classes.card}>{children}</div>
  return (
    <section className={classes.card} aria-labelledby={id}>
      <Title order={2} id={id} mb="md">
        {title}
      </Title>
      {children}
    </section>
  )
}
