import { Alert, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Trace } from '../../../../preload/contract/index.ts'
import { findingKind, markedParts } from './state.ts'
import classes from './Trace.module.css'

type Gate = NonNullable<Trace['gate']>

/** Whether the shop's data carry everything that was said. */
export function GateVerdict({ gate }: { gate: Gate }) {
  const { t } = useTranslation(['trace', 'common'])
  return (
    <Alert
      color={gate.ok ? 'green' : 'yellow'}
      icon={gate.ok ? <IconShieldCheck size={20} /> : <IconShieldExclamation size={20} />}
    >
      {gate.ok ? t('gateOk') : t('gateReplaced')}
      {gate.findings.length === 0 ? null : <FindingList findings={gate.findings} />}
      {gate.refusedText === null ? null : <MarkedText text={gate.refusedText} findings={gate.findings} />}
    </Alert>
  )
}

/** A refused draft, with the words marked that no fact carries. */
export function MarkedText({ text, findings }: { text: string; findings: Gate['findings'] }) {
  return (
    <Text size="sm" mt="xs" component="div" className={classes.refused}>
      {markedParts(text, findings).map((part, index) =>
        part.finding === null ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no id but their place
          <mark key={index} className={classes.mark} title={reasonText(part.finding.reason)}>
            {part.text}
          </mark>
        ),
      )}
    </Text>
  )
}

export function FindingList({ findings }: { findings: Gate['findings'] }) {
  const { t } = useTranslation(['trace', 'common'])
  return (
    <ul className={classes.lines}>
      {findings.map((finding) => (
        <li key={`${finding.kind} ${finding.text} ${finding.reason}`}>
          {t(`finding.${findingKind(finding.kind)}`)}: «{finding.text}»{' '}
          <span className={classes.time}>({reasonText(finding.reason)})</span>
        </li>
      ))}
    </ul>
  )
}

function reasonText(reason: string): string {
  // Reasons come from the app at run time; one without a text shows as it is.
  const key = `trace:reason.${reason}` as 'trace:reason.price'
  return i18next.t(key, { defaultValue: reason })
}
