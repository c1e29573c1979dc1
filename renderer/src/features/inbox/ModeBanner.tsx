import { Anchor } from '@mantine/core'
import { IconPencil, IconPlayerPause, IconRobot, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ConversationDetail } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { useMoments } from '../../ui/moment.ts'
import { useMyId, usePeople } from '../team/queries.ts'
import { knownTool } from '../trace/state.ts'
import classes from './Inbox.module.css'
import { reasonOf } from './state.ts'

/** Who answers here, since when, why, and when it goes back by itself. */
export function ModeBanner({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation(['inbox', 'common'])
  const moments = useMoments()
  const { mode, modeSince, handBackAt, answer, optedOutAt } = conversation
  const Icon = { bot: IconRobot, person: IconUser, paused: IconPlayerPause }[mode]
  const reason = reasonOf(conversation)
  const who = useHolder(conversation)
  const back =
    mode !== 'person'
      ? null
      : handBackAt === null
        ? t('banner.noReturn')
        : t('banner.returns', { at: moments.at(handBackAt) })
  const said = [
    who,
    mode !== 'bot' && modeSince !== null ? t('banner.since', { since: moments.since(modeSince) }) : null,
    back,
    answer === 'never' && reason !== 'never' ? t('banner.never') : null,
    optedOutAt === null ? null : t('banner.optedOut', { at: moments.at(optedOutAt) }),
  ].filter((each) => each !== null)
  return (
    <div className={classes.banner} data-mode={mode} role="status">
      <Icon size={18} aria-hidden />
      <span>
        {reason === null ? null : <strong>{t(`reason.${reason}`)} </strong>}
        {said.join(' ')}
      </span>
    </div>
  )
}

function useHolder({ mode, assignedTo }: ConversationDetail): string {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const me = useMyId()
  const people = usePeople().data ?? []
  const serving = useQuery(api.serving.state.queryOptions({ input: { shop: shop.slug } }))
  const person = people.find(({ id }) => id === assignedTo && id !== me)
  if (mode === 'person')
    return person === undefined ? t('banner.person') : t('banner.other', { name: person.name })
  if (mode === 'bot' && serving.data?.paused === true) return t('banner.allPaused')
  return mode === 'bot' ? t('banner.bot') : t('banner.paused')
}

/** Below the banner: what was done without the customer being told, and a reply that waits for a look. */
export function OpenEnds({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation(['inbox', 'trace', 'common'])
  const shop = useShop()
  return (
    <>
      {conversation.untold.length === 0 ? null : (
        <div className={classes.banner} data-mode="paused" role="status">
          <span>
            <strong>{t('untold')}</strong>{' '}
            {conversation.untold
              .map(({ tool }) => {
                const known = knownTool(tool)
                return known === null ? tool : t(`trace:tools.${known}`)
              })
              .join(', ')}
          </span>
        </div>
      )}
      {conversation.draftId === null ? null : (
        <div className={classes.banner} data-mode="paused" role="status">
          <IconPencil size={18} aria-hidden />
          <span>
            {t('draftHere')}{' '}
            <Anchor
              component={Link}
              href={screenPath(shop.slug, 'away', conversation.draftId)}
              inherit
              underline="always"
            >
              {t('draftReview')}
            </Anchor>
          </span>
        </div>
      )}
    </>
  )
}
