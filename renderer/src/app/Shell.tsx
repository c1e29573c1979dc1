import { Menu, UnstyledButton } from '@mantine/core'
import { IconBuildingStore, IconCheck, IconChevronDown, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { CallBanner } from '../features/calls/CallBanner.tsx'
import { ShellBanner } from '../features/computer/ShellBanner.tsx'
import { EngineBanner } from '../features/engines/EngineBanner.tsx'
import { PauseBanner } from '../features/pause/PauseBanner.tsx'
import { PauseSwitch } from '../features/pause/PauseSwitch.tsx'
import { api } from '../rpc/client.ts'
import { OfflineBanner } from '../ui/OfflineBanner.tsx'
import { useBadges } from './badges.ts'
import { useLiveStore } from './live-store.ts'
import { useIsOwner } from './me.ts'
import { Navigation } from './Navigation.tsx'
import { screenPath, screens, welcomePath } from './routes.ts'
import classes from './Shell.module.css'
import { useShop } from './shop.ts'

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const shop = useShop()
  const [location] = useLocation()
  const current = screens.find((screen) => {
    const path = screenPath(shop.slug, screen)
    return location === path || location.startsWith(`${path}/`)
  })
  const badges = useBadges(shop.slug)
  const waiting = Object.values(badges).reduce((sum, count) => sum + count, 0)
  const main = useRef<HTMLElement>(null)

  const title = current === undefined ? shop.name : `${t(`nav.${current}`)} · ${shop.name}`
  const called = useLiveStore((live) => live.calls.size > 0)
  useEffect(() => {
    const badge = `${called ? '🔔 ' : ''}${waiting > 0 ? `(${waiting}) ` : ''}`
    document.title = `${badge}${title} · ${t('appName')}`
  }, [title, waiting, called, t])

  return (
    <div className={classes.shell}>
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        {t('skipToContent')}
      </button>
      <div className={classes.side}>
        <header className={classes.top}>
          <ShopSwitcher />
          <PauseSwitch />
        </header>
        <Navigation current={current ?? null} badges={badges} />
      </div>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <OfflineBanner />
        <PauseBanner />
        <EngineBanner />
        <ShellBanner />
        <CallBanner />
        <div className={classes.content}>{children}</div>
      </main>
    </div>
  )
}

function ShopSwitcher() {
  const { t } = useTranslation()
  const shop = useShop()
  const [, navigate] = useLocation()
  const shops = useQuery(api.shops.list.queryOptions())
  const isOwner = useIsOwner()
  return (
    <Menu position="bottom-start" width={230}>
      <Menu.Target>
        <UnstyledButton className={classes.shop} aria-label={`${shop.name}. ${t('switchShop')}`}>
          <span className={classes.mark}>
            <IconBuildingStore size={20} stroke={1.8} />
          </span>
          <span className={classes.shopName}>{shop.name}</span>
          <IconChevronDown size={15} className={classes.chevron} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {shops.data?.map((entry) => (
          <Menu.Item
            key={entry.slug}
            disabled={entry.shop === null}
            rightSection={entry.slug === shop.slug ? <IconCheck size={16} /> : null}
            onClick={() => navigate(screenPath(entry.slug, 'conversations'))}
          >
            {entry.shop?.name ?? entry.slug}
          </Menu.Item>
        ))}
        {isOwner ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => navigate(welcomePath)}>
              {t('newShop')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
