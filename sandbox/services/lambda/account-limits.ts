/** Invocations at once in an account and region: what AWS gives new accounts. */
export const ACCOUNT_CONCURRENCY = 10
