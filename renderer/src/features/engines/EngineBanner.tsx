import { Anchor, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Engine, ModelHostStatus, Spending } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import classes from './Engines.module.css'
import { useEngines, useSpending } from './queries.ts'
import { answeringOf, noticeOf } from './state.ts'
import { useEngineTexts } from './texts.ts'

/** In a line above every screen: another engine answers than should, or money runs out. */
export function EngineBanner() {
  const engines = useEngines()
  const spending = useSpending()
  const host = useQuery(api.models.host.queryOptions({ input: {} }))
  return (
    <div role="status">
      {engines.data === undefined ? null : (
        <Notice engines={engines.data} spending={spending.data} host={host.data} />
      )}
    </div>
  )
}

interface NoticeProps {
  engines: readonly Engine[]
  spending: Spending | undefined
  host: ModelHostStatus | undefined
}

function Notice({ engines, spending, host }: NoticeProps) {
  const { t } = useTranslation(['engines', 'common'])
  const shop = useShop()
  const texts = useEngineTexts()
  const notice = noticeOf(engines, spending, host)
  if (notice === null) return null
  const now = answeringOf(engines)
  const text =
    notice.kind === 'stand_in'
      ? t('banner.stand_in', {
          name: texts.name(notice.engine),
          now: now === undefined ? '' : texts.name(now),
        })
      : t(`banner.${notice.kind}`)
  const part = notice.kind === 'capped' || notice.kind === 'warning' ? 'spending' : 'engines'
  return (
    <Group className={classes.banner} gap="sm" wrap="nowrap" align="flex-start">
      <IconAlertTriangle size={18} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <Text size="sm">
        {text}{' '}
        <Anchor component={Link} href={screenPath(shop.slug, 'assistant', part)} inherit underline="always">
          {t(`banner.see_${part}`)}
        </Anchor>
      </Text>
    </Group>
  )
}
