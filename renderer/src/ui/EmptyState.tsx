import { Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ComponentType, ReactNode } from 'react'

interface EmptyStateProps {
  icon: ComponentType<{ size?: number; stroke?: number }>
  title: string
  body?: string
  /** Heading level that fits where it stands. */
  level?: 1 | 2 | 3
  children?: ReactNode
}

export function EmptyState({ icon: Icon, title, body, level = 2, children }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" py={56} px="lg" ta="center" maw={440} mx="auto">
      <ThemeIcon size={60} radius="xl" variant="light" aria-hidden>
        <Icon size={30} stroke={1.5} />
      </ThemeIcon>
      <Title order={level} fz="lg">
        {title}
      </Title>
      {body === undefined ? null : <Text c="dimmed">{body}</Text>}
      {children}
    </Stack>
  )
}
