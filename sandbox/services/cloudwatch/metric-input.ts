import type { Dimension as WireDimension } from '@aws-sdk/client-cloudwatch'
import { invalidValue } from './errors'
import { sorted } from './metrics'
import type { Dimension, Metric } from './records'

/** The metric that a call names. */
export function metricOf({ Namespace, MetricName, Dimensions }: { Namespace?: string | undefined; MetricName?: string | undefined; Dimensions?: WireDimension[] | undefined }): Metric {
  return { namespace: Namespace!, name: MetricName!, dimensions: dimensionsOf(Dimensions) }
}

/** @throws InvalidParameterValueException where one is there twice */
function dimensionsOf(given: WireDimension[] | undefined): Dimension[] {
  const dimensions = sorted((given ?? []).map(({ Name, Value }) => ({ name: Name!, value: Value! })))
  if (dimensions.some(({ name }, i) => name === dimensions[i + 1]?.name)) throw invalidValue('No Metric may specify the same dimension name twice.')
  return dimensions
}

export function describeDimensions(dimensions: Dimension[]): WireDimension[] {
  return dimensions.map(({ name, value }) => ({ Name: name, Value: value }))
}
