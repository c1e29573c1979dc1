import { Button, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useIsOwner } from '../../app/me.ts'
import { exportPart, screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { ExportDialog } from './ExportDialog.tsx'
import type { ShownList } from './state.ts'

/**
 * Beside a list: takes what it shows, or more, out of the shop as a file. Only the owner may. The dialog has an address
 * of its own, so that a menu of the desktop app leads to it.
 */
export function ExportButton({ list }: { list: ShownList }) {
  const { t } = useTranslation(['exports', 'common'])
  const shop = useShop()
  const [at, navigate] = useLocation()
  const isOwner = useIsOwner()
  const address = screenPath(shop.slug, list.kind, exportPart)
  const close = () => navigate(screenPath(shop.slug, list.kind))
  if (!isOwner) return null
  return (
    <>
      <Button variant="default" leftSection={<IconDownload size={17} />} onClick={() => navigate(address)}>
        {t('action')}
      </Button>
      <Modal
        opened={at === address}
        onClose={close}
        title={t('title')}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <ExportDialog list={list} onClose={close} />
      </Modal>
    </>
  )
}
