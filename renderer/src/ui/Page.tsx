import { Box, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Page.module.css'

interface PageProps {
  title: string
  lead?: string
  actions?: ReactNode
  /** `reading`: a column of text and forms. `wide`: lists and tables. */
  width?: 'reading' | 'wide'
  children: ReactNode
}

/** A screen that scrolls as a whole, with its heading. */
export function Page({ title, lead, actions, width = 'reading', children }: PageProps) {
  return (
    <div className={classes.scroll}>
      <Box className={classes.page} data-width={width}>
        <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
          <div>
            <Title order={1}>{title}</Title>
            {lead === undefined ? null : (
              <Text c="dimmed" mt={4}>
                {lead}
              </Text>
            )}
          </div>
          {actions}
        </Group>
        {children}
      </Box>
    </div>
  )
}
