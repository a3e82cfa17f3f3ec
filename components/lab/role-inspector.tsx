'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { readRole } from '@/app/labs/[id]/actions'
import { Icon } from '@/components/ui/icon'
import { CopyButton } from './copy-button'
import type { PolicyView, RoleView, StatementView } from './inspect-role'
import { Mark } from './marks'

/** A role in plain words and as JSON: who may assume it, and what it may then do. Read anew when one comes back to the tab. */
export function RoleInspector({ role: first, labId }: { role: RoleView; labId: string }) {
  const t = useTranslations('lab.role')
  const [live, setLive] = useState<{ of: RoleView; now?: RoleView }>({ of: first })
  const role = live.of === first ? live.now ?? first : first
  const gone = live.of === first && 'now' in live && live.now === undefined

  useEffect(() => {
    const read = async () => {
      if (document.visibilityState !== 'visible') return
      const result = await readRole(labId, first.name).catch(() => undefined)
      if (result?.ok) setLive({ of: first, now: result.role })
    }
    addEventListener('focus', read)
    return () => removeEventListener('focus', read)
  }, [first, labId])

  if (gone) return <p>{t('gone', { name: first.name })}</p>
  return (
    <section aria-label={t('title', { name: role.name })} className="grid grid-cols-1 gap-5 border-t border-line pt-4">
      <div>
        <h4 className="font-semibold">{t('title', { name: role.name })}</h4>
        <p className="font-mono text-sm break-all text-muted">{role.arn}</p>
      </div>
      <div>
        <h5 className="font-semibold">{t('whoMay')}</h5>
        <Policy policy={role.trust} trust />
      </div>
      <div>
        <h5 className="font-semibold">{t('may')}</h5>
        {role.attached.length + role.inline.length === 0 && <p className="mt-1">{t('mayNothing')}</p>}
        <div className="grid grid-cols-1 gap-4">
          {role.attached.map((policy) => (
            <Policy key={policy.arn} policy={policy} label={t('attached')} />
          ))}
          {role.inline.map((policy) => (
            <Policy key={policy.name} policy={policy} label={t('inline')} />
          ))}
        </div>
        {role.boundary && <p className="mt-3">{t('boundary', { arn: role.boundary })}</p>}
      </div>
    </section>
  )
}

function Policy({ policy, label, trust = false }: { policy: PolicyView; label?: string; trust?: boolean }) {
  const t = useTranslations('lab.role')
  return (
    <div className="mt-2">
      {label && (
        <p className="text-sm">
          <span className="font-semibold break-all">{policy.name}</span> <span className="text-muted">{label}</span>
        </p>
      )}
      <ul className="mt-1 grid grid-cols-1 gap-2">
        {policy.statements.map((statement, index) => (
          <li key={index} className="flex gap-2">
            {statement.allow ? <Mark name="tick" className="mt-1.5 text-good" /> : <Icon name="failed" className="mt-1.5 self-start text-bad" />}
            <Statement statement={statement} trust={trust} />
          </li>
        ))}
      </ul>
      <details className="mt-1.5 text-sm">
        <summary className="w-fit text-muted underline decoration-line underline-offset-4 hover:text-ink">{t('json')}</summary>
        <div className="mt-1.5 flex justify-end">
          <CopyButton text={policy.json} what={t('jsonWhat')} />
        </div>
        <pre tabIndex={0} aria-label={t('json')} className="mt-1 max-h-72 overflow-auto rounded-md bg-wash px-3 py-2.5 font-mono leading-relaxed">
          {policy.json}
        </pre>
      </details>
    </div>
  )
}

function Statement({ statement, trust }: { statement: StatementView; trust: boolean }) {
  const t = useTranslations('lab.role')
  const code = (items: string[]) => items.map((item, index) => (
    <span key={item}>
      {index > 0 && ', '}
      <code className="inline-code">{item}</code>
    </span>
  ))
  const parts = {
    who: () => (statement.principals.includes('*') ? t('anybody') : code(statement.principals)),
    actions: () => (statement.actions.includes('*') && !statement.notActions ? t('everyAction') : <>{statement.notActions && `${t('allBut')} `}{code(statement.actions)}</>),
    resources: () => (statement.resources.includes('*') && !statement.notResources ? t('everyResource') : <>{statement.notResources && `${t('allBut')} `}{code(statement.resources)}</>),
  }
  return (
    <p className="min-w-0 break-words">
      {t.rich(`${trust ? 'trust' : 'policy'}${statement.allow ? 'Allow' : 'Deny'}`, parts)}
      {statement.conditional && ` ${t('conditional')}`}
    </p>
  )
}
