import { jsonPath } from '../../json-path'
import type { Rule, Target } from './records'
import { ruleArn } from './names'

/** An event as rules and targets see it. */
export type Event = Record<string, unknown>

const VARIABLE = /<([\w.-]+)>/y

/**
 * What a target gets of an event: the whole, a part, a constant, or a template filled in, as JSON text
 * (EventBridge user guide, "Amazon EventBridge input transformation").
 * @param at when the event was taken in, epoch ms
 */
export function inputFor(target: Target, rule: Rule, event: Event, at: number): string {
  if (target.input !== undefined) return target.input
  if (target.inputPath !== undefined) return JSON.stringify(jsonPath(event, target.inputPath) ?? null)
  if (target.transformer) return fill(target.transformer, rule, event, at)
  return JSON.stringify(event)
}

function fill({ paths, template }: NonNullable<Target['transformer']>, rule: Rule, event: Event, at: number): string {
  const { detail: _detail, ...withoutDetail } = event
  const values: Record<string, unknown> = {
    'aws.events.rule-arn': ruleArn(rule),
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': new Date(at).toISOString(),
    'aws.events.event': withoutDetail,
    'aws.events.event.json': event,
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, jsonPath(event, path)])),
  }
  let filled = ''
  let isQuoted = false
  for (let i = 0; i < template.length; i++) {
    const char = template[i]!
    VARIABLE.lastIndex = i
    const name = char === '<' ? VARIABLE.exec(template)?.[1] : undefined
    if (name !== undefined && Object.hasOwn(values, name)) {
      filled += isQuoted ? within(values[name]) : JSON.stringify(values[name] ?? '')
      i = VARIABLE.lastIndex - 1
    } else {
      filled += char
      if (isQuoted && char === '\\') filled += template[++i] ?? ''
      else if (char === '"') isQuoted = !isQuoted
    }
  }
  return filled
}

/** A value inside a JSON text's quotes. */
function within(value: unknown): string {
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  return JSON.stringify(text).slice(1, -1)
}
