import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Redirect, Route, Switch, useParams } from 'wouter'
import { OwnerOnly } from '../features/access/OwnerOnly.tsx'
import { useShellNews, useSpokenLanguage } from '../features/computer/news.ts'
import { WelcomeView } from '../features/welcome/WelcomeView.tsx'
import { api } from '../rpc/client.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { OfflineBanner } from '../ui/OfflineBanner.tsx'
import { PageLoader } from '../ui/PageLoader.tsx'
import { usePreferences } from './preferences.ts'
import { screenPath, welcomePath } from './routes.ts'
import { SessionNotice } from './SessionNotice.tsx'
import { ShopDesk } from './ShopDesk.tsx'

/** Decides between the notice for strangers, the first run and a shop's screens. */
export function Desk() {
  const me = useQuery(api.session.me.queryOptions())
  const signedIn = me.data !== undefined && me.data.via !== 'none'
  const shops = useQuery(api.shops.list.queryOptions({ enabled: signedIn }))
  useShellNews(signedIn)
  useSpokenLanguage(me.data?.person)
  const remembered = usePreferences((preferences) => preferences.shop)

  if (me.data !== undefined && !signedIn) return <SessionNotice />
  const failed = me.error ?? shops.error
  if (failed !== null && (me.data === undefined || shops.data === undefined)) {
    return (
      <>
        <OfflineBanner />
        <ErrorNotice error={failed} onRetry={() => void (me.error === null ? shops : me).refetch()} page />
      </>
    )
  }
  if (shops.data === undefined) return <PageLoader />

  const open = shops.data.filter((entry) => entry.shop !== null)
  const first = open.find((entry) => entry.slug === remembered) ?? open[0]
  return (
    <Switch>
      <Route path={welcomePath}>
        <OfflineBanner />
        <OwnerOnly>
          <WelcomeView firstTime={open.length === 0} />
        </OwnerOnly>
      </Route>
      <Route path="/">
        <Redirect to={first === undefined ? welcomePath : screenPath(first.slug, 'conversations')} replace />
      </Route>
      <Route path="/:shop/*?">
        <OneShop />
      </Route>
    </Switch>
  )
}

function OneShop() {
  const { shop: slug } = useParams<{ shop: string }>()
  const shops = useQuery(api.shops.list.queryOptions())
  const entry = shops.data?.find((each) => each.slug === slug)
  const setShop = usePreferences((preferences) => preferences.setShop)
  const known = entry?.shop !== undefined && entry.shop !== null
  useEffect(() => {
    if (known) setShop(slug)
  }, [known, slug, setShop])
  if (entry === undefined) return shops.isFetching ? <PageLoader /> : <Redirect to="/" replace />
  if (entry.shop === null) return <ErrorNotice code={entry.error ?? 'shop.damaged'} page />
  return <ShopDesk key={slug} shop={entry.shop} />
}
