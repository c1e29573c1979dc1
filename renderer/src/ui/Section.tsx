import { Group, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './Page.module.css'

/** A part of what a drawer shows, with its heading and what can be done about it. */
export function Section({
  title,
  actions,
  children,
}: {
  title: string
  actions?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Group justify="space-between" gap="xs" mb="sm">
        <Title order={3} id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </section>
  )
}
