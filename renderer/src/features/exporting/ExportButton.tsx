import { Button, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsOwner } from '../../app/me.ts'
import { ExportDialog } from './ExportDialog.tsx'
import type { ShownList } from './state.ts'

/** Beside a list: takes what it shows, or more, out of the shop as a file. Only the owner may. */
export function ExportButton({ list }: { list: ShownList }) {
  const { t } = useTranslation(['exports', 'common'])
  const [opened, setOpened] = useState(false)
  const isOwner = useIsOwner()
  const close = () => setOpened(false)
  if (!isOwner) return null
  return (
    <>
      <Button variant="default" leftSection={<IconDownload size={17} />} onClick={() => setOpened(true)}>
        {t('action')}
      </Button>
      <Modal
        opened={opened}
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
