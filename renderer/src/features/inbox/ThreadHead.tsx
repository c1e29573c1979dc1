import { ActionIcon, Anchor, Badge, Button, Group, Menu, Title, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconCheck,
  IconDotsVertical,
  IconHandStop,
  IconPlayerPause,
  IconRobot,
  IconRobotOff,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ConversationDetail } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { AssignMenu } from './AssignMenu.tsx'
import { useAnswerChoice } from './answer-choice.tsx'
import classes from './Inbox.module.css'
import { useMarkDone } from './mark-done.ts'
import { useConversationWrites } from './queries.ts'
import { actionsFor } from './state.ts'

/** Whose conversation it is, and what can be done about who answers. */
export function ThreadHead({ conversation }: { conversation: ConversationDetail | undefined }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  return (
    <header className={classes.threadHead}>
      <ActionIcon
        className={classes.backOnly}
        component="a"
        href={`#${screenPath(shop.slug, 'conversations')}`}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('common:back')}
      >
        <IconArrowLeft size={20} />
      </ActionIcon>
      <div className={classes.who}>
        <Title order={2}>
          {conversation === undefined ? (
            '…'
          ) : (
            <Anchor
              component={Link}
              href={screenPath(shop.slug, 'customers', conversation.customer.id)}
              className={classes.customer}
              title={t('openCustomer')}
            >
              {conversation.customer.name || t('unnamed')}
            </Anchor>
          )}
        </Title>
        {conversation === undefined ? null : (
          <Badge size="sm" variant="default" tt="none" fw={550}>
            {t(`channel.${conversation.channel.kind}`)}
            {conversation.channel.kind === 'testchat' ? '' : ` · ${conversation.channel.name}`}
          </Badge>
        )}
      </div>
      {conversation === undefined ? null : <Actions conversation={conversation} />}
    </header>
  )
}

const actionIcons = { take: IconHandStop, handBack: IconRobot, pause: IconPlayerPause }

function Actions({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const writes = useConversationWrites()
  const markDone = useMarkDone(conversation)
  const input = { shop: shop.slug, conversationId: conversation.id }
  const done = conversation.doneAt !== null
  const Done = done ? IconArrowBackUp : IconCheck
  const doneLabel = done ? t('reopen') : t('done')
  const [first, ...others] = actionsFor(conversation.mode)
  const First = actionIcons[first ?? 'take']
  return (
    <Group gap={6} wrap="nowrap">
      {first === undefined ? null : (
        <Button
          size="sm"
          leftSection={<First size={17} />}
          loading={writes[first].isPending}
          onClick={() => writes[first].mutate(input)}
        >
          {t(first)}
        </Button>
      )}
      <AssignMenu conversation={conversation} />
      <Tooltip label={doneLabel}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={doneLabel}
          disabled={markDone.busy}
          onClick={markDone.toggle}
        >
          <Done size={19} />
        </ActionIcon>
      </Tooltip>
      <MoreMenu conversation={conversation} others={others} />
    </Group>
  )
}

interface MoreMenuProps {
  conversation: ConversationDetail
  others: ('take' | 'handBack' | 'pause')[]
}

function MoreMenu({ conversation, others }: MoreMenuProps) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const writes = useConversationWrites()
  const choice = useAnswerChoice(conversation)
  const input = { shop: shop.slug, conversationId: conversation.id }
  return (
    <Menu position="bottom-end" width={280} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('moreActions')}>
          <IconDotsVertical size={19} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((action) => {
          const Icon = actionIcons[action]
          return (
            <Menu.Item
              key={action}
              leftSection={<Icon size={17} />}
              onClick={() => writes[action].mutate(input)}
            >
              {t(action)}
            </Menu.Item>
          )
        })}
        {conversation.channel.kind === 'testchat' ? null : (
          <>
            <Menu.Divider role="separator" />
            {conversation.answer === 'never' ? (
              <Menu.Item leftSection={<IconRobot size={17} />} onClick={() => choice.set('default')}>
                {t('answer.allow')}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconRobotOff size={17} />} onClick={choice.askNever}>
                {t('answer.never')}
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
