/** The page of a resource of the learner's account. */
export function resourceHref(arn: string): string {
  return `/sandbox/resource?arn=${encodeURIComponent(arn)}`
}
