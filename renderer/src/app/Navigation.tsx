import { Menu, UnstyledButton } from '@mantine/core'
import {
  IconDots,
  IconHelpHexagon,
  IconInfoSquareRounded,
  IconMessageCircle,
  IconMessages,
  IconMoonStars,
  IconPackage,
  IconPlugConnected,
  IconReceipt,
  IconRobotFace,
  IconSettings,
  IconTag,
  IconUsers,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Badges } from './badges.ts'
import { useIsOwner } from './me.ts'
import { behindMore, ownerScreens, type Screen, screenGroups, screenPath } from './routes.ts'
import classes from './Shell.module.css'
import { useShop } from './shop.ts'

const icons: Record<Screen, ComponentType<{ size?: number; stroke?: number }>> = {
  conversations: IconMessages,
  away: IconMoonStars,
  orders: IconReceipt,
  customers: IconUsers,
  questions: IconHelpHexagon,
  products: IconPackage,
  shop: IconInfoSquareRounded,
  selling: IconTag,
  try: IconMessageCircle,
  assistant: IconRobotFace,
  channels: IconPlugConnected,
  settings: IconSettings,
}

interface NavigationProps {
  current: Screen | null
  badges: Badges
}

/** Links to the screens, in groups; a narrow window shows the most used ones and keeps the others behind "More". */
export function Navigation({ current, badges }: NavigationProps) {
  const { t } = useTranslation()
  const has = useHas()
  return (
    <nav aria-label={t('navigation')} className={classes.nav}>
      {screenGroups.map((group) => (
        <ul key={group[0]} className={classes.items}>
          {group.filter(has).map((screen) => (
            <Item key={screen} screen={screen} current={current === screen} count={badges[screen] ?? 0} />
          ))}
        </ul>
      ))}
      <More current={current} badges={badges} />
    </nav>
  )
}

/** Whether who sits here has a screen. */
function useHas(): (screen: Screen) => boolean {
  const isOwner = useIsOwner()
  return (screen) => isOwner || !ownerScreens.includes(screen)
}

function Item({ screen, current, count }: { screen: Screen; current: boolean; count: number }) {
  const { t } = useTranslation()
  const shop = useShop()
  const Icon = icons[screen]
  return (
    <li className={behindMore.includes(screen) ? classes.wideOnly : undefined}>
      <Link
        href={screenPath(shop.slug, screen)}
        className={classes.item}
        aria-current={current ? 'page' : undefined}
      >
        <span className={classes.icon}>
          <Icon size={21} stroke={1.7} />
          <Count count={count} />
        </span>
        <span className={classes.label}>{t(`nav.${screen}`)}</span>
        <span className={classes.shortLabel}>{t(`navShort.${screen}`)}</span>
        <CountText screen={screen} count={count} />
      </Link>
    </li>
  )
}

function More({ current, badges }: NavigationProps) {
  const { t } = useTranslation()
  const shop = useShop()
  const has = useHas()
  const waiting = behindMore.reduce((sum, screen) => sum + (badges[screen] ?? 0), 0)
  return (
    <ul className={`${classes.items} ${classes.narrowOnly}`}>
      <li>
        <Menu position="top-end" width={220}>
          <Menu.Target>
            <UnstyledButton
              className={classes.item}
              data-active={current !== null && behindMore.includes(current)}
            >
              <span className={classes.icon}>
                <IconDots size={21} stroke={1.7} />
                <Count count={waiting} />
              </span>
              <span className={classes.label}>{t('nav.more')}</span>
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {behindMore.filter(has).map((screen) => {
              const Icon = icons[screen]
              const count = badges[screen] ?? 0
              return (
                <Menu.Item
                  key={screen}
                  component={Link}
                  href={screenPath(shop.slug, screen)}
                  leftSection={<Icon size={18} />}
                  rightSection={
                    count === 0 ? null : (
                      <span aria-hidden className={classes.menuCount}>
                        {short(count)}
                      </span>
                    )
                  }
                >
                  {t(`nav.${screen}`)}
                  <CountText screen={screen} count={count} />
                </Menu.Item>
              )
            })}
          </Menu.Dropdown>
        </Menu>
      </li>
    </ul>
  )
}

function short(count: number): string {
  return count > 99 ? '99+' : String(count)
}

function Count({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span className={classes.count}>
      <span aria-hidden>{short(count)}</span>
    </span>
  )
}

function CountText({ screen, count }: { screen: Screen; count: number }) {
  const { t } = useTranslation()
  if (count === 0) return null
  const text =
    screen === 'orders'
      ? t('unseenOrders', { count })
      : screen === 'questions'
        ? t('openQuestions', { count })
        : screen === 'away'
          ? t('draftsWaiting', { count })
          : t('unreadCount', { count })
  return <span className="visually-hidden">, {text}</span>
}
