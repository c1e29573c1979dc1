import { Accordion } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount } from '../../../../preload/contract/index.ts'
import classes from './Channels.module.css'
import { ChatRules } from './ChatRules.tsx'
import { RulesEditor } from './RulesEditor.tsx'

/** Rules and chats of an account, asked for when they are opened. */
export function AccountMore({ account, name }: { account: ChannelAccount; name: string }) {
  const { t } = useTranslation(['channels', 'common'])
  const [opened, setOpened] = useState<string[]>([])
  return (
    <Accordion
      multiple
      order={3}
      className={classes.more}
      classNames={{ control: classes.moreControl, content: classes.moreContent }}
      value={opened}
      onChange={setOpened}
    >
      <Accordion.Item value="rules">
        <Accordion.Control>{t('rules.title')}</Accordion.Control>
        <Accordion.Panel>
          {opened.includes('rules') ? <RulesEditor account={account} /> : null}
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="chats">
        <Accordion.Control>{t('chats.title')}</Accordion.Control>
        <Accordion.Panel>
          {opened.includes('chats') ? <ChatRules accountId={account.id} name={name} /> : null}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
