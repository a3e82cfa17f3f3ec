import type { ReactNode } from 'react'
import type { Locale } from '@/lib/i18n/locales'
import type { Lab, Step } from '@/lib/lab/define-lab'
import { labText } from '@/lib/lab/files'
import type { LabView } from './lab-view'
import { Markdown } from './markdown'

/** What the page shows of a lab in one language. Answers, hints and solutions stay on the server. */
export function labView(lab: Lab, locale: Locale): LabView {
  const text = labText(lab.id, locale)
  return {
    id: lab.id,
    day: lab.day,
    title: lab.title[locale],
    intro: <Markdown text={text.intro} />,
    events: lab.events.map(({ name, json }) => ({ name: name[locale], json })),
    steps: lab.steps.map(({ id, kind, title, actions, checks, question }) => ({
      id,
      kind,
      title: title[locale],
      text: <Markdown text={text.steps[id] ?? ''} />,
      ...firstNamed(Object.keys(lab.files), text.steps[id] ?? ''),
      actions: actions.map((action) => ({
        id: action.id,
        title: action.title[locale],
        service: action.service,
        ...(action.shows && { shows: action.shows }),
        fields: Object.entries(action.fields as Record<string, (typeof action.fields)[string]>).map(([name, { label, help, kind: control, options }]) => ({
          name,
          label: label[locale],
          kind: control,
          ...(help && { help: help[locale] }),
          ...(options && { options: [...options] }),
        })),
      })),
      checks: checks.map((check) => ({ id: check.id, title: check.title[locale], expected: check.expected[locale] })),
      ...(question && { question: { ask: question.ask[locale], options: question.options.map((option) => option[locale]), several: question.answers.length > 1 } }),
    })),
  }
}

function firstNamed(paths: string[], text: string): { file?: string } {
  const named = paths.filter((path) => text.includes(path)).sort((one, other) => text.indexOf(one) - text.indexOf(other))
  return named[0] === undefined ? {} : { file: named[0] }
}

/** The first hints of a step. They are Markdown: the last one may hold code. */
export function hintsView({ hints }: Step, open: number, locale: Locale): ReactNode[] {
  return hints.slice(0, open).map((hint, level) => <Markdown key={level} text={hint[locale]} />)
}
