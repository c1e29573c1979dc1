import { useTranslation } from 'react-i18next'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { Page } from '../../ui/Page.tsx'
import { PartNav } from '../../ui/PartNav.tsx'
import { EnginesPart } from '../engines/EnginesPart.tsx'
import { ExamsPart } from '../exams/ExamsPart.tsx'
import { ModelsPart } from '../models/ModelsPart.tsx'
import { PersonalityPart } from '../personality/PersonalityPart.tsx'
import { SentPart } from '../sent/SentPart.tsx'
import { SpendingPart } from '../spending/SpendingPart.tsx'
import { type AssistantPart, assistantParts } from './parts.ts'

/** Who answers the customers, how it speaks, what it costs and how well it does. `detail` comes from the address. */
export function AssistantView({ part, detail }: { part: AssistantPart; detail: string | null }) {
  const { t } = useTranslation(['assistant', 'common'])
  const shop = useShop()
  return (
    <Page title={t('title')} lead={t('lead')} width="wide">
      <PartNav
        label={t('parts')}
        parts={assistantParts.map((each) => ({
          href: screenPath(shop.slug, 'assistant', each),
          label: t(`part.${each}`),
          current: each === part,
        }))}
      />
      {part === 'engines' ? <EnginesPart /> : null}
      {part === 'models' ? <ModelsPart /> : null}
      {part === 'spending' ? <SpendingPart /> : null}
      {part === 'personality' ? <PersonalityPart /> : null}
      {part === 'sent' ? <SentPart requestId={detail} /> : null}
      {part === 'exams' ? <ExamsPart run={detail} /> : null}
    </Page>
  )
}
