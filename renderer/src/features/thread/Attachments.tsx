import { Anchor, Modal, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconClock, IconFile, IconMapPin, IconMicrophone } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { codeText } from '../../rpc/failure.ts'
import { mediaUrl } from '../../rpc/upload.ts'
import { bytesText } from '../../ui/bytes.ts'
import classes from './Attachments.module.css'
import { coordinates, mapUrl } from './place.ts'

export type Attachment = Message['attachments'][number]

/** What came with a message: shown or played where that can be done, else as a file to save. */
export function AttachmentView({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const url =
    attachment.state === 'stored' && attachment.mediaHash !== null
      ? mediaUrl(shop.slug, attachment.mediaHash)
      : null
  return (
    <div className={classes.attachment} data-kind={attachment.kind}>
      {attachment.location !== null ? (
        <Place location={attachment.location} />
      ) : url === null ? (
        <Missing attachment={attachment} />
      ) : (
        <Stored attachment={attachment} url={url} />
      )}
      {attachment.understood === null || attachment.understood === '' ? null : (
        <p className={classes.understood}>
          <span className={classes.understoodHead}>
            {attachment.kind === 'voice' ? t('transcript') : t('understood')}:
          </span>{' '}
          {attachment.understood}
        </p>
      )}
    </div>
  )
}

function Stored({ attachment, url }: { attachment: Attachment; url: string }) {
  const { t } = useTranslation(['inbox', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const { kind, mime, name, size } = attachment
  const label = name ?? t(`attachment.${kind}`)
  if (mime?.startsWith('image/') === true && kind !== 'document') {
    return <Picture url={url} alt={label} small={kind === 'sticker'} />
  }
  if (kind === 'voice' || mime?.startsWith('audio/') === true) {
    return (
      <div className={classes.voice}>
        <IconMicrophone size={18} aria-hidden />
        {/* biome-ignore lint/a11y/useMediaCaption: what was understood of it stands below */}
        <audio controls preload="metadata" src={url} aria-label={label} className={classes.player} />
      </div>
    )
  }
  if (kind === 'video' && mime?.startsWith('video/') === true) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a customer's clip has none
      <video controls preload="metadata" src={url} aria-label={label} className={classes.video} />
    )
  }
  return (
    <a className={classes.file} href={url} download={label}>
      <IconFile size={20} stroke={1.7} aria-hidden />
      <span className={classes.fileName}>{label}</span>
      {size === null ? null : <span className={classes.soft}>{bytesText(size, language)}</span>}
    </a>
  )
}

/** A click shows it as large as the window. */
function Picture({ url, alt, small }: { url: string; alt: string; small: boolean }) {
  const { t } = useTranslation(['inbox', 'common'])
  const [large, setLarge] = useState(false)
  return (
    <>
      <UnstyledButton
        className={classes.pictureButton}
        aria-label={t('enlarge', { name: alt })}
        onClick={() => setLarge(true)}
      >
        <img className={small ? classes.sticker : classes.photo} src={url} alt={alt} loading="lazy" />
      </UnstyledButton>
      <Modal
        opened={large}
        onClose={() => setLarge(false)}
        title={alt}
        size="auto"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <img className={classes.large} src={url} alt={alt} />
      </Modal>
    </>
  )
}

function Place({ location }: { location: NonNullable<Attachment['location']> }) {
  const { t } = useTranslation(['inbox', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const { latitude, longitude, name } = location
  return (
    <div className={classes.place}>
      <IconMapPin size={20} stroke={1.7} aria-hidden />
      <div>
        <div>{name ?? t('attachment.location')}</div>
        <div className={classes.soft}>{coordinates(latitude, longitude, language)}</div>
        <Anchor
          href={mapUrl(latitude, longitude)}
          target="_blank"
          rel="noreferrer"
          size="sm"
          underline="always"
        >
          {t('openMap')}
        </Anchor>
      </div>
    </div>
  )
}

/** Not here yet, or not at all. */
function Missing({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation(['inbox', 'common'])
  const label = attachment.name ?? t(`attachment.${attachment.kind}`)
  const failed = attachment.state === 'failed'
  const Icon = failed ? IconAlertTriangle : attachment.state === 'pending' ? IconClock : IconFile
  return (
    <p className={classes.file} data-failed={failed}>
      <Icon size={18} aria-hidden />
      <span>
        {label}
        {attachment.state === 'stored' ? null : ` · ${t(`attachment.${attachment.state}`)}`}
        {failed && attachment.error !== null ? (
          <span className={classes.reason}>{codeText(attachment.error)}</span>
        ) : null}
      </span>
    </p>
  )
}
