import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconHeartbeat, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useRoute } from 'wouter'
import { create } from 'zustand'
import type { ShellState } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import classes from './Computer.module.css'
import { useShell, useShellWrites } from './queries.ts'
import { downNow, isReady, nextLook } from './state.ts'

/** Releases whose line was put away, until the window is opened anew. */
const usePutAway = create<{ version: string | null; putAway(version: string): void }>((set) => ({
  version: null,
  putAway: (version) => set({ version }),
}))

/** In quiet lines above every screen: a part of the app is coming back, or a release waits to be installed. */
export function ShellBanner() {
  const shell = useShell()
  return (
    <div role="status">
      {shell.data?.desktop === true ? (
        <>
          {/* Looked at anew with each trouble that begins or ends. */}
          <DownLines
            key={shell.data.troubles.map(({ id, healedAt }) => `${id} ${healedAt}`).join()}
            troubles={shell.data.troubles}
          />
          <ReadyLine update={shell.data.update} />
        </>
      ) : null}
    </div>
  )
}

function DownLines({ troubles }: { troubles: ShellState['troubles'] }) {
  const { t } = useTranslation('computer')
  const shop = useShop()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const wait = nextLook(troubles, now)
    if (wait === null) return
    const timer = window.setTimeout(() => setNow(Date.now()), wait + 50)
    return () => window.clearTimeout(timer)
  }, [troubles, now])
  const down = downNow(troubles, now)
  return down.map(({ part, stuck }) => (
    <Group key={part} className={classes.banner} gap="sm" wrap="nowrap" align="flex-start">
      <IconHeartbeat size={18} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <Text size="sm">
        {t(`${stuck ? 'stuck' : 'recovering'}.${part}`)}{' '}
        <Anchor
          component={Link}
          href={screenPath(shop.slug, 'settings', 'computer')}
          inherit
          underline="always"
        >
          {t('banner.see')}
        </Anchor>
      </Text>
    </Group>
  ))
}

function ReadyLine({ update }: { update: ShellState['update'] }) {
  const { t } = useTranslation('computer')
  const { restart } = useShellWrites()
  const { version: away, putAway } = usePutAway()
  // The screen that tells it at length says it once.
  const [isTold] = useRoute(screenPath(useShop().slug, 'settings', 'computer'))
  if (isTold || !isReady(update) || update.version === null) return null
  const { state, version } = update
  if (state === 'ready' && away === version) return null
  return (
    <Group className={classes.banner} gap="sm" justify="space-between">
      <Group gap="sm" wrap="nowrap" flex="1 1 220px">
        <IconRefresh size={18} aria-hidden style={{ flex: 'none' }} />
        <Text size="sm">{t(state === 'ready' ? 'banner.ready' : 'banner.waiting', { version })}</Text>
      </Group>
      {state === 'ready' ? (
        <Group gap="xs" flex="none">
          <Button size="compact-sm" variant="default" onClick={() => putAway(version)}>
            {t('banner.later')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={restart.isPending}
            onClick={() => restart.mutate(undefined)}
          >
            {t('updates.restart')}
          </Button>
        </Group>
      ) : null}
    </Group>
  )
}
