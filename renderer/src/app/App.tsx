import { MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { createQueryClient } from '../rpc/queries.ts'
import { theme } from '../theme/theme.ts'
import { CrashBoundary } from '../ui/CrashBoundary.tsx'
import { leave } from '../ui/leaving.tsx'
import classes from './App.module.css'
import { Desk } from './Desk.tsx'
import { usePreferences } from './preferences.ts'

const queries = createQueryClient()

/** Where they cover nothing that is needed: below the list beside the navigation, or at the top of a narrow window. */
function Notices() {
  const narrow = useMediaQuery('(max-width: 48em)')
  return narrow === true ? (
    <Notifications key="narrow" position="top-center" limit={3} />
  ) : (
    <Notifications
      key="wide"
      classNames={{ root: classes.notices }}
      position="bottom-left"
      containerWidth={330}
      limit={3}
    />
  )
}

export function App() {
  const language = usePreferences((preferences) => preferences.language)
  const { t, i18n } = useTranslation()
  useEffect(() => {
    void i18n.changeLanguage(language)
    document.documentElement.lang = language
  }, [i18n, language])
  return (
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <ModalsProvider
            labels={{ confirm: t('yes'), cancel: t('cancel') }}
            modalProps={{ closeButtonProps: { 'aria-label': t('close') } }}
          >
            <Notices />
            <CrashBoundary>
              <Router
                hook={useHashLocation}
                aroundNav={(navigate, to, options) => leave(() => navigate(to, options))}
              >
                <Desk />
              </Router>
            </CrashBoundary>
          </ModalsProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}
