'use client'

import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { answerQuestion, openHint } from '@/app/labs/[id]/actions'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { AnswerView, StepView } from './lab-view'
import type { RefusalReason } from './refusal'
import { RefusalNotice } from './refusal-notice'
import { Rich } from './rich'

/** The levels of help of a step. */
const levels = 3

/** A step as it is read: its text, its question, its hints. */
export function StepText({
  labId,
  step,
  number,
  answer,
  hints,
  onAnswer,
  onHints,
}: {
  labId: string
  step: StepView
  number: number
  answer: AnswerView | undefined
  hints: ReactNode[]
  onAnswer: (answer: AnswerView) => void
  onHints: (hints: ReactNode[]) => void
}) {
  const t = useTranslations('lab.step')
  return (
    <article aria-labelledby={`step-${step.id}`} className="mt-7">
      <h2 id={`step-${step.id}`} tabIndex={-1} className="text-xl outline-none">
        {t('heading', { number, title: step.title })}
      </h2>
      <div className="mt-3 max-w-prose">{step.text}</div>
      {step.question && <QuestionForm labId={labId} stepId={step.id} question={step.question} answer={answer} onAnswer={onAnswer} />}
      <Hints labId={labId} stepId={step.id} hints={hints} onHints={onHints} />
    </article>
  )
}

function QuestionForm({
  labId,
  stepId,
  question,
  answer,
  onAnswer,
}: {
  labId: string
  stepId: string
  question: NonNullable<StepView['question']>
  answer: AnswerView | undefined
  onAnswer: (answer: AnswerView) => void
}) {
  const t = useTranslations('lab.question')
  const [chosen, setChosen] = useState<number[]>(answer?.chosen ?? [])
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()
  const judged = answer !== undefined && JSON.stringify([...answer.chosen].sort()) === JSON.stringify([...chosen].sort())

  async function submit() {
    if (busy || chosen.length === 0) return
    setBusy(true)
    const result = await answerQuestion(labId, stepId, chosen).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setBusy(false)
    setRefused(result.ok ? undefined : result.refused)
    if (result.ok) onAnswer(result.answer)
  }

  return (
    <form
      id={`question-${stepId}`}
      className="mt-7 rounded-md border border-line p-4 sm:p-5"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <fieldset className="grid grid-cols-1 gap-2">
        <legend className="font-semibold">
          <Rich text={question.ask} />
        </legend>
        <p className="text-sm text-muted">{question.several ? t('several') : t('one')}</p>
        {question.options.map((option, index) => (
          <label key={index} className="flex min-h-10 cursor-pointer items-start gap-3 rounded-md px-2 py-1.5 hover:bg-wash">
            <input
              type={question.several ? 'checkbox' : 'radio'}
              name={`question-${stepId}`}
              checked={chosen.includes(index)}
              onChange={(event) => setChosen(question.several ? (event.target.checked ? [...chosen, index] : chosen.filter((one) => one !== index)) : [index])}
              className="mt-1.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <Rich text={option} />
            </span>
          </label>
        ))}
      </fieldset>
      <Button look="quiet" className="mt-3" disabled={busy || chosen.length === 0 || (judged && answer.right)}>
        {busy ? t('sending') : t('answer')}
      </Button>
      {refused && (
        <div className="mt-3">
          <RefusalNotice reason={refused} />
        </div>
      )}
      {judged && !busy && (
        <Notice tone={answer.right ? 'good' : 'warn'} className="mt-4">
          <p className="font-semibold">{answer.right ? t('right') : t('wrong')}</p>
          {answer.why && (
            <p>
              <Rich text={answer.why} />
            </p>
          )}
        </Notice>
      )}
    </form>
  )
}

function Hints({ labId, stepId, hints, onHints }: { labId: string; stepId: string; hints: ReactNode[]; onHints: (hints: ReactNode[]) => void }) {
  const t = useTranslations('lab.hints')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()

  async function open() {
    setBusy(true)
    const result = await openHint(labId, stepId).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setBusy(false)
    setRefused(result.ok ? undefined : result.refused)
    if (result.ok) onHints(result.hints)
  }

  return (
    <section aria-label={t('title')} className="mt-6">
      <ol className="grid grid-cols-1 gap-3" aria-live="polite">
        {hints.map((hint, index) => (
          <li key={index} className="border-l-2 border-margin pl-4">
            <p className="text-sm text-muted">{t('level', { level: index + 1, levels })}</p>
            {hint}
          </li>
        ))}
      </ol>
      {hints.length < levels && (
        <Button type="button" look="plain" className="mt-2" disabled={busy} onClick={() => void open()}>
          {hints.length === 0 ? t('first') : t('more', { level: hints.length + 1, levels })}
        </Button>
      )}
      {refused && (
        <div className="mt-3">
          <RefusalNotice reason={refused} />
        </div>
      )}
    </section>
  )
}
