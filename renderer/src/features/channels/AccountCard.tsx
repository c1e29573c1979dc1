import { Badge, Group, Text, ThemeIcon, Title } from '@mantine/core'
import { IconBrandTelegram, IconBrandWhatsapp, IconMessageCircle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount } from '../../../../preload/contract/index.ts'
import { Card } from '../../ui/Card.tsx'
import { AccountMore } from './AccountMore.tsx'
import { AccountRemedy } from './AccountRemedy.tsx'
import { EnableSwitch } from './EnableSwitch.tsx'
import { RemoveAccount } from './RemoveAccount.tsx'
import { RiskNotice } from './RiskNotice.tsx'
import { numberText, remedyOf, riskColors, stateColor, stateWord } from './state.ts'

const icons = { testchat: IconMessageCircle, telegram: IconBrandTelegram, whatsapp: IconBrandWhatsapp }

/** `fresh`: it was added just now, on this screen. */
export function AccountCard({
  account,
  fresh,
  onSeen,
}: {
  account: ChannelAccount
  fresh: boolean
  onSeen(): void
}) {
  const { t } = useTranslation(['channels', 'common'])
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (fresh) place.current?.scrollIntoView({ block: 'start' })
  }, [fresh])
  const Icon = icons[account.kind]
  const test = account.kind === 'testchat'
  const name = useAccountName(account)
  const detail = useDetail(account)
  const whatsapp = account.kind === 'whatsapp'
  return (
    <Card>
      <div ref={place} data-account={account.kind}>
        <Group wrap="nowrap" align="flex-start">
          <ThemeIcon size={42} radius="md" variant="light" aria-hidden>
            <Icon size={22} stroke={1.6} />
          </ThemeIcon>
          <div style={{ flex: 1, minWidth: 0 }}>
            <Group gap="xs">
              <Title order={2} fz="md">
                {name}
              </Title>
              <Badge variant="light" color={stateColor(account.state.state)} tt="none">
                {t(`state.${stateWord(account.state)}`)}
              </Badge>
              {whatsapp && account.externalId !== null ? (
                <Badge variant="light" color={riskColors[account.risk.level]} tt="none">
                  {t(`risk.level.${account.risk.level}`)}
                </Badge>
              ) : null}
            </Group>
            {whatsapp && account.externalId !== null ? (
              <Text size="sm" c="dimmed" mt={2}>
                {numberText(account.externalId)}
              </Text>
            ) : null}
            {detail === null ? null : (
              <Text size="sm" c="dimmed" mt={2} role="status">
                {detail}
              </Text>
            )}
          </div>
          {test ? null : (
            <Group gap="sm" wrap="nowrap">
              <EnableSwitch account={account} name={name} />
              <RemoveAccount account={account} name={name} />
            </Group>
          )}
        </Group>
        <AccountRemedy account={account} fresh={fresh} onSeen={onSeen} />
        {test ? null : (
          <>
            <RiskNotice risk={account.risk} />
            {whatsapp && account.externalId === null ? null : <AccountMore account={account} name={name} />}
          </>
        )}
      </div>
    </Card>
  )
}

function useAccountName(account: ChannelAccount): string {
  const { t } = useTranslation(['channels', 'common'])
  if (account.kind === 'testchat') return t('testchat')
  if (account.name !== '') return account.name
  return account.externalId === null ? t('noNumber') : numberText(account.externalId)
}

/** What goes on, in one line; null where a part of the card says it. */
function useDetail(account: ChannelAccount): string | null {
  const { t } = useTranslation(['channels', 'common'])
  const { state, kind } = account
  if (kind === 'testchat') return t('testchatBody')
  if (remedyOf(account) === 'use_here') return null
  if (state.state === 'waiting') return t(`waiting.${state.reason}`)
  if (state.state === 'refused')
    return t(state.detail === 'host.secrets_locked' ? 'refused.locked' : `refused.${state.reason}`)
  if (state.state === 'connecting' && state.step !== undefined) return t(`step.${state.step}`)
  return null
}
