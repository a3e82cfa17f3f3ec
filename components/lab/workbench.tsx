'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { runAction } from '@/app/labs/[id]/actions'
import { LabResources } from '@/components/explorer/lab-resources'
import { Button, LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { ActionList } from './action-list'
import { ChecksPanel } from './checks-panel'
import { CodeEditor } from './code-editor'
import { actionKey, tooLargeFields, type FormValues } from './form-input'
import type { ActionResult, LabView, PlaceView, StepView } from './lab-view'
import { LabCare } from './lab-care'
import { OwnCli } from './own-cli'
import { StepRail, type StepState } from './step-rail'
import { StepText } from './step-text'
import { useChecker, useSaver } from './use-lab'

type Pane = 'read' | 'work' | 'checks'

/** The workbench of a started lab: text and checks on the left, work on the right; on a phone three tabs and the next action at the bottom. */
export function Workbench({ lab, place, endpoint, region }: { lab: LabView; place: PlaceView; endpoint: string; region: string }) {
  const t = useTranslations('lab')
  const { saver, saving } = useSaver(lab, place)
  const [stepId, setStepId] = useState(place.step)
  const { checker, state: checks, newerElsewhere } = useChecker(lab, place, stepId, saver)
  const [files, setFiles] = useState({ content: place.files, revision: 0 })
  const [forms, setForms] = useState(place.forms)
  const [results, setResults] = useState<Record<string, ActionResult | { ok: false; refused: 'offline' }>>({})
  const [sent, setSent] = useState(place.sent)
  const [invokes, setInvokes] = useState(place.invokes)
  const [answers, setAnswers] = useState(place.answers)
  const [hints, setHints] = useState(place.hints)
  const [running, setRunning] = useState<{ key: string; since: number }>()
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const [pane, setPane] = useState<Pane>('read')
  const top = useRef<HTMLDivElement>(null)
  const left = useRef<HTMLDivElement>(null)
  const checksAt = useRef<HTMLDivElement>(null)

  const at = lab.steps.findIndex(({ id }) => id === stepId)
  const step = lab.steps[at]!
  const nextStep = lab.steps[at + 1]
  const actionId = chosen[stepId] ?? (step.actions.find(({ id }) => !sent[actionKey(stepId, id)]) ?? step.actions.at(-1))?.id
  const stateOf = (one: StepView): StepState => {
    const seen = checks.byStep[one.id]
    if (seen?.verifiedAt) return 'verified'
    return one.id === stepId ? 'current' : 'open'
  }
  const done = checks.byStep[stepId]?.verifiedAt !== undefined

  function openStep(id: string) {
    setStepId(id)
    setPane('read')
    saver.change({ step: id })
    top.current?.scrollIntoView({ block: 'start' })
    left.current?.scrollTo({ top: 0 })
    requestAnimationFrame(() => document.getElementById(`step-${id}`)?.focus({ preventScroll: true }))
  }

  function openPane(one: Pane) {
    setPane(one)
    // The panes differ in length: each begins at its top, below the title that was scrolled away.
    top.current?.scrollIntoView({ block: 'start' })
  }

  function toQuestion() {
    setPane('read')
    requestAnimationFrame(() => document.getElementById(`question-${stepId}`)?.scrollIntoView({ block: 'center' }))
  }

  function type(key: string, values: FormValues) {
    const next = { ...forms, [key]: values }
    setForms(next)
    saver.change({ forms: next })
  }

  function replaceFiles(content: PlaceView['files']) {
    setFiles(({ revision }) => ({ content, revision: revision + 1 }))
  }

  async function run(id: string) {
    const key = actionKey(stepId, id)
    if (running) return
    const tooLarge = tooLargeFields(forms[key] ?? {})
    if (Object.keys(tooLarge).length > 0) return setResults((all) => ({ ...all, [key]: { ok: false, fields: tooLarge } }))
    setRunning({ key, since: Date.now() })
    await saver.flush()
    const result = await runAction(lab.id, stepId, id, forms[key] ?? {}).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setRunning(undefined)
    setResults((all) => ({ ...all, [key]: result }))
    if (!result.ok) return
    setSent((all) => ({ ...all, [key]: result.at }))
    // The action stays open: its result is under it.
    setChosen((all) => ({ ...all, [stepId]: id }))
    requestAnimationFrame(() => document.getElementById(`outcome-${key}`)?.scrollIntoView({ block: 'nearest' }))
    if ('invoke' in result) setInvokes((all) => [result.invoke, ...all].slice(0, 12))
    void checker.run(stepId)
  }

  const formId = actionId === undefined ? undefined : `form-${actionKey(stepId, actionId)}`
  const green = checks.byStep[stepId]?.outcomes.filter(({ status }) => status === 'green').length ?? 0
  const shownOn = (one: Pane) => (pane === one ? '' : 'max-lg:hidden')

  return (
    <div ref={top} className="scroll-mt-2">
      <PaneTabs pane={pane} onPane={openPane} green={green} of={step.checks.length} />
      {newerElsewhere && (
        <Notice tone="warn" className="mt-4">
          <p>{t('saving.newer')}</p>
          <Button
            type="button"
            look="plain"
            onClick={() => location.reload()}
          >
            {t('saving.load')}
          </Button>
        </Notice>
      )}
      {saving.replaced && (
        <Notice tone="warn" className="mt-4">
          <p>{t('saving.replaced')}</p>
          <Button type="button" look="plain" onClick={() => saver.dismiss()}>
            {t('saving.dismiss')}
          </Button>
        </Notice>
      )}
      <div className="grid gap-x-10 gap-y-8 pt-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:pt-7">
        <div
          ref={left}
          className={`min-w-0 lg:sticky lg:top-3 lg:-mx-1.5 lg:max-h-[calc(100dvh-10rem)] lg:self-start lg:overflow-y-auto lg:px-1.5 ${pane === 'work' ? 'max-lg:hidden' : ''}`}
        >
          <div className={shownOn('read')}>
            <StepRail steps={lab.steps} stepId={stepId} stateOf={stateOf} onOpen={openStep} />
            <StepText
              key={stepId}
              labId={lab.id}
              step={step}
              number={at + 1}
              answer={answers[stepId]}
              hints={hints[stepId] ?? []}
              onAnswer={(answer) => {
                setAnswers((all) => ({ ...all, [stepId]: answer }))
                if (answer.right) void checker.run(stepId)
              }}
              onHints={(opened) => setHints((all) => ({ ...all, [stepId]: opened }))}
            />
          </div>
          <div ref={checksAt} className={`scroll-mt-4 ${shownOn('checks')}`}>
            <ChecksPanel step={step} checks={checks} unanswered={step.question !== undefined && !answers[stepId]?.right} onRun={() => void checker.run(stepId)} />
          </div>
          <div className="sticky bottom-0 mt-5 flex min-h-14 items-center justify-between gap-4 border-t border-line bg-paper py-2 max-lg:hidden">
            {done ? (
              <Onward lab={lab} next={nextStep} onOpen={openStep} />
            ) : step.checks.length > 0 ? (
              <>
                <span className="text-muted">{checks.running ? t('checks.looking') : t('checks.summary', { green, of: step.checks.length })}</span>
                <Button type="button" look="quiet" onClick={() => checksAt.current?.scrollIntoView({ block: 'start' })}>
                  {t('pane.checks')}
                </Button>
              </>
            ) : (
              <Button type="button" look="quiet" onClick={() => toQuestion()}>
                {t('question.to')}
              </Button>
            )}
          </div>
        </div>
        <div className={`min-w-0 grid grid-cols-1 content-start gap-8 ${shownOn('work')}`}>
          {Object.keys(files.content).length > 0 && (
            <CodeEditor
              key={step.file}
              first={step.file}
              files={files.content}
              revision={files.revision}
              saving={saving}
              onChange={(content) => {
                setFiles((now) => ({ ...now, content }))
                saver.change({ files: content })
              }}
            />
          )}
          {step.actions.length > 0 && (
            <ActionList
              key={stepId}
              labId={lab.id}
              step={step}
              events={lab.events}
              forms={forms}
              files={files.content}
              results={results}
              sent={sent}
              invokes={invokes}
              running={running}
              open={actionId}
              sentFromBar={!done}
              onOpen={(id) => setChosen((all) => ({ ...all, [stepId]: id }))}
              onType={type}
              onRun={(id) => void run(id)}
            />
          )}
          <LabResources labId={lab.id} />
          <OwnCli endpoint={endpoint} region={region} />
          <LabCare
            labId={lab.id}
            files={files.content}
            onReset={(content, version) => {
              saver.adopt(version)
              replaceFiles(content)
              void checker.run(stepId)
            }}
            onUndo={(content) => {
              replaceFiles(content)
              saver.change({ files: content })
            }}
            onCleaned={() => void checker.run(stepId)}
          />
        </div>
      </div>
      <div className="sticky bottom-0 z-10 -mx-4 mt-6 border-t border-line bg-paper px-4 py-2.5 lg:hidden">
        {/* Each button has a key: were one turned into the next during a tap, that same tap would send the form. */}
        {done ? (
          <Onward key="onward" lab={lab} next={nextStep} onOpen={openStep} />
        ) : pane === 'work' && formId !== undefined ? (
          <Button key="send" form={formId} className="w-full" disabled={running !== undefined}>
            {running ? t('action.running') : step.actions.find(({ id }) => id === actionId)?.title}
          </Button>
        ) : pane === 'read' && formId !== undefined ? (
          <Button key="work" type="button" className="w-full" onClick={() => openPane('work')}>
            {t('pane.toWork')}
            <Icon name="next" />
          </Button>
        ) : step.checks.length > 0 ? (
          <Button key="check" type="button" className="w-full" disabled={checks.running !== undefined} onClick={() => void checker.run(stepId)}>
            {checks.running ? t('checks.looking') : t('checks.again')}
          </Button>
        ) : (
          <Button key="question" type="button" className="w-full" onClick={() => toQuestion()}>
            {t('question.to')}
            <Icon name="next" />
          </Button>
        )}
      </div>
    </div>
  )
}

function PaneTabs({ pane, onPane, green, of }: { pane: Pane; onPane: (pane: Pane) => void; green: number; of: number }) {
  const t = useTranslations('lab.pane')
  return (
    <div role="group" aria-label={t('label')} className="sticky top-0 z-10 -mx-4 grid grid-cols-3 border-b border-line bg-paper px-4 lg:hidden">
      {(['read', 'work', 'checks'] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={pane === one}
          onClick={() => onPane(one)}
          className="min-h-12 border-b-2 border-transparent font-semibold text-muted aria-pressed:border-accent aria-pressed:text-ink"
        >
          {one === 'checks' && of > 0 ? t('checksOf', { green, of }) : t(one)}
        </button>
      ))}
    </div>
  )
}

/** Where to go once a step is done. */
function Onward({ lab, next, onOpen }: { lab: LabView; next: StepView | undefined; onOpen: (id: string) => void }) {
  const t = useTranslations('lab')
  if (next)
    return (
      <Button type="button" className="max-lg:w-full" onClick={() => onOpen(next.id)}>
        <span className="truncate">{t('step.next', { title: next.title })}</span>
        <Icon name="next" />
      </Button>
    )
  return (
    <LinkButton href={`/weeks/9/days/${lab.day}`} className="max-lg:w-full">
      {t('step.toDay', { day: lab.day })}
      <Icon name="next" />
    </LinkButton>
  )
}
