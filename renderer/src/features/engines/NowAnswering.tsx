import { Anchor, Text, ThemeIcon } from '@mantine/core'
import { IconCloud, IconCpu, IconRobotFace } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Engine, Spending } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useMoney, useShop } from '../../app/shop.ts'
import { Card } from '../../ui/Card.tsx'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import classes from './Engines.module.css'
import { useSpending } from './queries.ts'
import { answeringOf, passedOver } from './state.ts'
import { useEngineTexts } from './texts.ts'

export const engineIcons = { builtin: IconRobotFace, local: IconCpu, remote: IconCloud }

/** Who answers a customer who writes now, and why it is that one. */
export function NowAnswering({ engines }: { engines: readonly Engine[] }) {
  const { t } = useTranslation(['engines', 'common'])
  const texts = useEngineTexts()
  const spending = useSpending()
  const now = answeringOf(engines)
  if (now === undefined) return null
  const passed = passedOver(engines)
  const others = engines.some((engine) => engine.kind !== 'builtin')
  const Icon = engineIcons[now.kind]
  return (
    <Card title={t('now.title')}>
      <div className={classes.now}>
        <ThemeIcon size={46} radius="md" variant="light" aria-hidden>
          <Icon size={25} stroke={1.6} />
        </ThemeIcon>
        <div className={classes.nowText} role="status">
          <Text fw={650} fz="lg" lh={1.3}>
            {texts.name(now)}
          </Text>
          <Text c="dimmed" size="sm">
            {texts.about(now)}
          </Text>
          <Text mt={6}>
            {passed.length > 0
              ? t('now.standIn')
              : now.kind === 'builtin'
                ? others
                  ? t('now.builtinChosen')
                  : t('now.builtinAlone')
                : t('now.first')}
          </Text>
          {passed.length === 0 ? null : (
            <ul>
              {passed.map((engine) => (
                <li key={engine.id}>
                  <strong>{texts.name(engine)}</strong>: {texts.health(engine)}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <Figures now={now} spending={spending.data} />
    </Card>
  )
}

function Figures({ now, spending }: { now: Engine; spending: Spending | undefined }) {
  const { t } = useTranslation(['engines', 'common'])
  const shop = useShop()
  const money = useMoney()
  const texts = useEngineTexts()
  const language = usePreferences((preferences) => preferences.language)
  const { firstTokenMs, tokensPerSecond } = now.speed
  const cost = (micros: number, cap: number | null) =>
    cap === null
      ? formatCost(micros, shop.currency, shop.locale)
      : t('now.of', { spent: formatCost(micros, shop.currency, shop.locale), cap: money(cap) })
  return (
    <>
      <dl className={classes.figures}>
        <div>
          <dt>{t('now.firstToken')}</dt>
          <dd>
            {now.kind === 'builtin'
              ? t('now.atOnce')
              : firstTokenMs === null
                ? t('now.unknown')
                : durationText(firstTokenMs, language)}
          </dd>
        </div>
        {now.kind === 'builtin' ? null : (
          <div>
            <dt>{t('now.speed')}</dt>
            <dd>{tokensPerSecond === null ? t('now.unknown') : texts.perSecond(tokensPerSecond)}</dd>
          </div>
        )}
        {spending === undefined ? null : (
          <>
            <div>
              <dt>{t('now.today')}</dt>
              <dd>{cost(spending.spent.day, spending.caps.day)}</dd>
            </div>
            <div>
              <dt>{t('now.month')}</dt>
              <dd>{cost(spending.spent.month, spending.caps.month)}</dd>
            </div>
          </>
        )}
      </dl>
      <Text size="sm" mt="sm">
        <Anchor component={Link} href={screenPath(shop.slug, 'assistant', 'spending')}>
          {t('now.caps')}
        </Anchor>
      </Text>
    </>
  )
}
