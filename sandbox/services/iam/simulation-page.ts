import type { EvaluationResult, SimulatePolicyResponse } from '@aws-sdk/client-iam'
import { page } from './page'

/** One page of a simulation's results. */
export function pageOfResults(results: EvaluationResult[], input: { Marker?: string | undefined; MaxItems?: number | undefined }): SimulatePolicyResponse {
  const numbered = results.map((result, i) => ({ result, key: String(i).padStart(6, '0') }))
  const { items, ...paging } = page(numbered, ({ key }) => key, input)
  return { EvaluationResults: items.map(({ result }) => result), ...paging }
}
