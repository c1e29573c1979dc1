import { Badge, Code, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Trace } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { codeText } from '../../rpc/failure.ts'
import { durationText } from '../../ui/duration.ts'
import { formatMoney } from '../../ui/money.ts'
import { argumentLines, knownTool, resultLines } from './state.ts'
import classes from './Trace.module.css'

type Call = Trace['steps'][number]['calls'][number]

export function CallTitle({ call }: { call: Call }) {
  const { t } = useTranslation(['trace', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const tool = knownTool(call.tool)
  return (
    <span className={classes.stepTitle}>
      {tool === null ? call.tool : t(`tools.${tool}`)}
      <span className={classes.time}>{durationText(call.durationMs, language)}</span>
    </span>
  )
}

/** What a tool was asked and what it answered: in short lines, and whole below them. */
export function CallDetails({ call }: { call: Call }) {
  const { t } = useTranslation(['trace', 'common'])
  const shop = useShop()
  const lines = resultLines(call.result)
  const shownValue = ({ name, value }: ReturnType<typeof argumentLines>[number]) => {
    if (typeof value === 'boolean') return value ? t('common:yes') : t('common:no')
    const price = (name === 'minPrice' || name === 'maxPrice') && typeof value === 'number'
    return price ? formatMoney(value, shop.currency, shop.locale) : String(value)
  }
  const code =
    typeof call.result === 'object' && call.result !== null ? Reflect.get(call.result, 'code') : undefined
  return (
    <Stack gap={6} mt={4}>
      <Group gap={6}>
        {argumentLines(call.arguments).map((line) => (
          <Badge key={line.name} variant="default" tt="none" fw={500} maw="100%">
            {t(`args.${line.name}`)}: {shownValue(line)}
          </Badge>
        ))}
      </Group>
      {call.ok ? null : (
        <Text size="sm" c="var(--desk-bad-text)">
          {t('failedCall', { code: typeof code === 'string' ? codeText(code) : '—' })}
        </Text>
      )}
      {lines.length === 0 ? null : (
        <ul className={classes.lines}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <details>
        <summary className={classes.soft}>{t('whole')}</summary>
        <Text size="sm" mt={6}>
          {t('arguments')} <code>{call.tool}</code>
        </Text>
        <Code block tabIndex={0} className={classes.raw}>
          {JSON.stringify(call.arguments, null, 2)}
        </Code>
        <Text size="sm" mt={6}>
          {t('result')}
        </Text>
        <Code block tabIndex={0} className={classes.raw}>
          {JSON.stringify(call.result, null, 2)}
        </Code>
      </details>
    </Stack>
  )
}
