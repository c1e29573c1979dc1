import { Skeleton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import type { Shop } from '../../../preload/contract/index.ts'
import { OwnerOnly } from '../features/access/OwnerOnly.tsx'
import { assistantParts } from '../features/assistant/parts.ts'
import { AwayView } from '../features/away/AwayView.tsx'
import { callPerson } from '../features/calls/call.ts'
import { readySound } from '../features/calls/sound.ts'
import { ChannelsView } from '../features/channels/ChannelsView.tsx'
import { CustomersView } from '../features/customers/CustomersView.tsx'
import { ImportView } from '../features/importing/ImportView.tsx'
import { InboxView } from '../features/inbox/InboxView.tsx'
import { OrdersView } from '../features/orders/OrdersView.tsx'
import { noticeOrder } from '../features/orders/order-notice.tsx'
import { ProductsView } from '../features/products/ProductsView.tsx'
import { noticeCard } from '../features/questions/card-notice.tsx'
import { QuestionsView } from '../features/questions/QuestionsView.tsx'
import { questionViews } from '../features/questions/state.ts'
import { sellingParts } from '../features/selling/parts.ts'
import { SellingView } from '../features/selling/SellingView.tsx'
import { settingsParts } from '../features/settings/parts.ts'
import { SettingsView } from '../features/settings/SettingsView.tsx'
import { ShopInfoView } from '../features/shopinfo/ShopInfoView.tsx'
import { QuotesView } from '../features/tariffs/QuotesView.tsx'
import { TariffView } from '../features/tariffs/TariffView.tsx'
import { TryChatView } from '../features/trychat/TryChatView.tsx'
import { followShop } from '../rpc/live.ts'
import { followModels } from '../rpc/live-models.ts'
import { useLiveStore } from './live-store.ts'
import { NotFound } from './NotFound.tsx'
import { detailOf, screenPath } from './routes.ts'
import { Shell } from './Shell.tsx'
import { ShopContext } from './shop.ts'

/** Looked at rarely, and large: loaded when it is. */
const AssistantView = lazy(async () => ({
  default: (await import('../features/assistant/AssistantView.tsx')).AssistantView,
}))

/** All screens of one shop, kept fresh by its events. */
export function ShopDesk({ shop }: { shop: Shop }) {
  const queries = useQueryClient()
  useEffect(() => {
    const ended = new AbortController()
    void followShop(shop.slug, queries, ended.signal, (event) => {
      useLiveStore.getState().take(event)
      void callPerson(shop.slug, event, queries)
      noticeCard(shop.slug, event)
      void noticeOrder(shop, event, queries)
    })
    void followModels(queries, ended.signal)
    return () => ended.abort()
  }, [shop, queries])
  useEffect(() => readySound(), [])
  const at = `/${shop.slug}`
  return (
    <ShopContext value={shop}>
      <Shell>
        <Switch>
          <Route path={at}>
            <Redirect to={screenPath(shop.slug, 'conversations')} replace />
          </Route>
          <Route path={`${at}/conversations/:id?`}>
            {({ id }) => <InboxView conversationId={id ?? null} />}
          </Route>
          <Route path={`${at}/away/:id?`}>{({ id }) => <AwayView draftId={id ?? null} />}</Route>
          <Route path={`${at}/orders/:id?`}>{({ id }) => <OrdersView orderId={detailOf(id)} />}</Route>
          <Route path={`${at}/customers/:id?`}>
            {({ id }) => <CustomersView customerId={detailOf(id)} />}
          </Route>
          <Route path={`${at}/questions/:view?`}>
            {({ view }) => <QuestionsView view={questionViews.find((each) => each === view) ?? 'open'} />}
          </Route>
          <Route path={`${at}/selling/:part?`}>
            {({ part }) => (
              <OwnerOnly>
                <SellingView part={sellingParts.find((each) => each === part) ?? 'settings'} />
              </OwnerOnly>
            )}
          </Route>
          <Route path={`${at}/try`}>
            <TryChatView />
          </Route>
          <Route path={`${at}/products/import`}>
            <OwnerOnly>
              <ImportView />
            </OwnerOnly>
          </Route>
          <Route path={`${at}/products/quotes`}>
            <QuotesView />
          </Route>
          <Route path={`${at}/products/:id/tariff`}>
            {({ id }) => <TariffView key={id} productId={id} />}
          </Route>
          <Route path={`${at}/products/:id?`}>{({ id }) => <ProductsView productId={detailOf(id)} />}</Route>
          <Route path={`${at}/shop`}>
            <ShopInfoView />
          </Route>
          <Route path={`${at}/assistant/:part?/:detail?`}>
            {({ part, detail }) => (
              <OwnerOnly>
                <Suspense fallback={<Skeleton height={220} m="xl" aria-hidden />}>
                  <AssistantView
                    part={assistantParts.find((each) => each === part) ?? 'engines'}
                    detail={detail ?? null}
                  />
                </Suspense>
              </OwnerOnly>
            )}
          </Route>
          <Route path={`${at}/channels`}>
            <OwnerOnly>
              <ChannelsView />
            </OwnerOnly>
          </Route>
          <Route path={`${at}/settings/:part?`}>
            {({ part }) => <SettingsView part={settingsParts.find((each) => each === part) ?? 'general'} />}
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Shell>
    </ShopContext>
  )
}
