import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { Page } from '../../ui/Page.tsx'
import { DiscountList } from './DiscountList.tsx'
import { PapersEditor } from './PapersEditor.tsx'
import { type SellingPart, sellingParts } from './parts.ts'
import { SettingsEditor } from './SettingsEditor.tsx'

/** How the shop sells: set up once, looked at rarely. */
export function SellingView({ part }: { part: SellingPart }) {
  const { t } = useTranslation(['selling', 'common'])
  const shop = useShop()
  const [, navigate] = useLocation()
  return (
    <Page title={t('title')} lead={t('lead')}>
      <SegmentedControl
        aria-label={t('views')}
        mb="lg"
        value={part}
        onChange={(value) =>
          navigate(screenPath(shop.slug, 'selling', value === 'settings' ? undefined : value))
        }
        data={sellingParts.map((each) => ({ value: each, label: t(`view.${each}`) }))}
      />
      {part === 'settings' ? <SettingsEditor /> : null}
      {part === 'discounts' ? <DiscountList /> : null}
      {part === 'papers' ? <PapersEditor /> : null}
    </Page>
  )
}
