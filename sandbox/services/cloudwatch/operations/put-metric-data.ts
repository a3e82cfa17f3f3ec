import { PutMetricData$, type MetricDatum, type PutMetricDataInput } from '@aws-sdk/client-cloudwatch'
import { operation, type Call } from '../../../operation'
import { scopeOf } from '../../../store'
import { invalidCombination, invalidValue, missing } from '../errors'
import { metricOf } from '../metric-input'
import type { Datum } from '../metrics'

const MOST_DATA = 1000
const MOST_VALUES = 150
const LARGEST = 2 ** 360
const TWO_WEEKS_MS = 14 * 86_400_000
const TWO_HOURS_MS = 2 * 3600_000

/** Adds values to metrics. What is answered is written. */
export const putMetricData = operation<PutMetricDataInput, object>(PutMetricData$, {
  resource: () => '*',
  context: ({ input }) => ({ 'cloudwatch:namespace': input.Namespace! }),
  async run(call) {
    const { Namespace, MetricData, EntityMetricData } = call.input
    if (Namespace!.startsWith('AWS/')) throw invalidValue('The value AWS/ for parameter Namespace is invalid: it is kept for AWS services.')
    const data = [...(MetricData ?? []), ...(EntityMetricData ?? []).flatMap((one) => one.MetricData ?? [])]
    if (data.length === 0) throw missing('The parameter MetricData is required.')
    if (data.length > MOST_DATA) throw invalidValue(`The collection MetricData must not have a size greater than ${MOST_DATA}.`)
    const read = data.map((datum, i) => readDatum(call, datum, `MetricData.member.${i + 1}`))
    for (const datum of read) call.sandbox.metrics.add(scopeOf(call), datum)
    await call.sandbox.metrics.flush()
    return {}
  },
})

function readDatum(call: Call<PutMetricDataInput>, datum: MetricDatum, path: string): Datum {
  const { Value, Values, Counts, StatisticValues, Timestamp, Unit } = datum
  const given = [Value, Values, StatisticValues].filter((one) => one !== undefined)
  if (given.length > 1) throw invalidCombination(`The parameters ${path}.Value, ${path}.Values and ${path}.StatisticValues are mutually exclusive and you have specified more than one.`)
  if (given.length === 0) throw missing(`At least one of the parameters ${path}.Value, ${path}.Values or ${path}.StatisticValues must be specified.`)
  const now = call.sandbox.now()
  const at = Timestamp?.getTime() ?? now
  if (at < now - TWO_WEEKS_MS || at > now + TWO_HOURS_MS) throw invalidValue(`The value of ${path}.Timestamp must be within the last two weeks and the next two hours.`)
  const about = { ...metricOf({ Namespace: call.input.Namespace, ...datum }), at, ...(Unit === undefined ? {} : { unit: Unit }) }
  if (StatisticValues) {
    const { SampleCount, Sum, Minimum, Maximum } = StatisticValues
    if (!(SampleCount! > 0) || Minimum! > Maximum!) throw invalidValue(`The value of ${path}.StatisticValues is invalid: there is no sample, or the minimum is above the maximum.`)
    return { ...about, values: { count: SampleCount!, sum: checked(Sum!, path), min: checked(Minimum!, path), max: checked(Maximum!, path) } }
  }
  const values = Values ?? [Value!]
  if (values.length === 0 || values.length > MOST_VALUES) throw invalidValue(`The collection ${path}.Values must have between 1 and ${MOST_VALUES} members.`)
  if (Counts && (!Values || Counts.length !== values.length)) throw invalidValue(`The collections ${path}.Values and ${path}.Counts must have the same size.`)
  return { ...about, values: values.map((value, i) => [checked(value, path), Counts?.[i] ?? 1]) }
}

function checked(value: number, path: string): number {
  if (!Number.isFinite(value) || Math.abs(value) > LARGEST) throw invalidValue(`The value ${value} for parameter ${path}.Value is invalid.`)
  return value
}
