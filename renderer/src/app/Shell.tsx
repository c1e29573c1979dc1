import { Menu, UnstyledButton } from '@mantine/core'
import {
  IconBuildingStore,
  IconCheck,
  IconChevronDown,
  IconDots,
  IconInfoSquareRounded,
  IconMessageCircle,
  IconMessages,
  IconPackage,
  IconPlugConnected,
  IconPlus,
  IconSettings,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { api } from '../rpc/client.ts'
import { OfflineBanner } from '../ui/OfflineBanner.tsx'
import { type Screen, screenPath, screens, welcomePath } from './routes.ts'
import classes from './Shell.module.css'
import { useShop } from './shop.ts'

const icons: Record<Screen, ComponentType<{ size?: number; stroke?: number }>> = {
  conversations: IconMessages,
  try: IconMessageCircle,
  products: IconPackage,
  shop: IconInfoSquareRounded,
  channels: IconPlugConnected,
  settings: IconSettings,
}

/** Screens that a narrow window keeps behind "More". */
const behindMore: readonly Screen[] = ['channels', 'settings']

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const shop = useShop()
  const [location, navigate] = useLocation()
  const current = screens.find((screen) => location.startsWith(screenPath(shop.slug, screen)))
  const recent = useQuery(api.conversations.list.queryOptions({ input: { shop: shop.slug, limit: 100 } }))
  const unread = recent.data?.items.reduce((sum, conversation) => sum + conversation.unread, 0) ?? 0
  const main = useRef<HTMLElement>(null)

  const title = current === undefined ? shop.name : `${t(`nav.${current}`)} · ${shop.name}`
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · ${t('appName')}`
  }, [title, unread, t])

  const item = (screen: Screen) => {
    const Icon = icons[screen]
    return (
      <li key={screen} className={behindMore.includes(screen) ? classes.wideOnly : undefined}>
        <Link
          href={screenPath(shop.slug, screen)}
          className={classes.item}
          aria-current={current === screen ? 'page' : undefined}
        >
          <span className={classes.icon}>
            <Icon size={21} stroke={1.7} />
            {screen === 'conversations' && unread > 0 ? (
              <span className={classes.count}>
                <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
              </span>
            ) : null}
          </span>
          <span className={classes.label}>{t(`nav.${screen}`)}</span>
          <span className={classes.shortLabel}>{t(`navShort.${screen}`)}</span>
          {screen === 'conversations' && unread > 0 ? (
            <span className="visually-hidden">{t('unreadCount', { count: unread })}</span>
          ) : null}
        </Link>
      </li>
    )
  }

  return (
    <div className={classes.shell}>
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        {t('skipToContent')}
      </button>
      <div className={classes.side}>
        <ShopSwitcher />
        <nav aria-label={t('navigation')}>
          <ul className={classes.items}>
            {screens.map(item)}
            <li className={classes.narrowOnly}>
              <Menu position="top-end" width={200}>
                <Menu.Target>
                  <UnstyledButton
                    className={classes.item}
                    data-active={current !== undefined && behindMore.includes(current)}
                  >
                    <span className={classes.icon}>
                      <IconDots size={21} stroke={1.7} />
                    </span>
                    <span className={classes.label}>{t('nav.more')}</span>
                  </UnstyledButton>
                </Menu.Target>
                <Menu.Dropdown>
                  {behindMore.map((screen) => {
                    const Icon = icons[screen]
                    return (
                      <Menu.Item
                        key={screen}
                        leftSection={<Icon size={18} />}
                        onClick={() => navigate(screenPath(shop.slug, screen))}
                      >
                        {t(`nav.${screen}`)}
                      </Menu.Item>
                    )
                  })}
                </Menu.Dropdown>
              </Menu>
            </li>
          </ul>
        </nav>
      </div>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <OfflineBanner />
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
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => navigate(welcomePath)}>
          {t('newShop')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
