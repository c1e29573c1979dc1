import { Button } from '@mantine/core'
import { IconMoodSad } from '@tabler/icons-react'
import i18next from 'i18next'
import { Component, type ReactNode } from 'react'
import { EmptyState } from './EmptyState.tsx'

/** Catches a screen that throws while it is drawn. */
export class CrashBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <main>
        <EmptyState
          icon={IconMoodSad}
          title={i18next.t('crash.title')}
          body={i18next.t('crash.body')}
          level={1}
        >
          <Button onClick={() => window.location.reload()}>{i18next.t('reload')}</Button>
        </EmptyState>
      </main>
    )
  }
}
