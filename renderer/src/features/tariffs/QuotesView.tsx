import { Anchor } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'
import { QuoteList } from './QuoteList.tsx'
import classes from './Tariffs.module.css'

/** All quotes that were given. */
export function QuotesView() {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  return (
    <Page
      title={t('quotes.title')}
      lead={t('quotes.lead')}
      actions={
        <Anchor component={Link} href={screenPath(shop.slug, 'products')} className={classes.back}>
          <IconArrowLeft size={17} aria-hidden /> {t('quotes.back')}
        </Anchor>
      }
    >
      <Card>
        <QuoteList />
      </Card>
    </Page>
  )
}
