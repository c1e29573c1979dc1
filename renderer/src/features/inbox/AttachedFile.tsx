import { CloseButton } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../app/preferences.ts'
import { bytesText } from '../../ui/bytes.ts'
import classes from './OwnerComposer.module.css'

/** What goes with the message, until it is sent or taken away. */
export function AttachedFile({ file, onRemove }: { file: File; onRemove(): void }) {
  const { t } = useTranslation(['inbox', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!file.type.startsWith('image/')) return
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => {
      setUrl(null)
      URL.revokeObjectURL(made)
    }
  }, [file])
  return (
    <div className={classes.attached}>
      {url === null ? (
        <span className={classes.paper}>
          <IconFileTypePdf size={26} stroke={1.5} aria-hidden />
        </span>
      ) : (
        <img src={url} alt={t('attach.preview')} className={classes.preview} />
      )}
      <span className={classes.fileName}>{file.name}</span>
      <span className={classes.fileSize}>{bytesText(file.size, language)}</span>
      <CloseButton aria-label={t('attach.remove', { name: file.name })} onClick={onRemove} />
    </div>
  )
}
