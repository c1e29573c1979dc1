import { Button, FileButton, Group, Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { api, client } from '../../rpc/client.ts'
import { mediaUrl, uploadFile } from '../../rpc/upload.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import classes from './Selling.module.css'

/** The picture at the top of every paper; kept as soon as it is chosen. */
export function LogoField({ logoHash }: { logoHash: string | null }) {
  const { t } = useTranslation(['selling', 'common'])
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const set = async (file: File | null) => {
    setBusy(true)
    try {
      const uploadId = file === null ? null : await uploadFile(file, new AbortController().signal)
      const saved = await client.documents.setLogo({ shop, uploadId })
      queries.setQueryData(api.documents.template.queryKey({ input: { shop } }), saved)
      notifyDone(file === null ? t('papers.logoRemoved') : t('papers.logoSaved'))
    } catch (error) {
      notifyFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Text size="sm" fw={550} mb={6}>
        {t('papers.logo')}
      </Text>
      <Group>
        {logoHash === null ? (
          <Text size="sm" c="dimmed">
            {t('papers.logoNone')}
          </Text>
        ) : (
          <img className={classes.logo} src={mediaUrl(shop, logoHash)} alt={t('papers.logoAlt')} />
        )}
        <FileButton
          accept="image/png,image/jpeg"
          onChange={(file) => {
            if (file !== null) void set(file)
          }}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPhoto size={17} />} loading={busy}>
              {t('papers.logoChoose')}
            </Button>
          )}
        </FileButton>
        {logoHash === null ? null : (
          <Button variant="subtle" color="gray" disabled={busy} onClick={() => void set(null)}>
            {t('papers.logoRemove')}
          </Button>
        )}
      </Group>
    </div>
  )
}
